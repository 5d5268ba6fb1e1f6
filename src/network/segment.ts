import { hubHome } from './hub-home';
import type { NetworkHub } from './network-hub';
import { AllowOptions, NetworkSegment } from './network-segment';
import { SegmentHome } from './segment-home';
import { InputError } from '../model/input-error';

/** How a segment behaves. */
export interface SegmentOptions {
  /** Whether its VPCs must not reach each other, as in sandboxes. @default false */
  readonly isolated?: boolean;
  /** Whether it has internet egress by the hub. @default true */
  readonly egress?: boolean;
}

/**
 * A part of the network whose VPCs are treated alike: `prod`, `dev`, `shared`. What may be reached is said here and nowhere else; routes, black holes, propagations
 * and the firewall's rules follow from it. A segment of one name is one segment in all Regions of the plan.
 *
 * @example
 * declare const hub: NetworkHub;
 * hub.segment('prod').allowTo(hub.segment('shared'));
 */
export class Segment extends NetworkSegment {
  /** @internal */
  public constructor(
    /** Hub that it is a part of. */
    public readonly hub: NetworkHub,
    name: string,
    isIsolated: boolean,
    hasEgress: boolean,
  ) {
    super(name, isIsolated, hasEgress);
  }

  /** @internal */
  public get _home(): SegmentHome {
    return hubHome(this.hub);
  }

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
