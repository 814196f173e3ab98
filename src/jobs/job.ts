import type { Context } from '../context.ts';

/** Something the clock asks for. Several processes may run it at the same time, so two runs must do no harm. */
export interface Job {
  readonly name: string;
  /** How long to wait from the end of one run to the next, give or take a tenth. */
  readonly everySeconds: number;
  /**
   * One run. What it throws is logged, and the job runs again in its turn. A long one looks at `signal` between its
   * steps and ends early when the process is told to stop.
   */
  run(context: Context, signal: AbortSignal): Promise<void>;
}
