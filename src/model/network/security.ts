import { EVERYWHERE, normalBlock } from './address-blocks';
import { NetworkResource } from './network-resources';
import { prefixListBlocks } from './prefix-lists';
import { Draft, Reading } from './reading';
import { AclEntry, SecurityGroup, SecurityRule, TrafficMatch } from '../../analysis/network/topology';
import { isKnown, unknownPart } from '../assembly/resolved';

const PROTOCOLS: { readonly [name: string]: number } = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };
const ALL_PROTOCOLS = ['-1', 'all'];

/** Custom resources that take all rules out of a VPC's default security group, and their property with its id: our own and that of `ec2.Vpc`. */
const CLOSED_GROUPS: { readonly [type: string]: string } = { 'Custom::ClosedDefaultSecurityGroup': 'SecurityGroupId', 'Custom::VpcRestrictDefaultSG': 'DefaultSecurityGroupId' };

/** Network ACLs; those that templates leave as they are let everything through and are not told. */
export function readAcls(reading: Reading): void {
  const { resources } = reading;
  for (const resource of resources.of('AWS::EC2::NetworkAcl')) {
    const vpc = reading.vpcNamed(resource);
    if (!vpc) continue;
    const acl = { ...reading.part(resource), entries: [] };
    reading.acls.set(acl.id, acl);
    vpc.networkAcls.push(acl);
    reading.own(acl.id, vpc);
  }
  for (const resource of resources.of('AWS::EC2::NetworkAclEntry')) addEntry(resource, reading);
  for (const resource of resources.of('AWS::EC2::SubnetNetworkAclAssociation')) {
    const subnet = reading.subnets.get(resources.text(resource, 'SubnetId') ?? '');
    const acl = subnet && resources.text(resource, 'NetworkAclId', [reading.vpcOf(subnet.id)!.id]);
    if (!subnet || acl === undefined) continue;
    if (reading.acls.has(acl)) subnet.networkAcl = acl;
    else if (!acl.endsWith('#default-acl')) resources.gap(resource, `the assembly does not have network ACL ${acl}`, [reading.vpcOf(subnet.id)!.id]);
  }
  for (const vpc of reading.vpcs.values()) {
    const own = `${vpc.id}#default-acl`;
    if (reading.acls.has(own)) for (const subnet of vpc.subnets as { networkAcl?: string }[]) subnet.networkAcl ??= own;
  }
}

/**
 * An entry; those that are told apart by types of ICMP are not: one that allows some allows all, one that denies some denies none.
 * AWS's own entries of the default ACL allow everything, with the number 100, or 101 for IPv6 (Amazon VPC, "Default network ACL", read 2026-11-23).
 */
function addEntry(resource: NetworkResource, reading: Reading): void {
  const { resources } = reading;
  const aclId = resources.text(resource, 'NetworkAclId');
  const vpc = reading.vpcOf(aclId?.replace('#default-acl', ''));
  if (aclId === undefined || !vpc) return;
  if (aclId.endsWith('#default-acl') && !reading.acls.has(aclId)) {
    const entries = (['in', 'out'] as const).flatMap((direction) => EVERYWHERE.map((cidr, index): AclEntry => ({ number: 100 + index, direction, isAllow: true, cidr })));
    const acl = { id: aclId, name: `default ACL of ${vpc.name}`, entries };
    reading.acls.set(aclId, acl);
    vpc.networkAcls.push(acl);
  }
  const acl = reading.acls.get(aclId);
  const values = resource.values;
  const cidr = values.CidrBlock ?? values.Ipv6CidrBlock;
  const block = typeof cidr === 'string' ? normalBlock(cidr) : undefined;
  const needed = [values.RuleNumber, values.RuleAction, values.Protocol, values.Egress ?? false, values.PortRange ?? {}, values.Icmp ?? {}];
  const match = aclMatch(values);
  if (!Number.isInteger(Number(values.RuleNumber)) || (match !== 'types of ICMP' && !isNumbered(match))) {
    resources.gap(resource, `its numbers are not known: ${unknownPart(needed)}`, [vpc.id]);
    return;
  }
  if (acl && isPooledCidr(cidr, vpc)) {
    for (const range of vpc.ranges) push(range);
    return;
  }
  if (!acl || block === undefined || !needed.every(isKnown)) {
    resources.gap(resource, `it is not known: ${unknownPart([cidr, ...needed])}`, [vpc.id]);
    return;
  }
  push(block);

  function push(range: string): void {
    const isAllow = String(values.RuleAction).toLowerCase() === 'allow';
    if (match === 'types of ICMP' && !isAllow) return;
    acl!.entries.push({
      number: Number(values.RuleNumber), direction: [true, 'true'].includes(values.Egress) ? 'out' : 'in', isAllow, cidr: range,
      ...(match === 'types of ICMP' ? { protocol: Number(values.Protocol) } : match),
    });
  }
}

