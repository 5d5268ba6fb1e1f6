/** Limits of a core network, as AWS or your agreement with it says. */
export interface CoreNetworkLimits {
  /** Segments and network function groups together. @default 40 */
  readonly segments?: number;
  /** Attachments. @default 5000 */
  readonly attachments?: number;
  /** Routes of all segments and network function groups together. @default 10000 */
  readonly routes?: number;
}

/**
 * AWS Cloud WAN, "Quotas" (https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-quotas.html, read 2026-11-23); a network function group counts as a segment
 * (https://github.com/aws-samples/aws-cloud-wan-blueprints, policy/2-segments-and-nfg.md, read 2026-11-23). AWS raises the number of attachments on request; of the others it says no.
 */
export const CORE_NETWORK_LIMITS: Required<CoreNetworkLimits> = { segments: 40, attachments: 5_000, routes: 10_000 };

/** Bytes of a policy document, of the same page. */
export const MAX_POLICY_SIZE = 1_000_000;
