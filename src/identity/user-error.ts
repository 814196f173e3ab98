/** Why something was refused, for pages that say it in other languages. */
export interface UserErrorReason {
  readonly code: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** What a person asked for cannot be done with this user; the message is a sentence to show as it is. */
export class UserError extends Error {
  /** The member of the form or document that the sentence is about. */
  readonly member: string | undefined;
  readonly reason: UserErrorReason | undefined;
  constructor(message: string, member?: string, reason?: UserErrorReason) {
    super(message);
    this.name = 'UserError';
    this.member = member;
    this.reason = reason;
  }
}
