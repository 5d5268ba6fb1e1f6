import { NetworkResource } from './network-resources';
import { Reading } from './reading';
import { isExpanded, networkTypesIn, templateTextOf } from './stack-sets';
import { UNKNOWN } from './type-coverage';

/** Custom resources that are known to change no way of packets, or that other readers understand. */
const HARMLESS: readonly string[] = [
  'Custom::ClosedDefaultSecurityGroup', 'Custom::VpcRestrictDefaultSG', 'Custom::AcceptedTransitGatewayPeering', 'Custom::CrossRegionExportWriter', 'Custom::CrossRegionExportReader',
  'Custom::S3AutoDeleteObjects', 'Custom::LogRetention', 'Custom::S3BucketNotifications', 'Custom::CDKBucketDeployment',
];

/** Types of what a custom resource could change the ways of. Security groups and subnets are named for many harmless reasons. */
const ROUTING = /^AWS::EC2::(VPC|RouteTable|NetworkAcl|InternetGateway|NatGateway|VPNGateway|VPCEndpoint|TransitGateway\w*)$|^AWS::Network(Firewall|Manager)::/;

/** Tells what could carry traffic and is not modelled. */
export function findGaps(reading: Reading): void {
  const { resources } = reading;
  for (const [type, { affects, everywhere, onlyAdds }] of Object.entries(UNKNOWN)) {
    for (const resource of resources.of(type)) resources.gap(resource, 'it is not modelled', affectedBy(resource, affects, reading) ?? (everywhere === true ? 'all' : 'place'), onlyAdds);
  }
  for (const type of resources.unlistedTypes) for (const resource of resources.of(type)) resources.gap(resource, 'its type is not modelled');
  for (const resource of resources.customResources) findRouting(resource, reading);
  for (const resource of resources.of('AWS::CloudFormation::Stack')) {
    if (!resource.stack.nested.has(resource.logicalId)) resources.gap(resource, 'its template is not in the assembly');
  }
  for (const resource of resources.of('AWS::CloudFormation::StackSet')) findInStackSet(resource, reading);
}

/** A stack set makes its resources in accounts that templates do not name. */
function findInStackSet(resource: NetworkResource, reading: Reading): void {
  const body = templateTextOf(resource);
  if ((resource.raw('TemplateURL') !== undefined && body === undefined) || (body !== undefined && typeof body !== 'string')) reading.resources.gap(resource, 'its template is not known', 'all');
  const types = typeof body === 'string' && !isExpanded(resource, reading.assembly) ? networkTypesIn(body) : [];
  if (types.length > 0) reading.resources.gap(resource, `it makes ${types.join(', ')} in each of its accounts`, 'all');
}

/** VPCs, gateways and tables that properties name; undefined when one is not known. */
function affectedBy(resource: NetworkResource, properties: readonly string[], reading: Reading): string[] | undefined {
  if (properties.length === 0) return undefined;
  const ids = properties.map((property) => resource.value(property)).filter((value) => value !== undefined);
  if (ids.length === 0 || !ids.every((id) => typeof id === 'string')) return undefined;
  return ids.flatMap((id: string) => partsNamed(id, reading));
}

/** A custom resource may do anything to what it is told of; calls of CDK's `AwsCustomResource` that only read do nothing. */
function findRouting(resource: NetworkResource, reading: Reading): void {
  if (HARMLESS.includes(resource.type) || (resource.type === 'Custom::AWS' && onlyReads(resource))) return;
  const named = referencesIn(resource.properties).map((json) => resource.resolve(json)).filter((id): id is string => typeof id === 'string' && ROUTING.test(reading.resources.byId(id)?.type ?? ''));
  const affected = [...new Set(named)].flatMap((id) => partsNamed(id, reading));
  if (affected.length > 0) reading.resources.gap(resource, `a custom resource that is told of ${[...new Set(named)].map((id) => reading.resources.byId(id)!.name).join(', ')}`, affected);
}

function onlyReads(resource: NetworkResource): boolean {
  const calls = ['Create', 'Update', 'Delete'].flatMap((property) => JSON.stringify(resource.raw(property) ?? '').match(/\\+"action\\+":\\+"(\w+)/g) ?? []);
  return calls.length > 0 && calls.every((call) => /"(describe|get|list|search)\w*$/i.test(call));
}

/** All functions in a value that may give an id. */
function referencesIn(json: any): any[] {
  if (typeof json !== 'object' || json === null) return [];
  const [name, ...others] = Object.keys(json);
  if (others.length === 0 && name !== undefined && ['Ref', 'Fn::GetAtt', 'Fn::ImportValue', 'Fn::GetStackOutput'].includes(name)) return [json];
  return Object.values(json).flatMap(referencesIn);
}

/** What an id, or an ARN that ends in one, is of: answers are about VPCs, gateways and tables. */
function partsNamed(text: string, reading: Reading): string[] {
  const id = text.startsWith('arn:') ? text.replace(/^arn:[^/]*\//, '') : text;
  const vpc = reading.vpcOf(id);
  if (vpc) return [vpc.id];
  const attachment = reading.attachments.get(id);
  if (attachment) return [attachment.gateway];
  const gateway = reading.gateways.get(id) ?? reading.gatewayOf(id);
  return gateway ? [gateway.id] : [];
}
