import type { NetworkHub } from './network-hub';
import { InputError } from '../model/input-error';

/** How a segment behaves. */
export interface SegmentOptions {
  /** Whether its VPCs must not reach each other, as in sandboxes. @default false */
  readonly isolated?: boolean;
  /** Whether it has internet egress by the hub. @default true */
  readonly egress?: boolean;
}

/** How connections between segments are allowed. */
export interface AllowOptions {
  /**
   * Whether the other segment may open connections too. Routes carry both directions; only a firewall between segments, or security groups, tell who opens a connection:
   * without east-west inspection the other segment reaches this one as well, and proofs say so.
   *
   * @default false
   */
  readonly mutual?: boolean;
}

/**
 * A part of the network whose VPCs are treated alike: `prod`, `dev`, `shared`. What may be reached is said here and nowhere else; routes, black holes, propagations
 * and the firewall's rules follow from it. A segment of one name is one segment in all Regions of the plan.
 *
 * @example
 * declare const hub: NetworkHub;
 * hub.segment('prod').allowTo(hub.segment('shared'));
 */
export class Segment {
  /** @internal */
  public constructor(
    /** Hub that it is a part of. */
    public readonly hub: NetworkHub,
    /** `prod`. */
    public readonly name: string,
    /** Whether its VPCs must not reach each other. */
    public readonly isIsolated: boolean,
    /** Whether it has internet egress by the hub. */
    public readonly hasEgress: boolean,
  ) {}

  /** Lets this segment open connections to another one, in all Regions. What is not allowed is not possible. */
  public allowTo(other: Segment, options: AllowOptions = {}): this {
    if (other.hub.addressPlan !== this.hub.addressPlan) {
      throw new InputError(`${this.name} and ${other.name} belong to hubs with different address plans: ${this.hub.node.path} and ${other.hub.node.path}. Use one plan, and hub.peerWith(other).`);
    }
    if (other.name === this.name) {
      throw new InputError(`${this.name} is allowed to reach itself: VPCs of a segment do, unless it is isolated (segments: { ${this.name}: { isolated: true } })`);
    }
    this.hub._allow(this.name, other.name, options.mutual ?? false);
    return this;
  }
}
