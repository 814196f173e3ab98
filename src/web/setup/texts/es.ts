import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  title: 'Crear el administrador',
  lead: 'Este enlace sirve una sola vez. Quien rellene esta página administrará Castellan desde entonces.',
  submit: 'Crear el administrador',
  linkNeeded: 'Hace falta un enlace de instalación',
  linkNeededText: 'Castellan mostró un enlace al iniciarse. Abra ese enlace.',
  linkDead: 'Este enlace ya no funciona',
  linkDeadText: 'Se ha usado, es demasiado antiguo o se ha creado uno más reciente.',
  newLink:
    'Para mostrar uno nuevo, ejecute {command} en el servidor, o {commandInCheckout} en una copia del repositorio.',
};
