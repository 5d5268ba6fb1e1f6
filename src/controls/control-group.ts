import type { Control } from './control';

/**
 * One or more controls that are enabled together: a `Control` or a `ControlSet`.
 */
export interface IControlGroup {
  /** Name of the set, or `own` for a single control. Statements of one group are packed together. */
  readonly groupName: string;
  /** In order; append only. */
  readonly controls: Control[];
}
