import type { Texts } from '../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  signInSubject: 'Início de sessão em {house}',
  signInText:
    'Alguém, que esperamos que seja você, quer iniciar sessão em {house}. Escreva este código na página onde o pediu ou abra a ligação.',
  signInLabel: 'Iniciar sessão',
  signInClosing:
    'O código e a ligação funcionam uma só vez, durante {minutes, plural, one {# minuto} other {# minutos}}. Não dê o código a ninguém, nem a quem telefone em nosso nome. Se não o pediu, não faça nada.',
  resetSubject: 'Escolher uma nova palavra-passe',
  resetText:
    'Alguém, que esperamos que tenha sido você, pediu uma nova palavra-passe para a conta {username} em {house}.',
  resetClosing:
    'A ligação funciona uma só vez, durante {minutes, plural, one {# minuto} other {# minutos}}. Se não a pediu, não faça nada: a sua palavra-passe fica como está.',
  confirmSubject: 'Confirme o seu endereço de e-mail',
  confirmText:
    'Alguém, que esperamos que tenha sido você, indicou este endereço para uma conta em {house}. Escreva este código na página onde o indicou ou abra a ligação.',
  confirmLabel: 'Confirmar o endereço',
  confirmClosing:
    'O código e a ligação funcionam uma só vez, durante {hours, plural, one {# hora} other {# horas}}. Se não foi você, não faça nada.',
  takenSubject: 'O seu endereço foi indicado para outra conta',
  takenText:
    'Alguém indicou este endereço para outra conta em {house}, mas já pertence à sua. Nada mudou. Se foi você, inicie sessão com este endereço.',
  emailChangedSubject: 'O seu endereço de e-mail foi alterado',
  emailChangedText: 'O endereço de e-mail da sua conta {username} em {house} passou a ser {email}.',
  undoLabel: 'Anular a alteração',
  undoClosing:
    'Se foi você, não precisa de fazer nada. Se não, anule-a no prazo de {days, plural, one {# dia} other {# dias}}: este endereço volta e todas as sessões da sua conta são terminadas.',
  newDeviceSubject: 'Novo início de sessão na sua conta',
  newDeviceText: 'Alguém iniciou sessão na sua conta {username} em {house} com um navegador ainda desconhecido.',
  newDeviceDetails: 'Quando: {time}\nNavegador: {device}\nEndereço de rede: {address}',
  passwordChangedSubject: 'A sua palavra-passe foi alterada',
  passwordChangedText: 'A palavra-passe da sua conta {username} em {house} foi alterada.',
  passkeyAddedSubject: 'Foi adicionada uma chave de acesso',
  passkeyAddedText: 'Com a chave de acesso «{name}» já é possível iniciar sessão na sua conta {username} em {house}.',
  passkeyRemovedSubject: 'Foi removida uma chave de acesso',
  passkeyRemovedText:
    'Com a chave de acesso «{name}» já não é possível iniciar sessão na sua conta {username} em {house}.',
  secondFactorAddedSubject: 'Foi configurado um segundo passo',
  secondFactorAddedText:
    'Para iniciar sessão na sua conta {username} em {house} é agora necessário um segundo passo: {name}.',
  secondFactorRemovedSubject: 'Foi removido um segundo passo',
  secondFactorRemovedText:
    'Este segundo passo já não é pedido para iniciar sessão na sua conta {username} em {house}: {name}.',
  recoveryCodeUsedSubject: 'Foi usado um código de recuperação',
  recoveryCodeUsedText: 'Alguém iniciou sessão na sua conta {username} em {house} com um código de recuperação.',
  providerLinkedSubject: 'Foi associada outra conta',
  providerLinkedText: 'Já é possível iniciar sessão na sua conta {username} em {house} através de {name}.',
  providerUnlinkedSubject: 'Foi desassociada outra conta',
  providerUnlinkedText: 'Já não é possível iniciar sessão na sua conta {username} em {house} através de {name}.',
  passkeyRefusedSubject: 'Foi recusada uma chave de acesso',
  passkeyRefusedText:
    'Alguém tentou iniciar sessão na sua conta {username} em {house} com a chave de acesso «{name}». Foi recusada, porque parece existir uma cópia dela.',
  passkeyRefusedClosing:
    'Remova esta chave de acesso da sua conta e acrescente uma nova, mesmo que tenha sido você. Se não foi, avise o seu administrador.',
  secondFactorsRemovedSubject: 'Os seus segundos passos foram removidos',
  secondFactorsRemovedText:
    'Um administrador removeu todos os segundos passos da sua conta {username} em {house}: aplicação de autenticação, chaves de acesso, códigos de recuperação e dispositivos de confiança. A sua sessão foi terminada em todo o lado.',
  secondFactorsRemovedClosing:
    'Se foi a seu pedido, inicie sessão e configure de novo um segundo passo. Se não, avise o seu administrador.',
  accountLabel: 'Ver a sua conta',
  noticeClosing:
    'Se foi você, não precisa de fazer nada. Se não, escolha uma nova palavra-passe com «Esqueceu-se da palavra-passe?» na página de início de sessão: assim todas as sessões terminam. E avise o seu administrador.',
};
