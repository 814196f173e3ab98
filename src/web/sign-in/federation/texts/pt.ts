import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  continueWith: 'Continuar com {provider}',
  cancelled: 'O início de sessão com {provider} foi cancelado. Tente de novo ou inicie sessão de outra forma.',
  unreachable: '{provider} não responde neste momento. Tente mais tarde ou inicie sessão de outra forma.',
  refused:
    '{provider} não conseguiu iniciar a sua sessão. Tente de novo ou de outra forma. Se voltar a acontecer, avise o seu administrador.',
  tooLong:
    'A aplicação pede mais do que é possível levar para {provider}. Inicie sessão de outra forma. Ou inicie primeiro sessão com {provider} em {page} e depois abra de novo a aplicação.',
  startAgain: 'Comece de novo',
  otherBrowser: 'Este início de sessão foi começado noutro navegador ou há demasiado tempo.',
  toSignIn: 'Ir para a página de início de sessão',
  noSuchProvider: 'Esta forma de iniciar sessão não existe',
  noSuchProviderText: 'Pode ter sido desativada. Inicie sessão de outra forma.',
  backToSignIn: 'Voltar ao início de sessão',
  newHere: 'É a sua primeira vez aqui',
  newHereLead: '{provider} disse-nos quem é. Confirme estes dados e a sua conta fica pronta.',
  username: 'Nome de utilizador',
  name: 'Nome',
  email: 'Endereço de e-mail',
  createAccount: 'Criar a conta',
  haveAccount: 'Já tem uma conta aqui?',
  signInAndConnect: 'Iniciar sessão e associar',
  connectFirst: 'Já tem uma conta aqui',
  connectFirstText:
    'Existe uma conta com o endereço {email}. Inicie sessão nela uma vez como sempre e associe-a. A partir daí basta {provider}.',
  noAccount: 'Ainda não há uma conta para si aqui',
  noAccountText: '{provider} disse-nos quem é, mas ninguém aqui está associado a essa conta.',
  noAccountAsk:
    'Se tem uma conta aqui, inicie sessão nela uma vez e associe-a. Caso contrário, peça uma ao seu administrador.',
  connectQuestion: 'Associar a {provider}?',
  connectText: 'A partir daí pode iniciar sessão nesta conta através de {provider} como {label}.',
  connect: 'Associar',
  notNow: 'Agora não',
  connected: 'A sua conta está associada a {provider}.',
  connectedToOther: 'Não é possível associar',
  connectedToOtherText:
    '{label} em {provider} está associada a outra conta daqui. Desassocie-a primeiro lá ou pergunte ao seu administrador.',
  toAccount: 'Voltar à sua conta',
};
