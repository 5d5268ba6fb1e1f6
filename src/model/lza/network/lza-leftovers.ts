import { LzaReadings } from './lza-node';
import { Place } from '../../organization-definition';
import { Notice } from '../lza-files';

/** Keys that change no way of packets: names, sizes, sharing, logs, who resolves which names. */
const HARMLESS: ReadonlySet<string> = new Set([
  'name', 'tags', 'description', 'asn', 'dnsSupport', 'ipv6Support', 'vpnEcmpSupport', 'autoAcceptSharingAttachments', 'multicastSupport', 'securityGroupReferencingSupport', 'shareTargets', 'transitGatewayCidrBlocks',
  'transitGatewayIpv6CidrBlocks', 'transitGatewayFlowLogs', 'enableDnsHostnames', 'enableDnsSupport', 'instanceTenancy', 'dhcpOptions', 'queryLogs', 'resolverRules', 'dnsFirewallRuleGroups', 'vpcFlowLogs',
  'useCentralEndpoints', 'central', 'defaultPolicy', 'policy', 'applyPolicy', 'endpointPolicies', 'elbAccountIds', 'firewallManagerService', 'certificates', 'accountVpcIds', 'accountVpcEndpointIds',
  'homeRegion', 'capacity', 'loggingConfiguration', 'deleteProtection', 'firewallPolicyChangeProtection', 'subnetChangeProtection', 'operatingRegions', 'scopes', 'scope', 'locale', 'autoImport',
  'publiclyAdvertisable', 'allocationMaxNetmaskLength', 'allocationMinNetmaskLength', 'allocationResourceTags', 'route53Resolver', 'vpcRoute53Resolver', 'privateDnsOptions', 'enableDns64',
  'assignIpv6OnCreation', 'allocationId', 'maxEntries', 'targetGroups', 'tunnelSpecifications', 'virtualInterfaces', 'ipAddress', 'gatewayName', 'autoAccept', 'applyTags',
  'outsideIpAddressType', 'enableVpnAcceleration', 'protocol', 'regions', 'type',
  'crossZoneLoadBalancing', 'deletionProtection', 'targetGroup', 'delegatedAdminAccount', 'listeners', 'attributes', 'addressFamily',
]);

/** Keys that only narrow what passes, or what sites learn: without them more is reachable than in truth, never less. */
const NARROWING: ReadonlySet<string> = new Set(['allowedPrefixes', 'amazonIpv4NetworkCidr', 'customerIpv4NetworkCidr', 'amazonIpv6NetworkCidr', 'customerIpv6NetworkCidr']);

/** What of a configuration nobody read: notices by name with their lines, and the names of what could carry traffic. */
export function leftovers(readings: LzaReadings, file: string): { readonly notices: Notice[]; readonly gaps: string[] } {
  const groups = new Map<string, { readonly key: string; readonly places: Place[] }>();
  for (const { path, place } of readings.unread()) {
    const name = path.map((step) => (typeof step === 'number' ? '[]' : step)).join('.').replace(/\.\[\]/g, '[]');
    const known = groups.get(name) ?? { key: String(path[path.length - 1]), places: [] };
    known.places.push(place);
    groups.set(name, known);
  }
  const gaps: string[] = [];
  const notices = [...groups].map(([name, { key, places }]): Notice => {
    const isHarmless = HARMLESS.has(key) || name === 'defaultVpc';
    const why = isHarmless ? 'it changes no way of packets' : NARROWING.has(key) ? 'answers may let through more than it does' : 'it is not modelled: answers could be others';
    if (!isHarmless && !NARROWING.has(key)) gaps.push(`${name} (${file}:${places[0]!.line})`);
    return { kind: 'not carried over', subject: `${file}: ${name}`, message: `${lines(places)}; ${why}` };
  });
  return { notices, gaps };
}

function lines(places: readonly Place[]): string {
  const numbers = places.map(({ line }) => line).slice(0, 4);
  return `${places.length === 1 ? 'line' : 'lines'} ${numbers.join(', ')}${places.length > numbers.length ? ` and ${places.length - numbers.length} more` : ''}`;
}
