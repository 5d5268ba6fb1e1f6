import { Stack } from 'aws-cdk-lib';
import type { CoreNetworkOptions } from './core-network';
import { EDGE_SLOTS, FUNCTIONS, segmentName } from './core-network-policy';
import { Egress } from './egress';
import { ON_PREMISES } from './hub-routes';
import { Inspection } from './inspection';
import { partitionOf } from '../model/partition';

/** https://github.com/hashicorp/terraform-provider-aws, core_network_policy_document_data_source.go (read 2026-11-23). */
const SEGMENT_NAME = /^[A-Za-z][A-Za-z0-9]{0,63}$/;

/** What is wrong with a core network, or cannot be said to Cloud WAN. */
export function coreNetworkProblems(options: CoreNetworkOptions, inspection: Inspection, egress: Egress, stack: Stack): string[] {
  return [...placeProblems(options, stack), ...segmentProblems(options), ...inspectionProblems(options, inspection, egress), ...egressProblems(inspection, egress)];
}

function placeProblems({ addressPlan: plan, asnStart, zones, zoneIds = {} }: CoreNetworkOptions, { region, account }: Stack): string[] {
  const isUnknown = region.includes('${') || account.includes('${');
  return [
    ...(isUnknown ? ['its stack needs an environment, env: { account, region }: whom the policy lets attach hangs on the account'] : []),
    ...(partitionOf(region) !== 'aws' ? [`its stack is in ${region}: it is not known where AWS RAM shares a core network of that partition`] : []),
    ...plan.regions.filter((name) => plan._regionSlot(name) >= EDGE_SLOTS).map((name) => `${name} has slot ${plan._regionSlot(name)}, edges have numbers for slots 0 to ${EDGE_SLOTS - 1}`),
    ...(asnStart !== undefined && !isAsnStart(asnStart) ? [`asnStart is ${asnStart}; it and the ${EDGE_SLOTS} after it must be within 64512 to 65534 or 4200000000 to 4294967294`] : []),
    ...(zones !== undefined && !(zones >= 1 && zones <= 4) ? [`${zones} zones are asked for, 1 to 4 are possible`] : []),
    ...Object.entries(zoneIds).flatMap(([name, ids]) => [
      ...(plan.regions.includes(name) ? [] : [`zoneIds names ${name}, which the plan does not have. Regions of the plan: ${plan.regions.join(', ')}`]),
      ...(ids.length < 1 || ids.length > 4 ? [`zoneIds has ${ids.length} zones for ${name}, 1 to 4 are possible`] : []),
      ...(new Set(ids).size < ids.length ? [`zoneIds names a zone of ${name} twice: ${ids.join(', ')}`] : []),
    ]),
  ];
}

function segmentProblems({ addressPlan: plan, segments = {} }: CoreNetworkOptions): string[] {
  const reserved = [FUNCTIONS, ON_PREMISES, segmentName(ON_PREMISES)];
  return [
    ...plan.segments.filter((name) => reserved.includes(name)).map((name) => `${name} is a name of the core network itself: give the segment another one, in its slot`),
    ...plan.segments.filter((name) => !reserved.includes(name) && !SEGMENT_NAME.test(name))
      .map((name) => `segment ${name}: Cloud WAN takes names of up to 64 letters and digits, a letter first. Call it ${name.replace(/[^A-Za-z0-9]/g, '') || 'otherwise'} in the plan; in its slot it keeps its addresses`),
    ...Object.keys(segments).filter((name) => !plan.segments.includes(name)).map((name) => `segments names ${name}, which the plan does not have. Segments of the plan: ${plan.segments.join(', ')}`),
    ...(plan.segmentCidr(plan.regions[0]!, plan.segments[0]!) === plan.cidr
      ? [`the plan ${plan.cidr} is one segment of one Region: a VPC could have all of it, and the black hole of the plan, a static route, would come before it. Plan more slots`] : []),
  ];
}

/** Things of one Region that the functions of all Regions would need. */
function inspectionProblems({ addressPlan: { regions } }: CoreNetworkOptions, inspection: Inspection, egress: Egress): string[] {
  const { tlsCertificateAuthorityArn, ruleGroupArns = [] } = inspection._firewall;
  const elsewhere = (what: string, text: string) => regions.filter((region) => !text.split(/[:.]/).includes(region)).map((region) => `${what} is none of ${region}, where the firewall needs one: ${text}`);
  return [
    ...(inspection._kind === 'native' ? ['AWS Network Firewall attaches itself to transit gateways, not to core networks. Use Inspection.inspectionVpc(), with the same properties'] : []),
    ...(inspection._serviceName !== undefined ? elsewhere('serviceName', inspection._serviceName) : []),
    ...(tlsCertificateAuthorityArn !== undefined ? elsewhere('tlsCertificateAuthorityArn', tlsCertificateAuthorityArn) : []),
    ...ruleGroupArns.flatMap((arn) => elsewhere('ruleGroupArns', arn)),
    ...(inspection._kind !== 'none' && !inspection.eastWest && !egress.isCentral ? ['inspection looks at traffic to the internet only, and there is no egress: use Inspection.none(reason)'] : []),
  ];
}

function egressProblems(inspection: Inspection, egress: Egress): string[] {
  return [
    ...(egress._props.zonal === false ? ['a regional NAT gateway does not route to a core network, and has one table for the firewalls of all zones. Leave zonal out: each zone has a NAT gateway of its own'] : []),
    ...(egress._props.cidr !== undefined && inspection._block !== undefined && egress._block.toString() !== inspection._block.toString()
      ? [`egress and inspection are one VPC in a core network: give both the same cidr, not ${egress._block.toString()} and ${inspection._block.toString()}`] : []),
  ];
}

/** AWS Cloud WAN, "Core network policy version parameters", asn-ranges (read 2026-11-23). */
function isAsnStart(start: number): boolean {
  return Number.isInteger(start) && [[64_512, 65_534], [4_200_000_000, 4_294_967_294]].some(([low, high]) => start >= low! && start + EDGE_SLOTS <= high!);
}
