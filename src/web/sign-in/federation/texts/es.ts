import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  continueWith: 'Continuar con {provider}',
  cancelled: 'Se ha cancelado el inicio de sesión con {provider}. Inténtelo de nuevo o inicie sesión de otra forma.',
  unreachable: '{provider} no responde en este momento. Inténtelo más tarde o inicie sesión de otra forma.',
  refused:
    '{provider} no ha podido iniciar su sesión. Inténtelo de nuevo o hágalo de otra forma. Si vuelve a ocurrir, avise a su administrador.',
  tooLong:
    'La aplicación pide más de lo que se puede llevar a {provider}. Inicie sesión de otra forma. O inicie sesión primero con {provider} en {page} y después abra de nuevo la aplicación.',
  startAgain: 'Empiece de nuevo',
  otherBrowser: 'Este inicio de sesión se empezó en otro navegador o hace demasiado tiempo.',
  toSignIn: 'Ir a la página de inicio de sesión',
  noSuchProvider: 'Esta forma de iniciar sesión no existe',
  noSuchProviderText: 'Puede que se haya desactivado. Inicie sesión de otra forma.',
  backToSignIn: 'Volver al inicio de sesión',
  newHere: 'Es su primera vez aquí',
  newHereLead: '{provider} nos ha dicho quién es usted. Compruebe estos datos y su cuenta estará lista.',
  username: 'Nombre de usuario',
  name: 'Nombre',
  email: 'Dirección de correo',
  createAccount: 'Crear la cuenta',
  haveAccount: '¿Ya tiene una cuenta aquí?',
  signInAndConnect: 'Iniciar sesión y vincular',
  connectFirst: 'Ya tiene una cuenta aquí',
  connectFirstText:
    'Hay una cuenta con la dirección {email}. Inicie sesión en ella una vez como siempre y vincúlela. A partir de entonces bastará con {provider}.',
  noAccount: 'Todavía no hay ninguna cuenta para usted aquí',
  noAccountText: '{provider} nos ha dicho quién es usted, pero nadie aquí está vinculado a esa cuenta.',
  noAccountAsk:
    'Si tiene una cuenta aquí, inicie sesión en ella una vez y vincúlela. Si no, pida una a su administrador.',
  connectQuestion: '¿Vincular con {provider}?',
  connectText: 'A partir de entonces podrá iniciar sesión en esta cuenta mediante {provider} como {label}.',
  connect: 'Vincular',
  notNow: 'Ahora no',
  connected: 'Su cuenta está vinculada con {provider}.',
  connectedToOther: 'No se puede vincular',
  connectedToOtherText:
    '{label} en {provider} está vinculada a otra cuenta de aquí. Desvincúlela primero allí o pregunte a su administrador.',
  toAccount: 'Volver a su cuenta',
};
