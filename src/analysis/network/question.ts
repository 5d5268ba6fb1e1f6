import { NetworkOrigin } from './topology';

/** One side of a question. */
export type NetworkPlace =
  /** All VPCs declared to be of a segment, in all Regions or one. */
  | { readonly kind: 'segment'; readonly name: string; readonly region?: string }
  /** All VPCs of an account, by its id. */
  | { readonly kind: 'account'; readonly id: string }
  | { readonly kind: 'vpc'; readonly id: string }
  | { readonly kind: 'subnet'; readonly id: string }
  /** Someone with security groups: these are evaluated for interfaces only. Elsewhere answers hold for any security groups. */
  | { readonly kind: 'interface'; readonly id: string }
  /** Addresses, wherever they are: in VPCs, outside, on the internet. */
  | { readonly kind: 'cidr'; readonly cidr: string }
  | { readonly kind: 'internet' }
  /** A network behind VPN or Direct Connect; all of them without an id. */
  | { readonly kind: 'outside'; readonly id?: string };

/** Can connections be opened? */
export interface ReachQuestion {
  readonly from: NetworkPlace;
  readonly to: NetworkPlace;
  /** IANA number. @default - any protocol */
  readonly protocol?: number;
  /** Destination port. @default - any port */
  readonly port?: number;
  /** @default - both */
  readonly family?: 'ipv4' | 'ipv6';
}

/**
 * `all`: everyone reaches everyone (subnets of tiers `transit`, `firewall` and `isolated` are not expected to); `some`: at least one pair does, and one does not;
 * `none`: nobody reaches anybody; `unknown`: something that is not modelled could change the answer.
 */
export type ReachVerdict = 'all' | 'some' | 'none' | 'unknown';

/** An exact answer. */
export interface ReachAnswer {
  readonly verdict: ReachVerdict;
  /** Flows that arrive; alike ones are one. */
  readonly reached: readonly FlowResult[];
  /** Flows that do not, and what stops them. */
  readonly blocked: readonly FlowResult[];
  /** What is not modelled, by name, where the verdict hangs on it. */
  readonly unknown: readonly FlowResult[];
}

/** Flows that take the same way. */
export interface FlowResult {
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  /** `tcp/443`, `udp/53-60`, `any`. */
  readonly traffic: string;
  /** One pair of addresses of it. */
  readonly example: { readonly from: string; readonly to: string };
  /** What the packets pass, in order; the last step is where they arrive or what stops them. */
  readonly path: readonly Step[];
  /** Ids of the firewalls that inspect them. */
  readonly inspectedBy: readonly string[];
  /** Addresses are translated on the way. */
  readonly isTranslated: boolean;
  /** The way back: absent where nothing arrives. */
  readonly back?: { readonly arrives: boolean; readonly isSymmetric: boolean; readonly path: readonly Step[]; readonly why?: string };
  /** Why it stops, or is not known: `no route to 10.4.0.0/14 in table prod of tgw hub`. */
  readonly why?: string;
}

/** A component on a path. */
export interface Step {
  /** `VPC payments-prod`, `table prod`, `firewall hub`, `network ACL private`. */
  readonly component: string;
  /** `10.0.0.0/8 to attachment shared`. */
  readonly detail?: string;
  readonly origin?: NetworkOrigin;
}
