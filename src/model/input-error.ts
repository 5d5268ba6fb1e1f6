/** A user's mistake: its message says it all, so it carries no stack trace. */
export class InputError extends Error {
  public constructor(message: string) {
    super(message);
    this.name = 'InputError';
    this.stack = message;
  }
}
