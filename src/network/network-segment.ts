import { SegmentHome } from './segment-home';

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

/** A part of a network whose VPCs are treated alike, of a hub (`hub.segment('prod')`) or of a core network (`coreNetwork.segment('prod')`). */
export abstract class NetworkSegment {
  /** @internal */
  protected constructor(
    /** `prod`. */
    public readonly name: string,
    /** Whether its VPCs must not reach each other. */
    public readonly isIsolated: boolean,
    /** Whether it has internet egress by the network. */
    public readonly hasEgress: boolean,
  ) {}

  /** @internal */
  public abstract get _home(): SegmentHome;
}
