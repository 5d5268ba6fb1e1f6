/** A subnet's place in a VPC: which block of `prefix`, counted within the zone's quarter. */
export interface SubnetPlace {
  readonly tier: string;
  readonly zone: number;
  /** Splits of the VPC's block that lead to the subnet: in so many parts, this one of them. */
  readonly steps: readonly { readonly bits: number; readonly index: number }[];
  readonly prefix: number;
}

/** Zones that a VPC can ever have; their quarters are kept. */
export const MAX_ZONES = 4;
const SMALLEST_SUBNET = 28;

/**
 * Where a spoke's subnets lie. Each zone has a quarter of the VPC, whether it is used or not, and each tier its part of the quarter: private the first half, isolated
 * the third quarter, public the seventh eighth; the gateway's attachment has the first /28 of what is left. So adding a zone or a tier moves nothing.
 */
export function subnetPlace(vpcPrefix: number, tier: string, zone: number): SubnetPlace | undefined {
  const steps = [{ bits: 2, index: zone }, ...within(vpcPrefix + 2, tier)];
  const prefix = vpcPrefix + steps.reduce((sum, { bits }) => sum + bits, 0);
  return prefix <= SMALLEST_SUBNET ? { tier, zone, steps, prefix } : undefined;
}

function within(zonePrefix: number, tier: string): { bits: number; index: number }[] {
  switch (tier) {
    case 'private': return [{ bits: 1, index: 0 }];
    case 'isolated': return [{ bits: 2, index: 2 }];
    case 'public': return [{ bits: 3, index: 6 }];
    // Where an eighth is smaller than a subnet can be, the last quarter; there is no public tier then.
    default: {
      const rest = zonePrefix + 3 <= SMALLEST_SUBNET ? { bits: 3, index: 7 } : { bits: 2, index: 3 };
      return [rest, { bits: Math.max(0, SMALLEST_SUBNET - zonePrefix - rest.bits), index: 0 }];
    }
  }
}
