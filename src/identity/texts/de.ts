import type { Texts } from '../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  signInSubject: 'Anmeldung bei {house}',
  signInText:
    'Jemand, hoffentlich Sie, möchte sich bei {house} anmelden. Geben Sie diesen Code auf der Seite ein, auf der Sie ihn angefordert haben, oder öffnen Sie den Link.',
  signInLabel: 'Anmelden',
  signInClosing:
    'Code und Link gelten einmal und {minutes, plural, one {# Minute} other {# Minuten}} lang. Geben Sie den Code niemandem weiter, auch nicht, wenn jemand in unserem Namen anruft. Wenn Sie ihn nicht angefordert haben, müssen Sie nichts tun.',
  resetSubject: 'Neues Passwort wählen',
  resetText: 'Jemand, hoffentlich Sie, hat für das Konto {username} bei {house} ein neues Passwort angefordert.',
  resetClosing:
    'Der Link gilt einmal und {minutes, plural, one {# Minute} other {# Minuten}} lang. Wenn Sie ihn nicht angefordert haben, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.',
  confirmSubject: 'Bestätigen Sie Ihre E-Mail-Adresse',
  confirmText:
    'Jemand, hoffentlich Sie, hat diese Adresse für ein Konto bei {house} angegeben. Geben Sie diesen Code auf der Seite ein, auf der Sie sie angegeben haben, oder öffnen Sie den Link.',
  confirmLabel: 'Adresse bestätigen',
  confirmClosing:
    'Code und Link gelten einmal und {hours, plural, one {# Stunde} other {# Stunden}} lang. Wenn Sie es nicht waren, müssen Sie nichts tun.',
  takenSubject: 'Ihre Adresse wurde für ein anderes Konto angegeben',
  takenText:
    'Jemand hat diese Adresse für ein anderes Konto bei {house} angegeben, sie gehört aber schon zu Ihrem. Es hat sich nichts geändert. Wenn Sie es waren, melden Sie sich mit dieser Adresse an.',
  emailChangedSubject: 'Ihre E-Mail-Adresse wurde geändert',
  emailChangedText: 'Die E-Mail-Adresse Ihres Kontos {username} bei {house} wurde in {email} geändert.',
  undoLabel: 'Änderung rückgängig machen',
  undoClosing:
    'Wenn Sie das waren, müssen Sie nichts tun. Wenn nicht, machen Sie es innerhalb von {days, plural, one {# Tag} other {# Tagen}} rückgängig: Diese Adresse gilt dann wieder, und alle, die in Ihrem Konto angemeldet sind, werden abgemeldet.',
  newDeviceSubject: 'Neue Anmeldung bei Ihrem Konto',
  newDeviceText:
    'Jemand hat sich bei Ihrem Konto {username} bei {house} mit einem Browser angemeldet, der dort noch nicht bekannt war.',
  newDeviceDetails: 'Wann: {time}\nBrowser: {device}\nNetzwerkadresse: {address}',
  passwordChangedSubject: 'Ihr Passwort wurde geändert',
  passwordChangedText: 'Das Passwort Ihres Kontos {username} bei {house} wurde geändert.',
  passkeyAddedSubject: 'Ein Passkey wurde hinzugefügt',
  passkeyAddedText: 'Mit dem Passkey „{name}“ kann man sich jetzt bei Ihrem Konto {username} bei {house} anmelden.',
  passkeyRemovedSubject: 'Ein Passkey wurde entfernt',
  passkeyRemovedText:
    'Mit dem Passkey „{name}“ kann man sich nicht mehr bei Ihrem Konto {username} bei {house} anmelden.',
  secondFactorAddedSubject: 'Ein zweiter Schritt wurde eingerichtet',
  secondFactorAddedText:
    'Die Anmeldung bei Ihrem Konto {username} bei {house} verlangt jetzt einen zweiten Schritt: {name}.',
  secondFactorRemovedSubject: 'Ein zweiter Schritt wurde entfernt',
  secondFactorRemovedText:
    'Dieser zweite Schritt wird bei der Anmeldung bei Ihrem Konto {username} bei {house} nicht mehr verlangt: {name}.',
  recoveryCodeUsedSubject: 'Ein Wiederherstellungscode wurde benutzt',
  recoveryCodeUsedText:
    'Jemand hat sich bei Ihrem Konto {username} bei {house} mit einem Wiederherstellungscode angemeldet.',
  providerLinkedSubject: 'Ein weiteres Konto wurde verknüpft',
  providerLinkedText: 'Man kann sich jetzt über {name} bei Ihrem Konto {username} bei {house} anmelden.',
  providerUnlinkedSubject: 'Ein weiteres Konto wurde getrennt',
  providerUnlinkedText: 'Man kann sich nicht mehr über {name} bei Ihrem Konto {username} bei {house} anmelden.',
  passkeyRefusedSubject: 'Ein Passkey wurde abgelehnt',
  passkeyRefusedText:
    'Jemand wollte sich mit dem Passkey „{name}“ bei Ihrem Konto {username} bei {house} anmelden. Er wurde abgelehnt, weil es so aussieht, als gäbe es eine Kopie davon.',
  passkeyRefusedClosing:
    'Entfernen Sie diesen Passkey aus Ihrem Konto und fügen Sie einen neuen hinzu, auch wenn Sie es selbst waren. Wenn nicht, sagen Sie es Ihrer Administration.',
  secondFactorsRemovedSubject: 'Ihre zweiten Schritte wurden entfernt',
  secondFactorsRemovedText:
    'Die Administration hat alle zweiten Schritte Ihres Kontos {username} bei {house} entfernt: Authenticator-App, Passkeys, Wiederherstellungscodes und vertrauenswürdige Geräte. Sie sind überall abgemeldet.',
  secondFactorsRemovedClosing:
    'Wenn Sie darum gebeten haben, melden Sie sich an und richten Sie wieder einen zweiten Schritt ein. Wenn nicht, sagen Sie es Ihrer Administration.',
  accountLabel: 'Konto ansehen',
  noticeClosing:
    'Wenn Sie das waren, müssen Sie nichts tun. Wenn nicht, wählen Sie über „Passwort vergessen?“ auf der Anmeldeseite ein neues Passwort: Damit werden alle abgemeldet. Und sagen Sie Ihrer Administration Bescheid.',
};
