import { steps } from './steps/index.ts';
import type { AuthorizationState, Step } from './steps/step.ts';

/** The one thing that is still missing, or undefined. Pure: nothing is read or written to decide it. */
export function nextStep(state: AuthorizationState): Step | undefined {
  for (const step of steps.values()) if (step.isMissing(state)) return step;
  return undefined;
}
