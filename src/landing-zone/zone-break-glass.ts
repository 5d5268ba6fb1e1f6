import { BaselineWave } from '../delivery/baseline-wave';

/** Properties of the emergency access of a landing zone. */
export interface ZoneBreakGlassProps {
  /** ARNs of the users and roles that may become the role: `arn:aws:iam::111122223333:user/emergency-1`. */
  readonly trustedPrincipalArns: string[];
  /** Minutes after which the second factor must be given again, 5 to 60. @default 15 */
  readonly mfaMinutes?: number;
  /** Why the second factor is not asked for. @default - it is */
  readonly withoutMfa?: string;
  /** Units whose accounts get the role, in the order of a change. @default - the root, in one wave that has the management account too */
  readonly waves?: BaselineWave[];
  /** Wave in which the management account gets it. @default - the last one */
  readonly managementAccountIn?: string;
}
