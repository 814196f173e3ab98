import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  offer: 'Nieuw hier? {createAccount}',
  createAccount: 'Een account aanmaken',
  submit: 'Account aanmaken',
  haveAccount: 'Inloggen met een account dat u al hebt',
  codeTitle: 'Kijk in uw mail',
  codeLead: 'Een code en een link zijn onderweg naar {email}. Vul de code hier binnen een uur in, of open de link.',
  code: 'Code',
  codeSubmit: 'Adres bevestigen',
  codeWrong: 'Deze code klopt niet of is niet meer geldig. Controleer hem of begin opnieuw.',
  again: 'Opnieuw beginnen',
  notThere: 'Het kan enkele minuten duren. Kijk ook in de spammap. Klopt het adres niet, begin dan opnieuw.',
  linkTitle: 'Bevestig uw e-mailadres',
  linkLead: 'Hiermee wordt het account {username} met het adres {email} aangemaakt.',
  linkPassword: 'Het wachtwoord dat u hebt gekozen',
  linkPasswordHint: 'U hebt de link in een andere browser geopend dan waarin u begon.',
  passwordWrong: 'Dit is niet het gekozen wachtwoord. Probeer het nog eens of begin opnieuw.',
  notYou: 'Bent u hier niet mee begonnen, sluit dan deze pagina: er wordt dan geen account aangemaakt.',
  dead: 'Deze link werkt niet meer',
  deadText: 'Hij is gebruikt of ouder dan een uur.',
  waitingTitle: 'Uw account wacht op goedkeuring',
  waiting:
    'Een beheerder bekijkt nieuwe accounts voordat ze gebruikt kunnen worden. U krijgt een mail als het zover is.',
  waitingWithoutMail:
    'Een beheerder bekijkt nieuwe accounts voordat ze gebruikt kunnen worden. Kom later terug en log in.',
  backTo: 'Terug naar {client}',
  signIn: 'Inloggen',
};
