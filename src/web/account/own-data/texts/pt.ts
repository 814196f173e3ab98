import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  lead: 'O que está guardado aqui sobre si.',
  downloadHeading: 'Descarregar os meus dados',
  downloadLead:
    'Um ficheiro com tudo o que está guardado sobre si: perfil, sessões, aplicações, atividade e as suas formas de iniciar sessão sem os respetivos segredos. Poderá ter de iniciar sessão de novo.',
  download: 'Descarregar',
  deleteHeading: 'Eliminar a minha conta',
  deleteLead: 'A sua conta e tudo o que está guardado sobre si, para sempre.',
  deleteEllipsis: 'Eliminar a minha conta…',
  deletionOff: 'Aqui, as contas são eliminadas por um administrador. Dirija-se a ele.',
  lastAdministrator:
    'Só a sua conta tem permissões de administrador. Dê-as primeiro a outra pessoa, em {people}: de outro modo ninguém poderia cuidar das contas.',
  people: 'Pessoas',
  question: 'Eliminar a sua conta?',
  back: 'Voltar',
  everythingGoes:
    'O seu perfil, as suas formas de iniciar sessão, as suas sessões e o que permitiu a aplicações são eliminados de imediato.',
  applicationsAreTold:
    'As aplicações são avisadas de que já não tem sessão iniciada. O que sabem de si, mantêm: peça lá se quiser que também isso seja eliminado.',
  recordStays: 'O registo do que foi feito com esta conta fica com o seu administrador até terminar o prazo.',
  forGood: 'Não é possível anular. Ninguém voltará a ter o seu identificador.',
  typeName: 'Para continuar, escreva o seu nome de utilizador {username}',
  notTheName: 'Este não é o seu nome de utilizador. Nada foi eliminado.',
  delete: 'Eliminar para sempre',
  keep: 'Manter a minha conta',
  deleted: 'A sua conta foi eliminada',
  deletedLead: 'Nada resta dela, exceto o registo que o seu administrador conserva.',
  nothingHere: 'Não há nada para ver aqui',
  toTheStart: 'Ir para o início',
  mailSubject: 'A sua conta foi eliminada',
  mailText:
    'A conta {username} em {house} foi eliminada a seu pedido. Se não foi você, avise de imediato o seu administrador.',
};
