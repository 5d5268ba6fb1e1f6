import { BaselineWave } from '../delivery/baseline-wave';

/** Properties of the encryption of a landing zone. */
export interface ZoneEncryptionProps {
  /** Units whose accounts get keys, in the order of a change. @default - the root, in one wave that has the management account too */
  readonly waves?: BaselineWave[];
  /** Wave in which the management account gets them. @default - the last one */
  readonly managementAccountIn?: string;
  /** Units where templates of the paved road deploy, and where requests for weaker keys are therefore denied: `Workloads`. @default - none: LZ.ENCRYPTION.2 is enabled where you say */
  readonly denyWeakerKeysIn?: string[];
}
