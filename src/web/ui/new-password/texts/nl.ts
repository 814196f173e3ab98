import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  newPassword: 'Nieuw wachtwoord',
  hint: 'Minstens {characters} tekens. Een paar woorden achter elkaar zijn makkelijk te onthouden en moeilijk te raden.',
  strength: 'Hoe moeilijk dit wachtwoord te raden is',
  veryWeak: 'Heel makkelijk te raden',
  weak: 'Makkelijk te raden',
  fair: 'Kan moeilijker te raden zijn',
  good: 'Goed',
  strong: 'Heel goed',
  passwordShort: 'Kies een wachtwoord van minstens {characters} tekens.',
  passwordLong: 'Kies een wachtwoord van hoogstens {characters} tekens.',
  passwordCharacters:
    'Dit wachtwoord bevat een onzichtbaar teken, zoals een regeleinde. Kies een wachtwoord zonder zo’n teken.',
  passwordIsName: 'Kies een wachtwoord dat niet uw gebruikersnaam of e-mailadres is.',
  passwordCommon: 'Dit wachtwoord wordt als een van de eerste geprobeerd. Kies een ander.',
  passwordWeak: 'Dit wachtwoord is makkelijk te raden. Maak het langer, bijvoorbeeld met nog een woord.',
  passwordSame: 'Dit is uw huidige wachtwoord. Kies een ander.',
};
