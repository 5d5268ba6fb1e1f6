import { BaselineWave } from '../delivery/baseline-wave';
import { SystemsManagerOptions } from '../organization/systems-manager/systems-manager-options';

/** Properties of Systems Manager in a landing zone. */
export interface ZoneSystemsManagerProps extends SystemsManagerOptions {
  /** Units whose accounts get it, in the order of a change. @default - the root, in one wave that has the management account too */
  readonly waves?: BaselineWave[];
  /** Wave in which the management account gets it. @default - the last one */
  readonly managementAccountIn?: string;
}
