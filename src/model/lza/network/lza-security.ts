import { LzaNode } from './lza-node';
import { LzaVpc, LzaNetworkParts } from './lza-vpcs';

/** TCP ports of the accelerator's words for rules (landing-zone-accelerator-on-aws, security-group-utils.ts, read 2026-11-23). */
const PORTS: { readonly [type: string]: number } = {
  'RDP': 3_389, 'SSH': 22, 'HTTP': 80, 'HTTPS': 443, 'MSSQL': 1_433, 'MYSQL/AURORA': 3_306, 'REDSHIFT': 5_439, 'POSTGRESQL': 5_432, 'ORACLE-RDS': 1_521,
};

/** Writes the security groups, network ACLs and load balancers of a VPC. */
export function writeSecurity(vpc: LzaVpc, parts: LzaNetworkParts): void {
  const own = (kind: string, name: string) => parts.templates.ref(vpc.site, kind, vpc.name, name);
  const add = (kind: string, name: string, type: string, properties: object, node: LzaNode) => parts.templates.add(vpc.site, kind, [vpc.name, name], type, properties, { name: `${vpc.label}/${name}`, place: node.place });
  for (const group of vpc.node.items('securityGroups')) {
    add('group', group.text('name')!, 'AWS::EC2::SecurityGroup', {
      VpcId: vpc.id,
      SecurityGroupIngress: group.items('inboundRules').flatMap((rule) => rulesOf(rule, 'Source', vpc, parts)),
      SecurityGroupEgress: group.items('outboundRules').flatMap((rule) => rulesOf(rule, 'Destination', vpc, parts)),
    }, group);
  }
  for (const acl of vpc.node.items('networkAcls')) {
    const name = acl.text('name')!;
    const id = add('acl', name, 'AWS::EC2::NetworkAcl', { VpcId: vpc.id }, acl);
    for (const subnet of acl.texts('subnetAssociations')) add('aclAssociation', subnet, 'AWS::EC2::SubnetNetworkAclAssociation', { SubnetId: own('subnet', subnet), NetworkAclId: id }, acl);
    ([['inboundRules', 'source', false], ['outboundRules', 'destination', true]] as const).forEach(([key, side, Egress]) => acl.items(key).forEach((rule) => {
      add('aclEntry', `${name}-${key}-${rule.text('rule')}`, 'AWS::EC2::NetworkAclEntry', { NetworkAclId: id, Egress, ...entryOf(rule, side, parts) }, rule);
    }));
  }
  const balancers = vpc.node.child('loadBalancers');
  for (const [list, type] of [['applicationLoadBalancers', 'application'], ['networkLoadBalancers', 'network']] as const) {
    for (const balancer of balancers?.items(list) ?? []) {
      add('balancer', balancer.text('name')!, 'AWS::ElasticLoadBalancingV2::LoadBalancer', {
        Type: type, Scheme: balancer.text('scheme') ?? 'internal', Subnets: balancer.texts('subnets').map((subnet) => own('subnet', subnet)),
        ...(balancer.has('securityGroups') ? { SecurityGroups: balancer.texts('securityGroups').map((group) => own('group', group)) } : {}),
      }, balancer);
    }
  }
}

/** Protocols and ports that a rule is about, with everyone that it is about. */
function rulesOf(rule: LzaNode, side: 'Source' | 'Destination', vpc: LzaVpc, parts: LzaNetworkParts): object[] {
  const [from, to] = [rule.text('fromPort'), rule.text('toPort')];
  const span = from === undefined ? {} : { FromPort: Number(from), ToPort: Number(to ?? from) };
  const single = (IpProtocol: string) => (port: string) => ({ IpProtocol, FromPort: Number(port), ToPort: Number(port) });
  const traffic = [
    ...rule.texts('types').map((type) => (PORTS[type] !== undefined ? single('tcp')(String(PORTS[type])) : type === 'ALL' ? { IpProtocol: '-1' } : { IpProtocol: type.toLowerCase(), ...span })),
    ...rule.texts('ipProtocols').map((protocol) => ({ IpProtocol: protocol.toLowerCase(), ...span })),
    ...rule.texts('tcpPorts').map(single('tcp')),
    ...rule.texts('udpPorts').map(single('udp')),
  ];
  const others = sidesOf(rule, side, vpc, parts);
  return traffic.flatMap((match) => others.map((other) => ({ ...match, ...other })));
}

function sidesOf(rule: LzaNode, side: 'Source' | 'Destination', vpc: LzaVpc, { templates, vpcs }: LzaNetworkParts): object[] {
  const blocks = rule.texts('sources').map((block) => (block.includes(':') ? { CidrIpv6: block } : { CidrIp: block }));
  const named = rule.items('sources').flatMap((source): object[] => [
    ...source.texts('securityGroups').map((name) => ({ [`${side}SecurityGroupId`]: templates.ref(vpc.site, 'group', vpc.name, name) })),
    ...source.texts('prefixLists').map((name) => ({ [`${side}PrefixListId`]: templates.ref(vpc.site, 'prefixList', name) })),
    ...(source.has('subnets') ? subnetBlocks(source, source.texts('subnets'), vpcs).map((CidrIp) => ({ CidrIp })) : []),
  ]);
  return [...blocks, ...named];
}

/** Blocks of subnets; of one that IPAM chooses those are not known. */
function subnetBlocks(selection: LzaNode, names: readonly string[], vpcs: readonly LzaVpc[]): any[] {
  const [account, name, isV6] = [selection.text('account'), selection.text('vpc'), selection.flag('ipv6')];
  const vpc = vpcs.find((one) => one.name === name && (account === undefined || one.accountName === account));
  return names.map((subnet) => {
    const found = vpc?.node.items('subnets').find((one) => one.text('name') === subnet);
    return found?.text(isV6 ? 'ipv6CidrBlock' : 'ipv4CidrBlock') ?? { 'Fn::ImportValue': `addresses of subnet ${subnet} of VPC ${name}` };
  });
}

function entryOf(rule: LzaNode, side: 'source' | 'destination', { vpcs }: LzaNetworkParts): object {
  const selection = rule.child(side);
  if (selection) selection.text('region');
  const block = selection ? subnetBlocks(selection, selection.texts('subnet'), vpcs)[0] : rule.text(side);
  const icmp = rule.child('icmp');
  const [from, to] = [rule.text('fromPort'), rule.text('toPort')];
  return {
    RuleNumber: Number(rule.text('rule')), RuleAction: rule.text('action'), Protocol: Number(rule.text('protocol')),
    ...(typeof block === 'string' && block.includes(':') ? { Ipv6CidrBlock: block } : { CidrBlock: block }),
    ...(from !== undefined && Number(from) !== -1 ? { PortRange: { From: Number(from), To: Number(to ?? from) } } : {}),
    ...(icmp ? { Icmp: { Type: Number(icmp.text('type')), Code: Number(icmp.text('code')) } } : {}),
  };
}
