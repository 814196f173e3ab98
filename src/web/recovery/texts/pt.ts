import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  forgotten: 'Esqueceu-se da palavra-passe?',
  forgottenLead: 'Enviamos-lhe uma ligação para escolher uma nova.',
  forgottenLeadWithoutMail: 'O seu administrador recebe uma ligação para si, com a qual escolhe uma nova.',
  usernameOrEmail: 'Nome de utilizador ou endereço de e-mail',
  ask: 'Pedir a ligação',
  back: 'Voltar ao início de sessão',
  enterName: 'Escreva o seu nome de utilizador ou endereço de e-mail.',
  tooManyMails:
    'A ligação já foi pedida várias vezes: procure a mais recente. Pode pedir de novo dentro de {minutes, plural, one {# minuto} other {# minutos}}.',
  sent: 'Veja o seu e-mail',
  sentLead: 'Se essa conta existir, foi enviada uma ligação para o seu endereço de e-mail. Funciona durante meia hora.',
  sentText:
    'Pode demorar alguns minutos. Veja também no lixo eletrónico. Não chega nada? Pergunte ao seu administrador.',
  noted: 'Agora pergunte ao seu administrador',
  notedLead: 'Se essa conta existir, o seu administrador encontra uma ligação para si na consola.',
  notedText: 'Daqui não se enviam e-mails. A ligação funciona durante um dia.',
  choose: 'Escolher uma nova palavra-passe',
  chooseLead: 'Esta ligação funciona uma só vez. Onde tiver sessão iniciada, terá de a iniciar de novo.',
  username: 'Nome de utilizador',
  save: 'Guardar a palavra-passe',
  changed: 'A sua palavra-passe foi alterada',
  changedLead: 'Já pode iniciar sessão com ela.',
  signIn: 'Iniciar sessão',
  dead: 'Esta ligação já não funciona',
  deadText: 'Já foi usada, é demasiado antiga ou há uma mais recente.',
  askAgain: 'Pedir uma nova ligação',
  undo: 'Anular o novo endereço?',
  undoLead: 'A conta {username} recupera o endereço {email}.',
  undoText: 'Todas as suas sessões terminam e escolhe uma nova palavra-passe.',
  undoSubmit: 'Anular a alteração',
  cancel: 'Cancelar',
  cannotUndo: 'Já não se pode anular',
  addressTaken: 'O endereço já pertence a outra conta. Pergunte ao seu administrador.',
};
