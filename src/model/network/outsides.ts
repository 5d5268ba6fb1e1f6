import { normalBlock } from './address-blocks';
import { NetworkResource } from './network-resources';
import { Reading } from './reading';

/**
 * Networks behind VPN and Direct Connect. What they announce is what our constructs declare; without that, static routes of the connection, and anything more unless routes are only static.
 * The networks behind a VPN gateway are one, by the gateway's id.
 */
export function readOutsides(reading: Reading): void {
  const { resources } = reading;
  const staticRoutes = new Map<string, string[]>();
  for (const resource of resources.of('AWS::EC2::VPNConnectionRoute')) {
    const connection = resources.text(resource, 'VpnConnectionId');
    const block = normalBlock(resources.text(resource, 'DestinationCidrBlock', 'all') ?? '');
    if (connection !== undefined && block !== undefined) staticRoutes.set(connection, [...staticRoutes.get(connection) ?? [], block]);
  }
  for (const resource of resources.of('AWS::EC2::VPNConnection')) addConnection(resource, staticRoutes.get(resource.id) ?? [], reading);
  for (const resource of resources.of('AWS::DirectConnect::DirectConnectGateway')) {
    const { id, name, origin, mark } = resource;
    reading.outsides.set(id, { id, name, origin, ranges: [...mark.ranges ?? []], mayAnnounceMore: mark.ranges === undefined });
  }
  for (const resource of resources.of('AWS::DirectConnect::DirectConnectGatewayAssociation')) associateWithVpnGateway(resource, reading);
  attachVpnGateways(reading);
}

function addConnection(resource: NetworkResource, staticRoutes: readonly string[], reading: Reading): void {
  const { mark } = resource;
  const isStatic = [true, 'true'].includes(resource.value('StaticRoutesOnly'));
  const ranges = mark.ranges ?? staticRoutes;
  const mayAnnounceMore = mark.ranges === undefined && !isStatic;
  const gateway = resource.raw('VpnGatewayId') === undefined ? undefined : reading.resources.text(resource, 'VpnGatewayId');
  if (gateway === undefined) reading.outsides.set(resource.id, { ...reading.part(resource), ranges: [...ranges], mayAnnounceMore });
  else extend(gateway, ranges, mayAnnounceMore, resource, reading);
}

function associateWithVpnGateway(resource: NetworkResource, reading: Reading): void {
  const gateway = resource.value('AssociatedGatewayId');
  if (!reading.resources.byId(gateway, 'AWS::EC2::VPNGateway')) return;
  const behind = reading.outsides.get(String(resource.value('DirectConnectGatewayId')));
  extend(gateway, behind?.ranges ?? [], behind?.mayAnnounceMore ?? true, resource, reading);
}

/** The networks behind a VPN gateway, of all its connections. */
function extend(gatewayId: string, ranges: readonly string[], mayAnnounceMore: boolean, resource: NetworkResource, reading: Reading): void {
  const known = reading.outsides.get(gatewayId);
  const gateway = reading.resources.byId(gatewayId);
  reading.outsides.set(gatewayId, {
    id: gatewayId, name: known?.name ?? gateway?.name ?? resource.name, origin: known?.origin ?? resource.origin,
    ranges: [...new Set([...known?.ranges ?? [], ...ranges])], mayAnnounceMore: (known?.mayAnnounceMore ?? false) || mayAnnounceMore,
  });
}

function attachVpnGateways(reading: Reading): void {
  const { resources } = reading;
  for (const resource of resources.of('AWS::EC2::VPCGatewayAttachment')) {
    if (resource.raw('VpnGatewayId') === undefined) continue;
    const gateway = resources.text(resource, 'VpnGatewayId');
    const vpc = reading.vpcNamed(resource);
    if (gateway !== undefined && vpc) reading.own(gateway, vpc);
  }
}
