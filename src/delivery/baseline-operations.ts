/** How a change goes through the accounts of a unit. */
export interface BaselineOperations {
  /** Accounts at one time, in percent of a unit's. @default 25 */
  readonly maxConcurrentPercentage?: number;
  /** Accounts a Region in which it may fail before it stops, in percent of a unit's. One account that fails beyond it fails the wave, and no later wave begins. @default 0 */
  readonly failureTolerancePercentage?: number;
  /** Regions one after the other, in this order, in place of all at once; all Regions of the baseline. @default - all at once */
  readonly regionOrder?: string[];
}
