import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  signInWithPasskey: 'Iniciar sesión con una llave de acceso',
  usePasskey: 'Usar su llave de acceso',
  secondLead:
    'Use una llave de acceso de esta cuenta: en este dispositivo, en su teléfono o en una llave de seguridad.',
  unused:
    'No se ha usado ninguna llave de acceso. Inténtelo de nuevo o inicie sesión de otra forma. Las llaves de acceso creadas para una dirección distinta de {host} no aparecen aquí.',
  notMade: 'No se ha creado ninguna llave de acceso. Puede intentarlo de nuevo cuando quiera.',
  present: 'Ya hay una llave de acceso para esta cuenta en el lugar elegido.',
  elsewhere: 'Las llaves de acceso solo funcionan en {host}. Abra esta página allí.',
  unsupported: 'Este navegador no admite llaves de acceso. Elija otra forma u otro navegador.',
  unreachable: 'No se ha podido contactar con el servidor. Vuelva a cargar esta página e inténtelo de nuevo.',
  failed: 'No ha funcionado. Inténtelo de nuevo o elija otra forma.',
  needsScripts: 'Las llaves de acceso necesitan JavaScript, que no funciona en este navegador. Elija otra forma.',
  tooOld: 'Ha tardado demasiado o se ha terminado en otra pestaña. Inténtelo de nuevo.',
  notVerified:
    'Su dispositivo no ha comprobado que es usted. Configure en él un PIN, una huella o el reconocimiento facial, o inicie sesión de otra forma.',
  refused:
    'Esta llave de acceso no se ha aceptado. Puede que se haya quitado de su cuenta o que se creara para una dirección distinta de {host}. Inicie sesión de otra forma.',
  passkeys: 'Llaves de acceso',
  passkeysLead:
    'Con una llave de acceso, el bloqueo de su dispositivo inicia la sesión: huella, rostro o PIN. Nadie puede adivinarla, y ningún sitio falso puede sacársela.',
  add: 'Añadir una llave de acceso',
  addLead:
    'Su navegador pregunta dónde guardarla: en este dispositivo, en un gestor de contraseñas, en su teléfono o en una llave de seguridad.',
  addSecond:
    'Después, su contraseña sola ya no bastará: para iniciar sesión con ella hará falta también una llave de acceso.',
  create: 'Crear la llave de acceso',
  name: 'Nombre',
  addedAt: 'Añadida',
  lastUsed: 'Último uso',
  notUsedYet: 'Todavía no',
  keptIn: 'Guardada',
  oneDevice: 'En un solo dispositivo',
  synced: 'Sincronizada entre dispositivos',
  madeFor: 'Creada para {host}',
  otherHost:
    'Este sitio está ahora en {host}. Las llaves de acceso creadas para una dirección anterior solo funcionan allí: añada una nueva y quite la antigua.',
  ipAddress:
    'Las llaves de acceso necesitan una dirección con nombre. Para una dirección IP como {host} ningún navegador las crea; su administrador puede cambiarlo.',
  actions: 'Acciones',
  change: 'Cambiar',
  save: 'Guardar',
  cancel: 'Cancelar',
  remove: 'Quitar esta llave de acceso',
  removeHint: 'Aquí dejará de aceptarse. Elimínela también en su dispositivo o en su gestor de contraseñas.',
  giveName: 'Dé un nombre a la llave de acceso.',
  lastWay:
    'Esta llave de acceso es su última forma de iniciar sesión. Añada otra o establezca una contraseña antes de quitarla.',
  added: 'Se ha añadido la llave de acceso «{name}».',
  renamed: 'La llave de acceso se llama ahora «{name}».',
  removed: 'Se ha quitado la llave de acceso «{name}».',
  securityKey: 'Llave de seguridad',
  passkey: 'Llave de acceso',
  offerHeading: 'Inicie sesión más rápido la próxima vez',
  offer:
    'Con una llave de acceso no necesita contraseña: su dispositivo inicia la sesión con su huella, su rostro o un PIN.',
  notNow: 'Ahora no',
};
