import { BaselineWave } from '../delivery/baseline-wave';
import { QuotaIncrease } from '../organization/quotas/quota-increase';

/** Properties of the quotas of a landing zone. */
export interface ZoneQuotasProps {
  /** What accounts should have more of. */
  readonly quotas: QuotaIncrease[];
  /** Units whose accounts ask, in the order of a change. @default - the root, in one wave that has the management account too */
  readonly waves?: BaselineWave[];
  /** Wave in which the management account asks. @default - the last one */
  readonly managementAccountIn?: string;
}
