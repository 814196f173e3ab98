import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  title: 'U bent uitgenodigd',
  lead: 'Maak uw account aan bij {house}. U kiest een wachtwoord dat niemand anders kent.',
  signedIn: 'In deze browser bent u ingelogd als {name}. Hier maakt u nog een account aan.',
  submit: 'Account aanmaken',
  dead: 'Deze uitnodiging werkt niet meer',
  deadText: 'Hij is gebruikt of ingetrokken, of de tijd is om.',
  deadWay: 'Vraag wie u heeft uitgenodigd om een nieuwe. Hebt u al een account: {signIn}.',
  signIn: 'inloggen',
};
