import { Control } from './control';

/**
 * A named list of controls. Its order is a promise: a new control goes to the end, so that no statement moves between policies.
 */
export class ControlSet {
  /** A set of your own. */
  public static of(name: string, ...controls: Control[]): ControlSet {
    if (!/^[a-z][a-z0-9-]*$/.test(name)) {
      throw new Error(`Control set name "${name}" must be lower-case letters, digits and dashes, like "payments-card-data"`);
    }
    return new ControlSet(name, controls);
  }

  private constructor(
    /** `foundational`. */
    public readonly name: string,
    /** In order; append only. */
    public readonly controls: Control[],
  ) {}
}
