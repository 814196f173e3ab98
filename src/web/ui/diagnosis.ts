import * as z from 'zod';
import type { Context } from '../../context.ts';
import { SealError } from '../../lib/seal.ts';

const diagnosisSchema = z.object({
  at: z.number(),
  request_id: z.string(),
  client_id: z.string(),
  /** The redirect URI that was received and is not registered. */
  redirect_uri: z.string(),
});

/** What an administrator needs to see in order to repair what a visitor met. */
export type Diagnosis = z.output<typeof diagnosisSchema>;

/** The address under which an administrator finds this diagnosis: it carries it, sealed, so that nothing is stored. */
export function diagnosisUrl(context: Context, diagnosis: Diagnosis): string {
  return `/admin/diagnosis?received=${context.secretKey.seal(JSON.stringify(diagnosis), boundTo)}`;
}

/** Reads it again; undefined when we did not write it. */
export function readDiagnosis(context: Context, received: string): Diagnosis | undefined {
  try {
    return diagnosisSchema.parse(JSON.parse(context.secretKey.unseal(received, boundTo)));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

const boundTo = 'diagnosis';
