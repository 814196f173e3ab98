/** Why a passkey was not accepted: for the log, and for the few reasons that the person can do something about. */
export type PasskeyProblem =
  | 'unreadable'
  /** The challenge is too old. */
  | 'expired'
  /** The challenge is not of this browser, this purpose, or our making. */
  | 'challenge'
  | 'replayed'
  | 'unknown'
  | 'other-host'
  | 'other-user'
  | 'other-origin'
  | 'framed'
  | 'not-verified'
  | 'counter'
  | 'disabled'
  /** The credential is registered already, for whomever. */
  | 'taken'
  | 'key'
  | 'attestation'
  /** The library's own word on what does not hold: signature, type, RP ID hash, flags. */
  | 'invalid';

/** A passkey, or a new one, was not accepted. */
export class PasskeyError extends Error {
  readonly problem: PasskeyProblem;
  constructor(problem: PasskeyProblem, detail?: string) {
    super(detail === undefined ? problem : `${problem}: ${detail}`);
    this.name = 'PasskeyError';
    this.problem = problem;
  }
}
