import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  lead: 'Los dispositivos donde tiene la sesión iniciada. Si no reconoce alguno, cierre su sesión y cambie la contraseña.',
  thisBrowser: 'Este navegador',
  elsewhere: 'Otros navegadores',
  elsewhereLead: 'El nombre de un dispositivo es lo que su navegador dice de sí mismo.',
  device: 'Dispositivo',
  here: 'este navegador',
  signedIn: 'Inicio de sesión',
  lastUsed: 'Último uso',
  address: 'Dirección',
  applications: 'Aplicaciones',
  noApplications: 'Ninguna',
  signOut: 'Cerrar sesión',
  several: 'Varios a la vez',
  severalLead: 'Al cerrar sesión termina también lo que las aplicaciones obtuvieron por ella.',
  endOthers: 'Cerrar todas las demás',
  endAll: 'Cerrar sesión en todas partes, también aquí',
  ended:
    '{count, plural, =0 {No había ninguna otra sesión.} one {Se ha cerrado la sesión de un navegador.} other {Se ha cerrado la sesión de # navegadores.}}',
  notFound: 'Sesión ya cerrada',
  notFoundText: 'Este navegador ya no tiene la sesión iniciada.',
  back: 'Dónde tiene sesión iniciada',
};
