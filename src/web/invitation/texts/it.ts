import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  title: 'Hai ricevuto un invito',
  lead: 'Crea il tuo account su {house}. Scegli una password che nessun altro conosce.',
  signedIn: 'In questo browser hai effettuato l’accesso come {name}. Qui crei un altro account.',
  submit: 'Crea l’account',
  dead: 'Questo invito non vale più',
  deadText: 'È stato usato o ritirato, oppure è scaduto.',
  deadWay: 'Chiedine uno nuovo a chi ti ha invitato. Se hai già un account: {signIn}.',
  signIn: 'accedi',
};
