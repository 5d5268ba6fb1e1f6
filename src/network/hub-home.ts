import { Stack } from 'aws-cdk-lib';
import type { NetworkHub } from './network-hub';
import { AttachedSpoke, SegmentHome } from './segment-home';
import { TransitGatewayLink } from './vpc-link';
import { valueFrom } from '../delivery/stack-output';

/** A hub as the home of spokes: the VPC attaches to the gateway, the hub associates the attachment with its segment. */
export function hubHome(hub: NetworkHub): SegmentHome {
  return {
    addressPlan: hub.addressPlan,
    flowLogs: hub._props.flowLogs,
    stackReaderRole: hub._props.stackReaderRole,
    region: hub.region,
    networkAccessScopes: hub._props.networkAccessScopes,
    account: Stack.of(hub).account,
    link: (stack: Stack) => new TransitGatewayLink(valueFrom(Stack.of(hub), 'TransitGateway', hub.transitGatewayId, stack, hub._props.stackReaderRole)),
    attached: (spoke: AttachedSpoke) => hub._spokes.add(spoke),
  };
}