/** The block of a VPC that gets it from a pool: whatever it is, it lies in the pool. */
function isPooledCidr(cidr: any, { id, pooledPrefix }: { readonly id: string; readonly pooledPrefix?: number }): boolean {
  return pooledPrefix !== undefined && cidr?.attribute === 'CidrBlock' && `${cidr.stack.id}.${cidr.logicalId}` === id;
}

function aclMatch({ Protocol: given, PortRange: range, Icmp: icmp }: any): TrafficMatch | 'types of ICMP' {
  const protocol = Number(given);
  if (protocol === -1) return {};
  if ([1, 58].includes(protocol) && icmp !== undefined && (Number(icmp.Type) !== -1 || Number(icmp.Code ?? -1) !== -1)) return 'types of ICMP';
  return { protocol, ...portsOf(range?.From, range?.To, protocol) };
}

/** Security groups with the rules that stand in them and those that stand alone. */
export function readSecurityGroups(reading: Reading): void {
  const { resources } = reading;
  for (const resource of resources.of('AWS::EC2::SecurityGroup')) reading.securityGroups.set(resource.id, groupOf(resource, reading));
  for (const vpc of reading.vpcs.values()) {
    const id = `${vpc.id}#default-group`;
    const open: SecurityRule[] = [{ cidrs: EVERYWHERE }];
    reading.securityGroups.set(id, { id, name: `default security group of ${vpc.name}`, vpc: vpc.id, ingress: [{ group: id }], egress: open });
  }
  for (const resource of resources.of('AWS::EC2::SecurityGroupIngress')) addRule(resource, 'ingress', reading);
  takeDefaultsAway(reading);
  for (const resource of resources.of('AWS::EC2::SecurityGroupEgress')) addRule(resource, 'egress', reading);
  for (const resource of resources.customResources) {
    const property = CLOSED_GROUPS[resource.type];
    const group = property === undefined ? undefined : reading.securityGroups.get(String(resource.value(property)));
    if (group) Object.assign(group, { ingress: [], egress: [] });
  }
}

/**
 * A rule for what leaves that stands alone takes AWS's own one away, which lets everything out; also where the template writes the same one, though it comes and goes with the order of
 * deployment. What becomes of the one for IPv6 is not known.
 * Source: https://github.com/aws/aws-cdk/pull/998 and https://github.com/aws/aws-cdk/issues/15297 (read 2026-11-23).
 */
function takeDefaultsAway(reading: Reading): void {
  const { resources } = reading;
  const alone = new Set(resources.of('AWS::EC2::SecurityGroupEgress').map((resource) => resource.value('GroupId')));
  for (const [id, group] of reading.securityGroups) {
    if (!alone.has(id)) continue;
    const inside = resources.byId(id, 'AWS::EC2::SecurityGroup')?.raw('SecurityGroupEgress');
    const isWritten = Array.isArray(inside) && inside.length > 0;
    const hasIpv6 = reading.vpcs.get(group.vpc ?? '')?.ranges.some((range) => range.includes(':')) ?? group.vpc !== undefined;
    if (isWritten) group.egress = group.egress.map((rule) => (isEverything(rule) ? { unknown: `whether the rule of ${group.name} that lets everything out remains beside rules that stand alone` } : rule));
    else group.egress = hasIpv6 ? [{ unknown: `whether AWS's own rule of ${group.name} for IPv6 remains beside rules that stand alone` }] : [];
  }
}

function isEverything({ protocol, cidrs = [] }: SecurityRule): boolean {
  return protocol === undefined && cidrs.some((cidr) => EVERYWHERE.includes(cidr));
}

