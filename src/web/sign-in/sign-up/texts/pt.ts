import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  offer: 'É a primeira vez aqui? {createAccount}',
  createAccount: 'Criar uma conta',
  submit: 'Criar a conta',
  haveAccount: 'Iniciar sessão com uma conta que já tem',
  codeTitle: 'Veja o seu e-mail',
  codeLead:
    'Foram enviados um código e uma ligação para {email}. Escreva aqui o código ou abra a ligação dentro de uma hora.',
  code: 'Código',
  codeSubmit: 'Confirmar o endereço',
  codeWrong: 'Este código não está certo ou já não é válido. Verifique-o ou comece de novo.',
  again: 'Começar de novo',
  notThere:
    'Pode demorar alguns minutos. Veja também no lixo eletrónico. Se o endereço não estiver certo, comece de novo.',
  linkTitle: 'Confirme o seu endereço de e-mail',
  linkLead: 'Isto cria a conta {username} com o endereço {email}.',
  linkPassword: 'A palavra-passe que escolheu',
  linkPasswordHint: 'Abriu a ligação num navegador diferente daquele em que começou.',
  passwordWrong: 'Não é a palavra-passe escolhida. Tente outra vez ou comece de novo.',
  notYou: 'Se não foi você, feche esta página: nenhuma conta será criada.',
  dead: 'Esta ligação já não funciona',
  deadText: 'Foi usada ou tem mais de uma hora.',
  waitingTitle: 'A sua conta aguarda aprovação',
  waiting:
    'Um administrador analisa as contas novas antes de poderem ser usadas. Receberá um e-mail quando estiver pronta.',
  waitingWithoutMail:
    'Um administrador analisa as contas novas antes de poderem ser usadas. Volte mais tarde e inicie sessão.',
  backTo: 'Voltar a {client}',
  signIn: 'Iniciar sessão',
};
