import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  skipToContent: 'Ir para o conteúdo',
  language: 'Idioma',
  changeLanguage: 'Alterar idioma',
  show: 'Mostrar',
  hide: 'Ocultar',
  showPassword: 'Mostrar a palavra-passe',
  hidePassword: 'Ocultar a palavra-passe',
  copy: 'Copiar',
  copied: 'Copiado',
  notCopied: 'Não copiado',
  accountOf: 'Conta de {name}',
  console: 'Consola',
  playground: 'Área de testes',
  yourApplications: 'As suas aplicações',
  yourAccount: 'A sua conta',
  signOut: 'Terminar sessão',
  required: 'obrigatório',
  optional: 'opcional',
  switchAccount: 'Mudar de conta',
};