/** Without rules for what leaves, AWS adds one that lets everything out (AWS::EC2::SecurityGroup, "Remove default rule", read 2026-11-23). */
function groupOf(resource: NetworkResource, reading: Reading): Draft<SecurityGroup> {
  const { resources } = reading;
  const vpc = resource.raw('VpcId') === undefined ? undefined : resource.value('VpcId');
  const rules = (property: string, side: 'Source' | 'Destination'): SecurityRule[] => {
    const value = resource.value(property);
    if (value === undefined) return [];
    if (!Array.isArray(value)) return [{ unknown: `${property} of ${resource.name} is not known: ${unknownPart(value)}` }];
    return value.map((rule) => ruleOf(rule, side, resource, reading));
  };
  const egress = rules('SecurityGroupEgress', 'Destination');
  if (vpc !== undefined && typeof vpc !== 'string') resources.text(resource, 'VpcId');
  return {
    ...reading.part(resource),
    ...(typeof vpc === 'string' ? { vpc } : {}),
    ingress: rules('SecurityGroupIngress', 'Source'),
    egress: egress.length === 0 ? [{ cidrs: EVERYWHERE }] : egress,
  };
}

function addRule(resource: NetworkResource, direction: 'ingress' | 'egress', reading: Reading): void {
  const group = reading.securityGroups.get(reading.resources.text(resource, 'GroupId') ?? '');
  if (group) group[direction].push(ruleOf(resource.values, direction === 'ingress' ? 'Source' : 'Destination', resource, reading));
}

function ruleOf(rule: any, side: 'Source' | 'Destination', resource: NetworkResource, reading: Reading): SecurityRule {
  const unknown = (what: any): SecurityRule => ({ unknown: `a rule of ${resource.name}: ${unknownPart(what)}` });
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule) || !isKnown([rule.IpProtocol, rule.FromPort ?? null, rule.ToPort ?? null])) return unknown([rule?.IpProtocol, rule?.FromPort, rule?.ToPort, rule]);
  const match = ruleMatch(rule);
  if (!isNumbered(match)) return { unknown: `a rule of ${resource.name}, whose protocol or ports are no numbers` };
  const group = rule[`${side}SecurityGroupId`];
  const list = rule[`${side}PrefixListId`];
  const cidr = rule.CidrIp ?? rule.CidrIpv6;
  if (group !== undefined) return typeof group === 'string' ? { ...match, ...groupSide(group, reading) } : { ...match, ...unknown(group) };
  if (list !== undefined) {
    const blocks = typeof list === 'string' ? prefixListBlocks(list, reading) : unknownPart(list);
    return typeof blocks === 'string' ? { ...match, unknown: blocks } : { ...match, cidrs: blocks };
  }
  const vpc = cidr?.attribute === 'CidrBlock' ? reading.vpcs.get(`${cidr.stack.id}.${cidr.logicalId}`) : undefined;
  if (vpc) return { ...match, cidrs: vpc.ranges };
  if (cidr !== undefined && typeof cidr !== 'string') return { ...match, ...unknown(cidr) };
  const block = cidr === undefined ? undefined : normalBlock(cidr);
  return block === undefined ? { ...match, unknown: `a rule of ${resource.name}, whose other side is ${cidr ?? 'given by a name'}` } : { ...match, cidrs: [block] };
}

function groupSide(id: string, reading: Reading): Partial<SecurityRule> {
  const isHere = reading.resources.byId(id, 'AWS::EC2::SecurityGroup') ?? reading.vpcs.get(id.replace('#default-group', ''));
  return isHere ? { group: id } : { unknown: `security group ${id}, which the assembly does not have` };
}

function ruleMatch({ IpProtocol: given, FromPort: from, ToPort: to }: any): TrafficMatch {
  const name = String(given).toLowerCase();
  if (ALL_PROTOCOLS.includes(name)) return {};
  const protocol = PROTOCOLS[name] ?? Number(name);
  return { protocol, ...portsOf(from, to, protocol) };
}

function isNumbered({ protocol, ports }: TrafficMatch): boolean {
  return [protocol, ports?.from, ports?.to].every((number) => number === undefined || Number.isInteger(number));
}

/** Ports of TCP and UDP; -1 or none is all of them. */
function portsOf(from: any, to: any, protocol: number): Pick<TrafficMatch, 'ports'> {
  if (![6, 17].includes(protocol) || from === undefined || from === null || Number(from) === -1) return {};
  return { ports: { from: Number(from), to: to === undefined || to === null ? Number(from) : Number(to) } };
}
