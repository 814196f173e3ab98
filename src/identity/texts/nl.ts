import type { Texts } from '../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  signInSubject: 'Inloggen bij {house}',
  signInText:
    'Iemand, hopelijk u, wil inloggen bij {house}. Vul deze code in op de pagina waar u erom vroeg, of open de link.',
  signInLabel: 'Inloggen',
  signInClosing:
    'Code en link werken één keer, gedurende {minutes, plural, one {# minuut} other {# minuten}}. Geef de code aan niemand, ook niet aan iemand die namens ons belt. Als u er niet om hebt gevraagd, hoeft u niets te doen.',
  resetSubject: 'Kies een nieuw wachtwoord',
  resetText: 'Iemand, hopelijk u, heeft om een nieuw wachtwoord gevraagd voor het account {username} bij {house}.',
  resetClosing:
    'De link werkt één keer, gedurende {minutes, plural, one {# minuut} other {# minuten}}. Als u er niet om hebt gevraagd, hoeft u niets te doen: uw wachtwoord blijft zoals het is.',
  confirmSubject: 'Bevestig uw e-mailadres',
  confirmText:
    'Iemand, hopelijk u, heeft dit adres opgegeven voor een account bij {house}. Vul deze code in op de pagina waar u het opgaf, of open de link.',
  confirmLabel: 'Adres bevestigen',
  confirmClosing:
    'Code en link werken één keer, gedurende {hours, plural, one {# uur} other {# uur}}. Als u het niet was, hoeft u niets te doen.',
  takenSubject: 'Uw adres is opgegeven voor een ander account',
  takenText:
    'Iemand heeft dit adres opgegeven voor een ander account bij {house}, maar het hoort al bij het uwe. Er is niets veranderd. Als u het was, log dan in met dit adres.',
  emailChangedSubject: 'Uw e-mailadres is gewijzigd',
  emailChangedText: 'Het e-mailadres van uw account {username} bij {house} is gewijzigd in {email}.',
  undoLabel: 'Wijziging ongedaan maken',
  undoClosing:
    'Als u dit was, hoeft u niets te doen. Zo niet, maak het dan binnen {days, plural, one {# dag} other {# dagen}} ongedaan: dit adres komt terug en iedereen die op uw account is ingelogd, wordt uitgelogd.',
  newDeviceSubject: 'Nieuwe inlog op uw account',
  newDeviceText: 'Iemand heeft op uw account {username} bij {house} ingelogd met een browser die nog niet bekend was.',
  newDeviceDetails: 'Wanneer: {time}\nBrowser: {device}\nNetwerkadres: {address}',
  passwordChangedSubject: 'Uw wachtwoord is gewijzigd',
  passwordChangedText: 'Het wachtwoord van uw account {username} bij {house} is gewijzigd.',
  passkeyAddedSubject: 'Er is een passkey toegevoegd',
  passkeyAddedText: 'Met de passkey ‘{name}’ kan nu worden ingelogd op uw account {username} bij {house}.',
  passkeyRemovedSubject: 'Er is een passkey verwijderd',
  passkeyRemovedText: 'Met de passkey ‘{name}’ kan niet meer worden ingelogd op uw account {username} bij {house}.',
  secondFactorAddedSubject: 'Er is een tweede stap ingesteld',
  secondFactorAddedText: 'Inloggen op uw account {username} bij {house} vraagt nu een tweede stap: {name}.',
  secondFactorRemovedSubject: 'Er is een tweede stap verwijderd',
  secondFactorRemovedText:
    'Deze tweede stap wordt niet meer gevraagd bij het inloggen op uw account {username} bij {house}: {name}.',
  recoveryCodeUsedSubject: 'Er is een herstelcode gebruikt',
  recoveryCodeUsedText: 'Iemand heeft met een herstelcode op uw account {username} bij {house} ingelogd.',
  providerLinkedSubject: 'Er is een ander account gekoppeld',
  providerLinkedText: 'Via {name} kan nu worden ingelogd op uw account {username} bij {house}.',
  providerUnlinkedSubject: 'Een ander account is ontkoppeld',
  providerUnlinkedText: 'Via {name} kan niet meer worden ingelogd op uw account {username} bij {house}.',
  passkeyRefusedSubject: 'Een passkey is geweigerd',
  passkeyRefusedText:
    'Iemand wilde met de passkey ‘{name}’ inloggen op uw account {username} bij {house}. De passkey is geweigerd, want het lijkt erop dat er een kopie van bestaat.',
  passkeyRefusedClosing:
    'Verwijder deze passkey uit uw account en voeg een nieuwe toe, ook als u het zelf was. Was u het niet, zeg het dan tegen uw beheerder.',
  secondFactorsRemovedSubject: 'Uw tweede stappen zijn verwijderd',
  secondFactorsRemovedText:
    'Een beheerder heeft alle tweede stappen van uw account {username} bij {house} verwijderd: authenticator-app, passkeys, herstelcodes en vertrouwde apparaten. U bent overal uitgelogd.',
  secondFactorsRemovedClosing:
    'Hebt u hierom gevraagd, log dan in en stel opnieuw een tweede stap in. Zo niet, zeg het dan tegen uw beheerder.',
  accountLabel: 'Bekijk uw account',
  noticeClosing:
    'Als u dit was, hoeft u niets te doen. Zo niet, kies dan een nieuw wachtwoord met ‘Wachtwoord vergeten?’ op de inlogpagina: dat logt iedereen uit. En vertel het uw beheerder.',
};
