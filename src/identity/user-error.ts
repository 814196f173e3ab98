/** What a person asked for cannot be done with this user; the message is a sentence to show as it is. */
export class UserError extends Error {
  /** The member of the form or document that the sentence is about. */
  readonly member: string | undefined;
  constructor(message: string, member?: string) {
    super(message);
    this.name = 'UserError';
    this.member = member;
  }
}
