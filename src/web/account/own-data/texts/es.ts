import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  lead: 'Lo que se guarda aquí sobre usted.',
  downloadHeading: 'Descargar mis datos',
  downloadLead:
    'Un archivo con todo lo que se guarda sobre usted: perfil, sesiones, aplicaciones, actividad y sus formas de iniciar sesión sin sus secretos. Quizá tenga que iniciar sesión de nuevo.',
  download: 'Descargar',
  deleteHeading: 'Eliminar mi cuenta',
  deleteLead: 'Su cuenta y todo lo que se guarda sobre usted, para siempre.',
  deleteEllipsis: 'Eliminar mi cuenta…',
  deletionOff: 'Aquí las cuentas las elimina un administrador. Diríjase a él.',
  lastAdministrator:
    'Solo usted tiene permisos de administrador. Déselos antes a otra persona, en {people}: si no, nadie podría ocuparse de las cuentas.',
  people: 'Personas',
  question: '¿Eliminar su cuenta?',
  back: 'Volver',
  everythingGoes:
    'Su perfil, sus formas de iniciar sesión, sus sesiones y lo que permitió a las aplicaciones se eliminan de inmediato.',
  applicationsAreTold:
    'Se avisa a las aplicaciones de que ya no tiene la sesión iniciada. Lo que saben de usted lo conservan: pida allí que lo eliminen también.',
  recordStays:
    'El registro de lo que se hizo con esta cuenta queda en manos de su administrador hasta que venza su plazo.',
  forGood: 'No se puede deshacer. Nadie volverá a tener su identificador.',
  typeName: 'Para continuar, escriba su nombre de usuario {username}',
  notTheName: 'Este no es su nombre de usuario. No se ha eliminado nada.',
  delete: 'Eliminar para siempre',
  keep: 'Conservar mi cuenta',
  deleted: 'Su cuenta está eliminada',
  deletedLead: 'No queda nada de ella, salvo el registro que conserva su administrador.',
  nothingHere: 'Aquí no hay nada que ver',
  toTheStart: 'Ir al inicio',
  mailSubject: 'Su cuenta está eliminada',
  mailText:
    'La cuenta {username} en {house} se eliminó a petición suya. Si no fue usted, avise de inmediato a su administrador.',
};
