import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  lead: 'Hierheen gaan mails over uw account: links, codes en berichten over wat ermee gebeurt.',
  present: 'Uw adres',
  none: 'Er is er nog geen.',
  verified: 'Bevestigd',
  unverified: 'Niet bevestigd',
  verify: 'Stuur een mail om het te bevestigen',
  add: 'Adres toevoegen',
  change: 'Adres wijzigen',
  changeLead:
    'Er gaat een mail naar het nieuwe adres. Pas als u het hebt bevestigd, wordt het het adres van uw account.',
  newAddress: 'Nieuw adres',
  send: 'Mail sturen',
  confirm: 'Adres bevestigen',
  confirmLead: 'Een mail is onderweg naar {email}. Open de link erin, of vul de code in.',
  confirmLeadWithoutMail: 'Van hieruit wordt geen mail verstuurd. Vraag uw beheerder om de code voor {email}.',
  code: 'Code',
  sent: 'De mail is onderweg.',
  noted: 'Vraag nu uw beheerder om de code.',
  confirmed: 'Uw adres is bevestigd.',
  confirmForAccount: 'Uw account {username} krijgt het adres {email}.',
  cancel: 'Annuleren',
  back: 'Terug naar uw adres',
  noAddress: 'Vul een e-mailadres in zoals anna@example.com.',
  tooManyMails:
    'Er zijn al meerdere mails aangevraagd: kijk in de nieuwste. Over {minutes, plural, one {# minuut} other {# minuten}} kunt u er weer een vragen.',
  wrongCode: 'Deze code klopt niet of is te oud. Kijk in de nieuwste mail.',
  tooManyCodes: 'Te veel pogingen. Probeer het over {seconds, plural, one {# seconde} other {# seconden}} opnieuw.',
  taken: 'Een ander account heeft dit adres. Geef een ander op of vraag het uw beheerder.',
  linkDead: 'Deze link werkt niet meer',
  linkDeadText: 'Hij is gebruikt, ouder dan een dag, of hoort bij een ander account dan waarmee u bent ingelogd.',
};
