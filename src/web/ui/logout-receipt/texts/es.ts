import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  none: 'No había abierto ninguna aplicación desde aquí.',
  allTold: 'Se ha avisado a las aplicaciones que usó.',
  someMayKnow: 'Es posible que las aplicaciones que usó aún le reconozcan hasta que cierre sesión también en ellas.',
  told: 'Ha sido avisada.',
  beingTold: 'Se la está avisando, pero aún no ha respondido.',
  outOfReach: 'No se la pudo avisar: cierre sesión también allí.',
  neverTold: 'No se la avisa cuando cierra sesión aquí: cierre sesión también allí.',
  keepsAccess: 'Conserva hasta el {until} el acceso que le permitió para cuando usted no está.',
  accessEnds: 'Lo que recibió de aquí termina a más tardar el {until}.',
};
