import { Stack } from 'aws-cdk-lib';
import { AddressPlan } from './address-plan';
import { FlowLogs } from './flow-logs';
import { VpcLink } from './vpc-link';

/** A VPC that was attached to a segment, in some account. */
export interface AttachedSpoke {
  readonly key: string;
  readonly segment: string;
  readonly stack: Stack;
  readonly attachmentId: string;
}

/** The network that a segment belongs to, as far as a spoke needs it: a hub, or a core network. */
export interface SegmentHome {
  readonly addressPlan: AddressPlan;
  readonly flowLogs: FlowLogs;
  /** Role that reads outputs in other accounts. @default - the usual one */
  readonly stackReaderRole?: string;
  /** Region that its spokes are in. @default - any Region of the plan */
  readonly region?: string;
  /** Whether its spokes' VPCs have Network Access Scopes. @default false */
  readonly networkAccessScopes?: boolean;
  /** Account of the network. */
  readonly account: string;
  /** By which a VPC of a stack is attached to a segment. */
  link(stack: Stack, segment: string): VpcLink;
  /** After a VPC was attached. */
  attached(spoke: AttachedSpoke): void;
}
