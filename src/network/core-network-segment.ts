import { CfnTag } from 'aws-cdk-lib';
import type { CoreNetwork } from './core-network';
import { SEGMENT_TAG, segmentName } from './core-network-policy';
import { AllowOptions, NetworkSegment } from './network-segment';
import { SegmentOptions } from './segment';
import { SegmentHome } from './segment-home';
import { InputError } from '../model/input-error';

/** How a segment of a core network behaves. */
export interface CoreNetworkSegmentOptions extends SegmentOptions {
  /**
   * Whether someone of the network account accepts each attachment. CloudFormation does not wait for it: the stack of a spoke then fails at its route, and succeeds when it is deployed
   * again. Without it, accounts of declared spokes and admitted ones get in, and nobody else.
   *
   * @default false
   */
  readonly requireAcceptance?: boolean;
}

/**
 * A segment of a core network: one routing domain in all Regions. What may be reached is said here and nowhere else; the policy and the firewalls' rules follow from it.
 *
 * @example
 * declare const coreNetwork: CoreNetwork;
 * coreNetwork.segment('prod').allowTo(coreNetwork.segment('shared'));
 */
export class CoreNetworkSegment extends NetworkSegment {
  /** Tag by which an attachment of an admitted account gets into this segment; spokes have it. */
  public readonly attachmentTag: CfnTag;

  /** @internal */
  public constructor(
    /** Core network that it is a part of. */
    public readonly coreNetwork: CoreNetwork,
    name: string,
    isIsolated: boolean,
    hasEgress: boolean,
    /** Whether someone of the network account accepts each attachment. */
    public readonly requiresAcceptance: boolean,
  ) {
    super(name, isIsolated, hasEgress);
    this.attachmentTag = { key: SEGMENT_TAG, value: segmentName(name) };
  }

  /** Lets this segment open connections to another one, in all Regions. What is not allowed is not possible. */
  public allowTo(other: CoreNetworkSegment, options: AllowOptions = {}): this {
    if (other.coreNetwork !== this.coreNetwork) {
      throw new InputError(`${this.name} and ${other.name} belong to different core networks, ${this.coreNetwork.node.path} and ${other.coreNetwork.node.path}, which Cloud WAN does not connect`);
    }
    if (other.name === this.name) {
      throw new InputError(`${this.name} is allowed to reach itself: VPCs of a segment do, unless it is isolated (segments: { ${this.name}: { isolated: true } })`);
    }
    this.coreNetwork._allow(this.name, other.name, options.mutual ?? false);
    return this;
  }

  /** Lets an account attach VPCs to this segment that no spoke of this app declares; they need `attachmentTag`. Accounts of spokes are admitted by themselves. */
  public admitAccount(accountId: string): this {
    if (!/^\d{12}$/.test(accountId)) throw new InputError(`${this.coreNetwork.node.path}, segment ${this.name}: "${accountId}" is not an account id of 12 digits`);
    this.coreNetwork._admit(this.name, accountId);
    return this;
  }

  /** @internal */
  public get _home(): SegmentHome {
    return this.coreNetwork._home;
  }
}
