import { existsSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { networkFromLza } from '../../../src/model/lza/network/lza-network';
import { routesOf } from '../network/reading';

const INPUT = join(process.env.LZ_INPUTS ?? join(__dirname, '..', '..', '..', '..', 'shared', 'inputs'), 'lza-universal');

const ACCOUNTS = `
mandatoryAccounts: []
workloadAccounts:
  - { name: Network, email: a@acme.example, organizationalUnit: Infrastructure }
  - { name: Payments, email: b@acme.example, organizationalUnit: Workloads/Prod }
  - { name: Orders, email: c@acme.example, organizationalUnit: Workloads/Prod }
`;

/** A small configuration: a hub with a firewall, a VPC that it routes by, and workloads. */
const HUB = `
transitGateways:
  - name: hub
    account: Network
    region: eu-west-1
    asn: 64512
    defaultRouteTableAssociation: disable
    defaultRouteTablePropagation: disable
    routeTables:
      - name: firewall
        routes:
          - { destinationCidrBlock: 10.0.0.0/8, blackhole: true }
          - { destinationPrefixList: partners, attachment: { vpnConnectionName: dublin } }
      - name: spoke
        routes:
          - destinationCidrBlock: 0.0.0.0/0
            attachment: { vpcName: inspection, account: Network }
prefixLists:
  - { name: partners, accounts: [Network], regions: [eu-west-1], addressFamily: IPv4, maxEntries: 2, entries: [172.16.0.0/16, 172.17.0.0/16] }
customerGateways:
  - name: dublin-device
    account: Network
    region: eu-west-1
    ipAddress: 203.0.113.1
    asn: 65000
    vpnConnections:
      - { name: dublin, transitGateway: hub, staticRoutesOnly: true, routeTableAssociations: [spoke], routeTablePropagations: [firewall] }
centralNetworkServices:
  delegatedAdminAccount: Network
  ipams:
    - name: ipam
      region: eu-west-1
      pools:
        - { name: all, provisionedCidrs: [10.0.0.0/8] }
        - { name: prod, provisionedCidrs: [10.4.0.0/14], sourceIpamPool: all }
  networkFirewall:
    firewalls:
      - { name: fw, firewallPolicy: policy, subnets: [fw-a, fw-b], vpc: inspection }
    policies:
      - name: policy
        regions: [eu-west-1]
        firewallPolicy:
          statelessDefaultActions: ['aws:forward_to_sfe']
          statelessFragmentDefaultActions: ['aws:forward_to_sfe']
          statefulEngineOptions: STRICT_ORDER
          statefulDefaultActions: ['aws:drop_strict']
          statefulRuleGroups:
            - { name: rules, priority: 2 }
            - { managedStatefulRuleGroupName: MalwareDomainsStrictOrder, priority: 1 }
    rules:
      - name: rules
        regions: [eu-west-1]
        capacity: 100
        type: STATEFUL
        ruleGroup:
          ruleVariables:
            ipSets: { name: PROD, definition: [10.4.0.0/14] }
            portSets: []
          rulesSource:
            rulesFile: rules.txt
vpcs:
  - name: inspection
    account: Network
    region: eu-west-1
    cidrs: [100.64.0.0/24]
    defaultSecurityGroupRulesDeletion: true
    routeTables:
      - { name: fw-rt, routes: [{ name: back, destination: 10.0.0.0/8, type: transitGateway, target: hub }] }
      - { name: tgw-rt-b, routes: [{ name: in, destination: 0.0.0.0/0, type: networkFirewall, target: fw, targetAvailabilityZone: b }] }
    subnets:
      - { name: fw-a, availabilityZone: a, routeTable: fw-rt, ipv4CidrBlock: 100.64.0.0/28 }
      - { name: fw-b, availabilityZone: b, routeTable: fw-rt, ipv4CidrBlock: 100.64.0.16/28 }
      - { name: tgw-b, availabilityZone: b, routeTable: tgw-rt-b, ipv4CidrBlock: 100.64.0.32/28 }
    transitGatewayAttachments:
      - name: inspection
        transitGateway: { name: hub, account: Network }
        options: { applianceModeSupport: enable }
        routeTableAssociations: [firewall]
        routeTablePropagations: []
        subnets: [tgw-b]
vpcTemplates:
  - name: workload
    region: eu-west-1
    deploymentTargets: { organizationalUnits: [Workloads/Prod], excludedAccounts: [Orders] }
    ipamAllocations: [{ ipamPoolName: prod, netmaskLength: 22 }]
    internetGateway: true
    tags: [{ key: a, value: b }]
    quantumTunnels: [x]
    routeTables:
      - name: app
        routes:
          - { name: out, destination: 0.0.0.0/0, type: transitGateway, target: hub }
          - { name: s3, type: gatewayEndpoint, target: s3 }
    subnets:
      - { name: app-a, availabilityZone: a, routeTable: app, ipamAllocation: { ipamPoolName: prod, netmaskLength: 24 }, tags: [{ key: a, value: b }] }
    securityGroups:
      - name: web
        inboundRules:
          - { description: x, types: [HTTPS], tcpPorts: [8443], sources: [10.0.0.0/8, { securityGroups: [web] }, { prefixLists: [partners] }, { account: Network, vpc: inspection, subnets: [fw-a] }] }
        outboundRules:
          - { description: x, types: [TCP], fromPort: 1000, toPort: 2000, sources: [0.0.0.0/0] }
    networkAcls:
      - name: acl
        subnetAssociations: [app-a]
        inboundRules: [{ rule: 10, protocol: 6, fromPort: 443, toPort: 443, action: allow, source: 10.0.0.0/8 }]
        outboundRules: [{ rule: 10, protocol: -1, fromPort: -1, toPort: -1, action: allow, destination: { account: Network, vpc: inspection, subnet: fw-a } }]
    transitGatewayAttachments:
      - name: workload
        transitGateway: { name: hub, account: Network }
        routeTableAssociations: [spoke]
        routeTablePropagations: [firewall]
        subnets: [app-a]
    gatewayEndpoints: { defaultPolicy: Default, endpoints: [{ service: s3 }] }
`;

const RULES = 'pass tcp $PROD any -> any 443 (sid:1;)\ndrop ip any any -> 192.168.0.0/16 any (sid:2;)\n';

function read(network: string, accounts = ACCOUNTS, rules: string | null = RULES) {
  const dir = mkdtempSync(join(tmpdir(), 'lza-network-'));
  writeFileSync(join(dir, 'network-config.yaml'), network);
  writeFileSync(join(dir, 'accounts-config.yaml'), accounts);
  if (rules !== null) writeFileSync(join(dir, 'rules.txt'), rules);
  const { topology, problems, notices } = networkFromLza(dir);
  return { topology: topology!, problems, notices, dir };
}

describe('a hub and its workloads', () => {
  const { topology, problems, notices, dir } = read(HUB);
  const [inspection, workload] = topology.vpcs;
  const [hub] = topology.gateways;
  const table = (name: string) => hub!.tables.find((one) => one.name === name)!;
  const attachment = (name: string) => topology.attachments.find((one) => one.name === name)!;

  test('VPCs: where they are, their addresses, the line they come from', () => {
    expect(topology.vpcs.map(({ name, region, ranges, pooledPrefix, segment }) => [name, region, ranges, pooledPrefix, segment])).toEqual([
      ['inspection', 'eu-west-1', ['100.64.0.0/24'], undefined, 'firewall'], ['workload (Payments)', 'eu-west-1', ['10.4.0.0/14'], 22, 'spoke'],
    ]);
    expect(inspection!.account).toMatch(/^000\d{9}$/);
    const line = HUB.split('\n').findIndex((text) => text.startsWith('  - name: inspection')) + 1;
    expect(inspection!.origin).toEqual({ template: `${join(dir, 'network-config.yaml')}:${line}`, logicalId: expect.any(String), path: 'inspection' });
    expect(problems).toEqual([]);
  });

  test('uses of subnets, as far as the configuration tells them', () => {
    expect(topology.vpcs.map(({ subnets }) => subnets.map(({ name, tier }) => `${name.split('/')[1]} ${tier}`))).toEqual([['fw-a firewall', 'fw-b firewall', 'tgw-b transit'], ['app-a undefined']]);
  });

  test('route tables, by the zone\'s endpoint of the firewall too', () => {
    const fw = inspection!.endpoints.find(({ subnets }) => subnets[0] === inspection!.subnets[1]!.id)!;
    expect(routesOf(inspection!.routeTables.find(({ name }) => name.endsWith('tgw-rt-b')))).toEqual(['100.64.0.0/24 -> local', `0.0.0.0/0 -> appliance-endpoint ${fw.id}`]);
    expect(routesOf(workload!.routeTables.find(({ name }) => name.endsWith('/app')))).toEqual([
      '10.4.0.0/14 -> local', ` -> gateway-endpoint ${workload!.endpoints[0]!.id}`, `0.0.0.0/0 -> transit-gateway ${hub!.id}`,
    ]);
  });

  test('the gateway: tables, associations, propagations, routes', () => {
    expect(attachment('inspection/inspection')).toMatchObject({ table: table('firewall').id, link: { kind: 'vpc', vpc: inspection!.id, isApplianceMode: true } });
    expect(attachment('workload (Payments)/workload')).toMatchObject({ table: table('spoke').id, link: { kind: 'vpc', vpc: workload!.id, isApplianceMode: false } });
    expect([...table('firewall').propagations].sort()).toEqual([attachment('dublin').id, attachment('workload (Payments)/workload').id].sort());
    expect(table('firewall').routes.map(({ destination, attachment: to }) => [destination, to])).toEqual([['10.0.0.0/8', undefined], ['172.16.0.0/16', attachment('dublin').id], ['172.17.0.0/16', attachment('dublin').id]]);
    expect(table('spoke').routes.map(({ destination, attachment: to }) => [destination, to])).toEqual([['0.0.0.0/0', attachment('inspection/inspection').id]]);
    expect(topology.outsides).toEqual([expect.objectContaining({ name: 'dublin', mayAnnounceMore: false })]);
  });

  test('the firewall: its policy and the rules of a file', () => {
    expect(topology.firewalls).toEqual([expect.objectContaining({
      name: 'fw', otherwise: 'drop',
      rules: [{ action: 'pass', protocol: 6, ports: { from: 443, to: 443 }, sources: ['10.4.0.0/14'], destinations: ['0.0.0.0/0', '::/0'] }, { action: 'drop', sources: ['0.0.0.0/0', '::/0'], destinations: ['192.168.0.0/16'] }],
    })]);
  });

  test('security groups and network ACLs', () => {
    const group = topology.securityGroups.find(({ name }) => name.endsWith('/web'))!;
    const sides = [{ cidrs: ['10.0.0.0/8'] }, { group: group.id }, { cidrs: ['172.16.0.0/16', '172.17.0.0/16'] }, { cidrs: ['100.64.0.0/28'] }];
    expect(group.ingress).toEqual([443, 8_443].flatMap((port) => sides.map((side) => ({ protocol: 6, ports: { from: port, to: port }, ...side }))));
    expect(group.egress).toEqual([{ protocol: 6, ports: { from: 1_000, to: 2_000 }, cidrs: ['0.0.0.0/0'] }]);
    expect(topology.securityGroups.find(({ vpc, id }) => vpc === inspection!.id && id.endsWith('#default-group'))).toMatchObject({ ingress: [], egress: [] });
    expect(workload!.networkAcls[0]!.entries).toEqual([
      { number: 10, direction: 'in', isAllow: true, cidr: '10.0.0.0/8', protocol: 6, ports: { from: 443, to: 443 } }, { number: 10, direction: 'out', isAllow: true, cidr: '100.64.0.0/28' },
    ]);
  });

  test('everything that is not read is told, with its lines; what could carry traffic is unknown', () => {
    const line = (text: string) => HUB.split('\n').findIndex((one) => one.includes(text)) + 1;
    expect(notices.map(({ subject, message }) => `${subject}: ${message}`)).toEqual(expect.arrayContaining([
      `network-config.yaml: vpcTemplates[].quantumTunnels: line ${line('quantumTunnels')}; it is not modelled: answers could be others`,
      `network-config.yaml: vpcTemplates[].tags: line ${line('quantumTunnels') - 1}; it changes no way of packets`,
      `network-config.yaml: vpcTemplates[].subnets[].tags: line ${line('name: app-a')}; it changes no way of packets`,
    ]));
    expect(topology.unknowns.map(({ what }) => what)).toEqual([`vpcTemplates[].quantumTunnels (network-config.yaml:${line('quantumTunnels')})`]);
  });
});

test('rules of a file that is not there may pass anything', () => {
  const { topology, notices } = read(HUB, ACCOUNTS, null);
  expect(topology.firewalls[0]!.rules).toEqual([{ action: 'may-pass', sources: ['0.0.0.0/0', '::/0'], destinations: ['0.0.0.0/0', '::/0'] }]);
  expect(notices).toContainEqual({ kind: 'to do', subject: 'network-config.yaml: rules.txt', message: 'the file does not exist: anything may pass by its rules' });
});

test('a template for units without an account is a VPC of an account to come; a unit has its own accounts only', () => {
  const labels = (units: string) => read(`
vpcTemplates:
  - { name: workload, region: eu-west-1, deploymentTargets: { organizationalUnits: [${units}] }, cidrs: [10.0.0.0/16] }
`).topology.vpcs.map(({ name, account }) => `${name} ${account === 'any' ? account : 'known'}`);
  expect(labels('Workloads/Dev')).toEqual(['workload (any account of Workloads/Dev) any']);
  expect(labels('Workloads/Prod')).toEqual(['workload (Payments) known', 'workload (Orders) known']);
  expect(labels('Root')).toHaveLength(3);
});

test('peerings of gateways and VPCs, Direct Connect, load balancers and their gateways', () => {
  const { topology } = read(`
transitGateways:
  - { name: west, account: Network, region: eu-west-1, asn: 1, defaultRouteTableAssociation: disable, defaultRouteTablePropagation: disable, routeTables: [{ name: w, routes: [{ destinationCidrBlock: 10.32.0.0/11, attachment: { transitGatewayPeeringName: bridge } }] }] }
  - { name: east, account: Network, region: us-east-1, asn: 2, defaultRouteTableAssociation: disable, defaultRouteTablePropagation: disable, routeTables: [{ name: e, routes: [{ destinationCidrBlock: 10.0.0.0/11, attachment: { transitGatewayPeeringName: bridge } }, { destinationCidrBlock: 192.168.0.0/16, attachment: { directConnectGatewayName: sites } }] }] }
transitGatewayPeering:
  - name: bridge
    requester: { transitGatewayName: west, account: Network, region: eu-west-1, routeTableAssociations: w }
    accepter: { transitGatewayName: east, account: Network, region: us-east-1, routeTableAssociations: e }
directConnectGateways:
  - { name: sites, account: Network, asn: 64600, gatewayName: sites, transitGatewayAssociations: [{ name: east, account: Network, allowedPrefixes: [10.0.0.0/8], routeTableAssociations: [e] }] }
vpcPeering: [{ name: pair, vpcs: [one, two] }]
centralNetworkServices:
  delegatedAdminAccount: Network
  gatewayLoadBalancers:
    - { name: appliances, vpc: one, subnets: [], endpoints: [{ name: glb-a, account: Network, vpc: two, subnet: s }] }
vpcs:
  - { name: one, account: Network, region: eu-west-1, cidrs: [10.0.0.0/16] }
  - name: two
    account: Network
    region: eu-west-1
    cidrs: [10.1.0.0/16, 10.2.0.0/16]
    internetGateway: true
    virtualPrivateGateway: { asn: 3 }
    subnets: [{ name: s, availabilityZone: 1, routeTable: r, ipv4CidrBlock: 10.1.0.0/24, mapPublicIpOnLaunch: true }]
    natGateways: [{ name: nat, subnet: s, private: true }]
    routeTables:
      - name: r
        routes:
          - { name: a, destination: 0.0.0.0/0, type: gatewayLoadBalancerEndpoint, target: glb-a }
          - { name: b, destination: 10.0.0.0/16, type: vpcPeering, target: pair }
          - { name: c, destination: 10.9.0.0/16, type: natGateway, target: nat }
          - { name: d, destination: 10.8.0.0/16, type: networkInterface, target: eni-1 }
          - { name: e, destination: s, type: local }
      - { name: edge, gatewayAssociation: internetGateway, routes: [] }
    loadBalancers: { networkLoadBalancers: [{ name: nlb, scheme: internet-facing, subnets: [s] }] }
`);
  const [west, east] = topology.gateways;
  const peering = topology.attachments.find(({ link }) => link.kind === 'peering')!;
  expect(west!.tables[0]!.routes).toEqual([expect.objectContaining({ attachment: peering.id })]);
  expect(east!.tables[0]!.routes.map(({ attachment }) => attachment)).toEqual([`${peering.id}#peer`, topology.attachments.find(({ link }) => link.kind === 'direct-connect')!.id]);
  expect(topology.attachments.filter(({ link }) => link.kind === 'peering').map(({ table }) => table)).toEqual([west!.tables[0]!.id, east!.tables[0]!.id]);
  const two = topology.vpcs[1]!;
  expect(routesOf(two.routeTables.find(({ name }) => name === 'two/r')).map((text) => text.replace(/ -> (\S+).*/, ' $1'))).toEqual([
    '10.1.0.0/16 10.2.0.0/16 local', '0.0.0.0/0 appliance-endpoint', '10.0.0.0/16 peering', '10.9.0.0/16 nat-gateway', '10.8.0.0/16 unknown', '10.1.0.0/24 local',
  ]);
  expect(two.routeTables.find(({ name }) => name === 'two/edge')!.edgeOf).toBe(two.internetGateway);
  expect(two.interfaces).toEqual([expect.objectContaining({ name: 'two/nlb', hasPublicAddress: true })]);
  expect(two.natGateways).toEqual([expect.objectContaining({ isPublic: false })]);
});

test('a folder without the file', () => {
  const { topology, problems } = networkFromLza(tmpdir());
  expect(topology).toBeUndefined();
  expect(problems).toEqual([expect.objectContaining({ place: { file: join(tmpdir(), 'network-config.yaml') }, message: 'the file does not exist' })]);
});

(existsSync(INPUT) ? test : test.skip)('the universal configuration: all of its VPCs, nothing unknown but the rules of a file that it does not have', () => {
  const { topology, notices } = networkFromLza(INPUT, 'network/hub-and-spoke.yaml');
  expect(topology!.vpcs.map(({ name }) => name.replace('AWSAccelerator-us-east-1-', ''))).toEqual([
    'endpoints', 'inspection', 'ingress', 'egress', 'sharedservices', 'dev (any account of Workloads/Dev)', 'test (any account of Workloads/Test)', 'prod (any account of Workloads/Prod)',
  ]);
  expect(topology!.unknowns).toEqual([]);
  expect(topology!.gateways[0]!.tables.map(({ segment, propagations, routes }) => [segment, propagations.length, routes.map(({ destination }) => destination)])).toEqual([
    ['AWSAccelerator-us-east-1-tgw-rt-firewall', 6, ['0.0.0.0/0']], ['AWSAccelerator-us-east-1-tgw-rt-spoke', 0, ['0.0.0.0/0']],
  ]);
  expect(notices.filter(({ kind }) => kind === 'to do').map(({ subject }) => subject)).toEqual(['network/hub-and-spoke.yaml: firewall-rules/rules.txt']);
});
