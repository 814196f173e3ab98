import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  oneMoreStep: 'Mais um passo',
  authenticatorLead: 'Introduza o código que a sua aplicação de autenticação mostra para esta conta.',
  authenticatorCode: 'Código de seis dígitos',
  useAuthenticator: 'Usar a aplicação de autenticação',
  recoveryLead: 'Introduza um dos códigos de recuperação que guardou. Cada um serve uma vez.',
  recoveryCode: 'Código de recuperação',
  usePasskey: 'Usar a sua chave de acesso',
  useRecoveryCode: 'Usar um código de recuperação',
  confirm: 'Continuar',
  cancel: 'Cancelar',
  trustDevice: 'Confiar neste dispositivo durante 30 dias',
  trustDeviceHint: 'Da próxima vez, aqui basta a sua palavra-passe. Só para um dispositivo que mais ninguém usa.',
  enterCode: 'Introduza o código.',
  wrongAuthenticatorCode:
    'Este código não está certo. Espere pelo próximo e introduza-o; o relógio do telemóvel tem de estar certo.',
  wrongRecoveryCode: 'Não é nenhum dos seus códigos de recuperação por usar. Verifique-o e tente de novo.',
  tooManyCodes:
    'Demasiados códigos errados. Tente de novo dentro de {minutes, plural, one {# minuto} other {# minutos}}.',
  strongerSignIn: 'É necessário um início de sessão mais seguro',
  strongerWith: '{client} pede um segundo passo além da sua palavra-passe, e não configurou nenhum que sirva.',
  strongerKey: 'Pede uma chave de acesso.',
  setUpNow: 'Configurar agora',
  backAndCancel: 'Voltar a {client}',
  lostEverything: 'Perdeu o telemóvel e os códigos? Peça ao administrador que remova o seu segundo passo.',
};
