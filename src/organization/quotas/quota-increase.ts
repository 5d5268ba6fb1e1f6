/** More of a quota of a service than AWS gives by itself. */
export interface QuotaIncrease {
  /** Code of the service, by `aws service-quotas list-services`: `lambda`. */
  readonly serviceCode: string;
  /** Code of the quota, by `aws service-quotas list-service-quotas --service-code lambda`: `L-B99A9384`. */
  readonly quotaCode: string;
  /** How much there should be at least. */
  readonly value: number;
  /** Regions that need it; `['us-east-1']` for services that are global, such as IAM. @default - all Regions of the landing zone, or of the baseline that the construct is in */
  readonly regions?: string[];
  /**
   * Whether new accounts ask for it when they are made, by the organization's request template, which has room for 10, a quota in a Region counting as one. It is asked for by the baseline in any case, which is
   * later. The construct `AccountQuotas` by itself does not look at it.
   *
   * @default false
   */
  readonly atCreation?: boolean;
}
