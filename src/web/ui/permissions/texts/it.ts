import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  openid: 'Riconoscerti quando torni',
  profile: 'Vedere il tuo nome e il tuo profilo',
  email: 'Vedere il tuo indirizzo e-mail',
  address: 'Vedere il tuo indirizzo postale',
  phone: 'Vedere il tuo numero di telefono',
  groups: 'Vedere a quali gruppi appartieni',
  offline_access: 'Mantenere questo accesso quando non ci sei',
  useScope: 'Usare {scope}',
  isNew: 'nuovo',
  yourPicture: 'la tua foto',
  willBeAble: 'L’applicazione potrà:',
  onlyIfTicked: 'E questo solo se lo spunti:',
  willCall: 'A tuo nome chiamerà:',
  willNot: 'L’applicazione non riceverà:',
  yourPassword: 'la tua password',
  yourProfile: 'il tuo nome e il tuo profilo',
  yourEmail: 'il tuo indirizzo e-mail',
  yourAddress: 'il tuo indirizzo postale',
  yourPhone: 'il tuo numero di telefono',
  yourGroups: 'i tuoi gruppi',
  yourAbsence: 'accesso quando non ci sei',
  website: 'Sito web',
  privacyPolicy: 'Informativa sulla privacy',
  termsOfService: 'Termini di servizio',
  selfDescribed:
    'Nessuno qui ha registrato questa applicazione. Si descrive da sé su {source}. Consenti solo se conosci questo indirizzo.',
  selfDescribedTo:
    'Nessuno qui ha registrato questa applicazione. Si descrive da sé su {source}, e verrai mandato a {destination}. Consenti solo se conosci entrambi gli indirizzi.',
};
