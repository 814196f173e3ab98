/** Something that the operator can put right, told in one sentence; the command ends with exit status 1. */
export class OperatorError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OperatorError';
  }
}
