import type { ZoneNetwork } from './zone-network';

/** Every way from a zone's VPCs to the internet, to expect something of in a test: `expect(zone.network.internetEgress()).toPassInspection()`. */
export class InternetEgress {
  /** @internal */
  public constructor(
    /** Network that it leaves. */
    public readonly network: ZoneNetwork,
  ) {}
}
