import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  lead: 'Para aqui vão os e-mails sobre a sua conta: ligações, códigos e avisos do que lhe acontece.',
  present: 'O seu endereço',
  none: 'Ainda não há nenhum.',
  verified: 'Confirmado',
  unverified: 'Por confirmar',
  verify: 'Enviar um e-mail para o confirmar',
  add: 'Adicionar um endereço',
  change: 'Alterar o endereço',
  changeLead: 'É enviado um e-mail para o novo endereço. Só depois de o confirmar passa a ser o da sua conta.',
  newAddress: 'Novo endereço',
  send: 'Enviar o e-mail',
  confirm: 'Confirmar o endereço',
  confirmLead: 'Foi enviado um e-mail para {email}. Abra a ligação ou escreva o código.',
  confirmLeadWithoutMail: 'Daqui não se enviam e-mails. Peça ao seu administrador o código para {email}.',
  code: 'Código',
  sent: 'O e-mail foi enviado.',
  noted: 'Agora peça o código ao seu administrador.',
  confirmed: 'O seu endereço está confirmado.',
  confirmForAccount: 'A sua conta {username} recebe o endereço {email}.',
  cancel: 'Cancelar',
  back: 'Voltar ao seu endereço',
  noAddress: 'Introduza um endereço de e-mail como anna@example.com.',
  tooManyMails:
    'Já foram pedidos vários e-mails: veja o mais recente. Pode pedir outro dentro de {minutes, plural, one {# minuto} other {# minutos}}.',
  wrongCode: 'Este código não está certo ou é demasiado antigo. Veja o e-mail mais recente.',
  tooManyCodes: 'Demasiadas tentativas. Tente de novo dentro de {seconds, plural, one {# segundo} other {# segundos}}.',
  taken: 'Outra conta tem este endereço. Indique outro ou pergunte ao seu administrador.',
  linkDead: 'Esta ligação já não funciona',
  linkDeadText: 'Já foi usada, tem mais de um dia ou é de outra conta que não a da sessão atual.',
};
