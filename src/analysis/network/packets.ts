import { Cells } from './cells';
import { AttachmentGroup, SubnetGroup, VpcGroup } from './compiled-network';
import { Step } from './question';
import { NatGateway, NetworkOrigin } from './topology';
import { Traffic } from './traffic';

/** A firewall that packets passed, and where: answers must pass the same. */
export interface Inspected {
  readonly firewall: string;
  /** Endpoint; `any` where AWS keeps both ways together. */
  readonly at: string;
}

/** An address translation that packets passed. */
export interface Translated {
  readonly nat: NatGateway;
  readonly vpc: VpcGroup;
  /** Senders before it. */
  readonly original: Cells;
}

/** What the way there tells the way back. */
export interface Opening {
  /** Translations that are still to be undone, the last one first. */
  readonly to: readonly Translated[];
  readonly inspected: readonly Inspected[];
  /** Interfaces that it was routed through; whether they keep state of connections is not known. */
  readonly interfaces: readonly string[];
  /** Zones that were chosen for the connection, by what chose. */
  readonly zones: ReadonlyMap<string, string>;
}

/** A component, and the routes by which packets to different addresses leave it. */
export interface PathStep extends Step {
  readonly routes?: readonly PathRoute[];
}

export interface PathRoute {
  readonly cells: Cells;
  readonly detail: string;
  readonly origin?: NetworkOrigin;
}

/** Packets that are alike, somewhere on their way. */
export interface Packets {
  readonly src: Cells;
  readonly dst: Cells;
  readonly traffic: Traffic;
  /** VPC that their senders' addresses are of. @default - none, or one that was left behind by a network outside */
  readonly sender?: VpcGroup;
  /** Zone as `SubnetGroup.zone` has it. @default - none: they come from a network outside or from another Region */
  readonly zone?: string | undefined;
  readonly path: readonly PathStep[];
  /** Ids of what was passed, for what is not modelled. */
  readonly passed: readonly string[];
  /** States that they were in: to be in one again is to go round in circles. */
  readonly states: readonly string[];
  readonly inspected: readonly Inspected[];
  readonly interfaces: readonly string[];
  readonly translated: readonly Translated[];
  /** @default - this is the way there */
  readonly answers?: Opening;
  readonly zones: ReadonlyMap<string, string>;
}

/** Where packets end. */
export interface Leaf {
  readonly kind: 'vpc' | 'internet' | 'outside' | 'service' | 'blocked' | 'unknown';
  readonly packets: Packets;
  /** Where they arrive, in a VPC. */
  readonly subnet?: SubnetGroup;
  readonly outside?: string;
  /** Attachment by which they went to it, of a gateway. */
  readonly attachment?: AttachmentGroup;
  /** What stops them, or is not known. */
  readonly why?: string;
  /** Set where a stateful firewall stops answers whose openings it did not see there. */
  readonly isAsymmetric?: boolean;
  /** VPC that they leave by a gateway of its own. */
  readonly exit?: VpcGroup;
  /** The gateway; of the internet: answers come and must leave by it. */
  readonly by?: 'internet-gateway' | 'egress-only-internet-gateway' | 'vpn-gateway';
}

/** Packets that have passed nothing yet. */
export function packetsFrom(src: Cells, dst: Cells, traffic: Traffic, answers?: Opening): Packets {
  return { src, dst, traffic, path: [], passed: [], states: [], inspected: [], interfaces: [], translated: [], zones: new Map(), ...(answers && { answers }) };
}

/** The same after one more component. */
export function on(packets: Packets, id: string, { origin, ...rest }: Omit<PathStep, 'origin'> & { readonly origin?: NetworkOrigin | undefined }): Packets {
  return { ...packets, passed: [...packets.passed, id], path: [...packets.path, { ...rest, ...(origin && { origin }) }] };
}
