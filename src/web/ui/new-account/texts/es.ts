import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  username: 'Nombre de usuario',
  email: 'Correo electrónico',
  name: 'Nombre completo',
  usernameTaken: 'Este nombre de usuario ya está en uso. Elija otro.',
  usernameProblem:
    'Un nombre de usuario tiene como máximo 64 letras, cifras y signos, sin espacios. Solo puede llevar @ si es su correo electrónico.',
  usernameAt: 'Elija un nombre de usuario sin @. También puede iniciar sesión con su correo electrónico.',
  emailTaken: 'Ya existe una cuenta con este correo electrónico. Inicie sesión con ella.',
  emailProblem: 'Escriba un correo electrónico como anna@example.com.',
  nameProblem: 'Un nombre tiene como máximo 256 caracteres, en una sola línea.',
  tooMany: 'Demasiados intentos. Vuelva a intentarlo en {minutes, plural, one {# minuto} other {# minutos}}.',
  full: 'En este momento muchísimas personas están creando una cuenta. Vuelva a intentarlo en una hora.',
  notAccepted: 'No se ha podido aceptar. Compruebe lo que ha escrito.',
};
