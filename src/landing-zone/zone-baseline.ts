import { BaselineOptions } from '../delivery/baseline';

/** Properties of a baseline of a landing zone. */
export interface ZoneBaselineProps extends BaselineOptions {
  /** Regions of each account that get it. A Region that is taken out again loses its stacks, but for what the template retains. @default - all allowed Regions of the zone */
  readonly regions?: string[];
}
