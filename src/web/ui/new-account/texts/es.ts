import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  username: 'Nombre de usuario',
  email: 'Dirección de correo',
  name: 'Nombre completo',
  usernameTaken: 'Este nombre de usuario ya está en uso. Elija otro.',
  usernameProblem:
    'Un nombre de usuario tiene como máximo 64 letras, cifras y signos, sin espacios. Solo puede llevar @ si es su dirección de correo.',
  usernameAt: 'Elija un nombre de usuario sin @. También puede iniciar sesión con su dirección de correo.',
  emailTaken: 'Ya existe una cuenta con esta dirección de correo. Inicie sesión con ella.',
  emailProblem: 'Escriba una dirección de correo como anna@example.com.',
  nameProblem: 'Un nombre tiene como máximo 256 caracteres, en una sola línea.',
  tooMany: 'Demasiados intentos. Inténtelo de nuevo en {minutes, plural, one {# minuto} other {# minutos}}.',
  full: 'En este momento muchísimas personas están creando una cuenta. Vuelva a intentarlo en una hora.',
  notAccepted: 'No se ha podido aceptar. Compruebe lo que ha escrito.',
};
