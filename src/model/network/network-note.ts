import { NetworkIntent } from '../../analysis/network/topology';

/** What our network constructs write into templates for their readers, under `METADATA_KEY`: of a template, */
export interface NetworkNote {
  readonly intents: readonly Omit<NetworkIntent, 'origin'>[];
}

/** and of a resource: a VPC, a subnet, a route table of a transit gateway, a VPN connection. */
export interface NetworkMark {
  /** Of a stack set: file of its template, beside the one that it stands in. */
  readonly templateFile?: string;
  /** Key of a spoke. */
  readonly spoke?: string;
  /** Segment of a VPC or of a gateway's route table. */
  readonly segment?: string;
  /** Use of a subnet: `private`, `isolated`, `transit`, `public`, `firewall`. */
  readonly tier?: string;
  /** Addresses that an outside network announces. */
  readonly ranges?: readonly string[];
  /** Addresses of the IPAM pool that a VPC gets its own from. */
  readonly pool?: readonly string[];
}
