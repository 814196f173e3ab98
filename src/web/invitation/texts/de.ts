import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  title: 'Sie sind eingeladen',
  lead: 'Legen Sie Ihr Konto bei {house} an. Sie wählen ein Passwort, das sonst niemand kennt.',
  signedIn: 'In diesem Browser sind Sie als {name} angemeldet. Hier legen Sie ein weiteres Konto an.',
  submit: 'Konto anlegen',
  dead: 'Diese Einladung gilt nicht mehr',
  deadText: 'Sie wurde benutzt oder zurückgezogen, oder ihre Zeit ist um.',
  deadWay: 'Bitten Sie, wer Sie eingeladen hat, um eine neue. Wenn Sie schon ein Konto haben: {signIn}.',
  signIn: 'anmelden',
};
