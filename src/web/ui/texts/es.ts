import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  skipToContent: 'Ir al contenido',
  language: 'Idioma',
  changeLanguage: 'Cambiar idioma',
  show: 'Mostrar',
  hide: 'Ocultar',
  showPassword: 'Mostrar la contraseña',
  hidePassword: 'Ocultar la contraseña',
  copy: 'Copiar',
  copied: 'Copiado',
  notCopied: 'No copiado',
  accountOf: 'Cuenta de {name}',
  console: 'Consola',
  playground: 'Zona de pruebas',
  yourApplications: 'Sus aplicaciones',
  yourAccount: 'Su cuenta',
  signOut: 'Cerrar sesión',
  required: 'obligatorio',
  optional: 'opcional',
  switchAccount: 'Cambiar de cuenta',
};
