import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  lead: 'So beweisen Sie, dass Sie es sind.',
  oneWayInHeading: 'Es gibt nur einen Weg in Ihr Konto',
  oneWayIn:
    'Wenn Sie ihn verlieren, kann nur die Administration Sie wieder hereinlassen. Fügen Sie unten einen weiteren hinzu, solange es geht.',
  oneSecondStepHeading: 'Ihr zweiter Schritt hängt an einer einzigen Sache',
  oneSecondStep:
    'Wenn Sie sie verlieren, kann nur die Administration Sie wieder hereinlassen. Erstellen Sie unten Wiederherstellungscodes oder richten Sie einen weiteren zweiten Schritt ein, solange Sie es können.',
  noSecondStep: 'Mit einem zweiten Schritt ist Ihr Konto sicherer: Ein gestohlenes Passwort genügt dann nicht.',
  applicationWaits:
    'Eine Anwendung wartet auf Sie. Wenn Sie eingerichtet haben, was sie verlangt, gehen Sie zu ihr zurück.',
  backToApplication: 'Zurück zur Anwendung',
  password: 'Passwort',
  hasPassword: 'Sie können sich mit einem Passwort anmelden.',
  hasNoPassword: 'Sie haben kein Passwort.',
  changePassword: 'Passwort ändern',
  setPassword: 'Passwort festlegen',
  changePasswordLead: 'Hier bleiben Sie angemeldet. Überall sonst müssen Sie sich neu anmelden.',
  username: 'Benutzername',
  currentPassword: 'Jetziges Passwort',
  wrongCurrentPassword:
    'Das ist nicht Ihr jetziges Passwort. Versuchen Sie es noch einmal. Wenn Sie es vergessen haben, melden Sie sich ab und wählen Sie ein neues.',
  tooManyAttempts:
    'Zu viele Versuche. Versuchen Sie es in {seconds, plural, one {# Sekunde} other {# Sekunden}} noch einmal.',
  passwordChanged: 'Ihr Passwort ist geändert. Überall sonst sind Sie abgemeldet.',
  save: 'Speichern',
  cancel: 'Abbrechen',
  remove: 'Entfernen',
  authenticator: 'Authenticator-App',
  authenticatorLead: 'Eine App auf Ihrem Telefon zeigt einen Code an, den Sie nach dem Passwort eingeben.',
  isOn: 'Eingeschaltet',
  addedAt: 'Hinzugefügt',
  lastUsedAt: 'Zuletzt benutzt',
  setUpAuthenticator: 'Authenticator-App einrichten',
  scan: 'Scannen Sie dieses Bild mit einer Authenticator-App, zum Beispiel der auf Ihrem Telefon oder Ihrem Passwortmanager.',
  qrCode: 'QR-Code für Ihre Authenticator-App',
  cannotScan: 'Wenn Sie es nicht scannen können, geben Sie diesen Schlüssel in der App ein:',
  typeCode: 'Geben Sie den Code ein, den die App jetzt anzeigt.',
  code: 'Sechsstelliger Code',
  turnOn: 'Einschalten',
  wrongCode:
    'Dieser Code stimmt nicht. Prüfen Sie, ob die Uhr Ihres Telefons richtig geht, und geben Sie den Code ein, der jetzt angezeigt wird.',
  authenticatorAdded: 'Die Authenticator-App ist eingerichtet.',
  authenticatorRemoved: 'Die Authenticator-App ist entfernt.',
  recoveryCodes: 'Wiederherstellungscodes',
  recoveryCodesLead:
    'Wenn Sie Ihr Telefon nicht zur Hand haben, ersetzt einer davon den zweiten Schritt. Jeder gilt einmal.',
  codesLeft: '{left, plural, =0 {Kein Code ist übrig} one {# Code ist übrig} other {# Codes sind übrig}}',
  madeAt: 'erstellt',
  fewCodes: 'Sie haben nur noch wenige Wiederherstellungscodes. Erstellen Sie neue, bevor sie ausgehen.',
  makeCodes: 'Neue Codes erstellen',
  putAside:
    'Bewahren Sie diese Codes auf, auf Papier oder in Ihrem Passwortmanager. Jeder gilt einmal, falls Sie Ihr Telefon verlieren.',
  shownOnce: 'Sie werden nur jetzt angezeigt. Frühere Codes gelten nicht mehr.',
  download: 'Als Textdatei herunterladen',
  iHaveThem: 'Ich habe sie aufbewahrt',
  trustedDevices: 'Vertrauenswürdige Geräte',
  trustedDevicesLead: 'Hier genügt Ihr Passwort, ohne den zweiten Schritt.',
  browser: 'Browser',
  from: 'Von',
  trustedUntil: 'Vertrauenswürdig bis',
  actions: 'Aktionen',
  distrust: 'Nicht mehr vertrauen',
  distrusted: 'Dieses Gerät ist nicht mehr vertrauenswürdig.',
};
