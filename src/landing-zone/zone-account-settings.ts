import { BaselineWave } from '../delivery/baseline-wave';
import { AccountSettingsOptions } from '../organization/account-settings/account-settings-options';

/** Properties of the account settings of a landing zone. */
export interface ZoneAccountSettingsProps extends AccountSettingsOptions {
  /** Units whose accounts get them, in the order of a change. @default - the root, in one wave that has the management account too */
  readonly waves?: BaselineWave[];
  /** Wave in which the management account gets them. @default - the last one */
  readonly managementAccountIn?: string;
}
