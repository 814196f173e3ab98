import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  offer: 'Enviar-me um código por e-mail',
  askTitle: 'Iniciar sessão por e-mail',
  askLead: 'Receberá um código e uma ligação. Não é precisa palavra-passe.',
  emailAddress: 'Endereço de e-mail',
  send: 'Enviar o código',
  otherWay: 'Outra forma',
  noAddress: 'Escreva o seu endereço de e-mail, por exemplo anna@example.com.',
  tooManyMails:
    'Já foram pedidos vários e-mails: veja o mais recente. Pode pedir outro dentro de {minutes, plural, one {# minuto} other {# minutos}}.',
  codeTitle: 'Veja o seu e-mail',
  codeLead:
    'Se existir uma conta com {email}, foram enviados para lá um código e uma ligação. Funcionam durante dez minutos.',
  code: 'Código',
  signIn: 'Iniciar sessão',
  again: 'Enviar outro',
  notThere: 'Pode demorar alguns minutos. Veja também no lixo eletrónico.',
  enterCode: 'Escreva o código do e-mail: oito algarismos.',
  wrongCode: 'Este código não está certo ou é demasiado antigo. Veja o e-mail mais recente.',
  tooManyCodes: 'Demasiadas tentativas. Tente de novo dentro de {seconds, plural, one {# segundo} other {# segundos}}.',
  otherBrowser: 'Esta ligação foi pedida noutro navegador. Inicie sessão aqui apenas se foi você que a pediu.',
  cancel: 'Cancelar',
  linkDead: 'Esta ligação já não funciona',
  linkDeadText: 'Já foi usada ou tem mais de dez minutos.',
};
