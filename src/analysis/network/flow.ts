import { Cells } from './cells';
import { VpcGroup } from './compiled-network';
import { Leaf, PathStep } from './packets';
import { Start } from './places';
import { Traffic } from './traffic';

/** Flows between two sets of addresses that meet the same fate. A pair that AWS may treat one way or another is in several. */
export interface Flow {
  readonly kind: 'reached' | 'blocked' | 'unknown';
  readonly start: Start;
  readonly src: Cells;
  readonly dst: Cells;
  /** VPC where they arrive, or were to arrive. */
  readonly into?: VpcGroup;
  readonly traffic: Traffic;
  readonly leaf: Leaf;
  readonly back?: WayBack;
  readonly why?: string;
}

/** The way of answers. */
export interface WayBack {
  readonly arrives: boolean;
  readonly isSymmetric: boolean;
  /** Whether a firewall stops it because it passes other places than the way there. */
  readonly isAsymmetric: boolean;
  readonly path: readonly PathStep[];
  readonly why?: string;
  readonly passed: readonly string[];
}

/** Where packets went that did not arrive where they should. */
export function elsewhere({ kind, subnet, packets }: Leaf): string {
  const last = packets.path[packets.path.length - 1]?.component;
  switch (kind) {
    case 'vpc': return `it arrives in VPC ${subnet!.vpc.vpc.name} instead, whose addresses overlap`;
    case 'internet': return `it goes to the internet instead${packets.translated.length > 0 ? `, by NAT gateway ${packets.translated[0]!.nat.name}` : ''}`;
    case 'outside': return `it goes to ${last} instead`;
    case 'service': return `it goes to ${last} instead, which is of a service`;
    default: return `it ends at ${last}`;
  }
}
