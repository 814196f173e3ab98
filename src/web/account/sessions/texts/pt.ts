import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  lead: 'Os dispositivos onde tem sessão iniciada. Se não reconhecer algum, termine a sessão e mude a palavra-passe.',
  thisBrowser: 'Este navegador',
  elsewhere: 'Outros navegadores',
  elsewhereLead: 'O nome de um dispositivo é o que o seu navegador diz de si.',
  device: 'Dispositivo',
  here: 'este navegador',
  signedIn: 'Início de sessão',
  lastUsed: 'Última utilização',
  address: 'Endereço',
  applications: 'Aplicações',
  noApplications: 'Nenhuma',
  signOut: 'Terminar sessão',
  several: 'Vários de uma vez',
  severalLead: 'Terminar a sessão acaba também com o que as aplicações obtiveram através dela.',
  endOthers: 'Terminar todas as outras',
  endAll: 'Terminar em todo o lado, também aqui',
  ended:
    '{count, plural, =0 {Não havia mais nenhuma sessão.} one {Um navegador terminou a sessão.} other {# navegadores terminaram a sessão.}}',
  notFound: 'Sessão já terminada',
  notFoundText: 'Este navegador já não tem sessão iniciada.',
  back: 'Onde tem sessão iniciada',
};
