/** Limits of a network, as AWS or your agreement with it says. */
export interface NetworkLimits {
  /** Static and propagated routes of all tables of a transit gateway. @default 10000 */
  readonly routes?: number;
  /** Route tables of a transit gateway. @default 20 */
  readonly routeTables?: number;
  /** Attachments of a transit gateway. @default 5000 */
  readonly attachments?: number;
  /** Peerings of a transit gateway. @default 50 */
  readonly peerings?: number;
}

/** Amazon VPC, "Quotas for your transit gateways" (read 2026-11-22). */
export const TRANSIT_GATEWAY_LIMITS: Required<NetworkLimits> = { routes: 10_000, routeTables: 20, attachments: 5_000, peerings: 50 };
