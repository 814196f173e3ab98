import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  none: 'Não tinha aberto nenhuma aplicação a partir daqui.',
  allTold: 'As aplicações que usou foram avisadas.',
  someMayKnow: 'As aplicações que usou podem ainda reconhecê-lo até terminar a sessão também nelas.',
  told: 'Foi avisada.',
  beingTold: 'Está a ser avisada, mas ainda não respondeu.',
  outOfReach: 'Não foi possível avisá-la: termine a sessão também lá.',
  neverTold: 'Não é avisada quando termina a sessão aqui: termine a sessão também lá.',
  keepsAccess: 'Mantém até {until} o acesso que lhe permitiu durante a sua ausência.',
  accessEnds: 'O que recebeu daqui termina o mais tardar em {until}.',
};
