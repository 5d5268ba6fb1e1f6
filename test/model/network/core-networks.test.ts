import { id, Sketch, topologyOf, stackOf } from './reading';
import { AttachmentFacts, placeOf, readCorePolicy } from '../../../src/model/network/core-network-policy';

const ref = (name: string) => ({ Ref: name });
const REGIONS = ['eu-west-1', 'us-east-1'];
const segments = (...names: string[]) => names.map((name) => ({ name }));
const edges = { 'edge-locations': REGIONS.map((location) => ({ location })) };
const byTag = [
  { 'rule-number': 100, 'condition-logic': 'and', 'conditions': [{ type: 'tag-exists', key: 'group' }], 'action': { 'add-to-network-function-group': 'firewalls' } },
  { 'rule-number': 200, 'condition-logic': 'or', 'conditions': [{ type: 'tag-exists', key: 'segment' }], 'action': { 'association-method': 'tag', 'tag-value-of-key': 'segment' } },
];

/** A policy and, in each Region, VPCs that are attached with a tag: a place for each name. */
function network(policy: object, places: { readonly [name: string]: readonly [region: string, tag: string, value: string] }) {
  const core = stackOf('Core', {
    Core: ['NetworkManager::CoreNetwork', { GlobalNetworkId: 'x', PolicyDocument: { 'version': '2025.11', 'core-network-configuration': edges, 'attachment-policies': byTag, ...policy } }],
  }, { template: { Outputs: { Id: { Value: { 'Fn::GetAtt': ['Core', 'CoreNetworkId'] } } } } });
  const vpcs = Object.entries(places).map(([name, [region, key, value]], index) => {
    const sketch: Sketch = {
      Vpc: ['EC2::VPC', { CidrBlock: `10.${index}.0.0/16` }],
      Subnet: ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: 'a', CidrBlock: `10.${index}.0.0/24` }],
      Attach: ['NetworkManager::VpcAttachment', {
        CoreNetworkId: { 'Fn::GetStackOutput': { StackName: 'Core', OutputName: 'Id', Region: 'eu-west-1' } }, VpcArn: { 'Fn::Sub': 'arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:vpc/${Vpc}' },
        SubnetArns: [{ 'Fn::Sub': 'arn:aws:ec2:${AWS::Region}:${AWS::AccountId}:subnet/${Subnet}' }], Options: { ApplianceModeSupport: key === 'group' }, Tags: [{ Key: key, Value: value }],
      }],
    };
    return stackOf(name, sketch, { region });
  });
  const topology = topologyOf(core, ...vpcs);
  const gateway = topology.gateways[0]!;
  const short = (attachment: string | undefined) => attachment?.split('/')[0] ?? 'black hole';
  const table = (name: string) => gateway.tables.find((one) => one.id.endsWith(`:${name}`))!;
  return {
    topology,
    learnt: (name: string) => table(name).propagations.map(short),
    routes: (name: string) => table(name).routes.map(({ destination, attachment }) => `${destination} -> ${short(attachment)}`),
    unknowns: topology.unknowns.map(({ what }) => what.replace('AWS::NetworkManager::CoreNetwork Core: ', '')),
  };
}

const A = ['eu-west-1', 'segment', 'prod'] as const;
const B = ['us-east-1', 'segment', 'prod'] as const;
const S = ['us-east-1', 'segment', 'shared'] as const;

test('VPCs of a segment reach each other in all Regions; in an isolated one they do not', () => {
  const { topology, learnt, unknowns } = network({ segments: segments('prod', 'shared') }, { A, B, S });
  expect(topology.attachments.map(({ table }) => table?.split('#')[1])).toEqual(['segment:prod@eu-west-1', 'segment:prod@us-east-1', 'segment:shared@us-east-1']);
  expect(topology.attachments[0]!.link).toEqual({ kind: 'vpc', vpc: id('Vpc', 'A'), subnets: [id('Subnet', 'A')], isApplianceMode: false });
  expect([learnt('prod@eu-west-1'), learnt('prod@us-east-1'), learnt('shared@eu-west-1')]).toEqual([['A', 'B'], ['A', 'B'], ['S']]);
  expect(unknowns).toEqual([]);
  expect(network({ segments: [{ 'name': 'prod', 'isolate-attachments': true }] }, { A, B }).learnt('prod@eu-west-1')).toEqual([]);
});

test('sharing goes both ways, unless a segment refuses; all, or all but some', () => {
  const share = (more: object, ...own: object[]) => network({ 'segments': [...segments('prod', 'dev'), ...own], 'segment-actions': [{ action: 'share', mode: 'attachment-route', segment: 'shared', ...more }] }, { A, S });
  const open = share({ 'share-with': ['prod'] }, { name: 'shared' });
  expect([open.learnt('prod@eu-west-1'), open.learnt('shared@us-east-1'), open.learnt('dev@eu-west-1')]).toEqual([['A', 'S'], ['S', 'A'], []]);
  const all = share({ 'share-with': '*' }, { name: 'shared' });
  expect([all.learnt('prod@us-east-1'), all.learnt('dev@us-east-1')]).toEqual([['A', 'S'], ['S']]);
  expect(share({ 'share-with': { except: ['prod'] } }, { name: 'shared' }).learnt('prod@us-east-1')).toEqual(['A']);
  const refused = share({ 'share-with': ['prod'] }, { 'name': 'shared', 'deny-filter': ['prod'] });
  expect([refused.learnt('prod@eu-west-1'), refused.learnt('shared@us-east-1')]).toEqual([['A', 'S'], ['S']]);
  expect(share({ 'share-with': ['prod'] }, { 'name': 'shared', 'allow-filter': ['dev'] }).learnt('shared@us-east-1')).toEqual(['S']);
});

describe('network functions', () => {
  const base = { 'segments': segments('prod', 'shared'), 'network-function-groups': [{ name: 'firewalls' }] };
  const via = (action: object, more: object = {}) => ({ ...base, 'segment-actions': [{ segment: 'prod', via: { 'network-function-groups': ['firewalls'], ...more }, ...action }] });
  const West = ['eu-west-1', 'group', 'firewalls'] as const;
  const East = ['us-east-1', 'group', 'firewalls'] as const;

  test('between segments, in one hop: of the Region, or of the one the policy names for two', () => {
    const { routes, learnt, unknowns } = network(via({ 'action': 'send-via', 'mode': 'single-hop', 'when-sent-to': { segments: ['shared'] } }, { 'with-edge-overrides': [{ 'edge-sets': [REGIONS], 'use-edge-location': 'us-east-1' }] }), { A, B, S, West, East });
    expect([routes('prod@eu-west-1'), routes('prod@us-east-1')]).toEqual([['10.2.0.0/16 -> East'], ['10.2.0.0/16 -> East']]);
    expect(routes('shared@us-east-1')).toEqual(['10.0.0.0/16 -> East', '10.1.0.0/16 -> East']);
    expect([learnt('firewalls@eu-west-1'), routes('firewalls@us-east-1')]).toEqual([['A', 'B', 'S'], []]);
    expect(unknowns).toEqual([]);
  });

  test('which, is not known without an override', () => {
    const { topology, unknowns } = network(via({ 'action': 'send-via', 'mode': 'single-hop', 'when-sent-to': { segments: '*' } }), { A, S, West, East });
    expect(unknowns).toEqual(['which network functions firewalls inspect between eu-west-1 and us-east-1', 'which network functions firewalls inspect between us-east-1 and eu-west-1']);
    expect(topology.unknowns[0]!.affects).toEqual([expect.stringMatching(/#segment:prod@eu-west-1$/)]);
  });

  test('in two hops: those of each Region on the way', () => {
    const { routes } = network(via({ 'action': 'send-via', 'mode': 'dual-hop', 'when-sent-to': { segments: ['shared'] } }), { A, S, West, East });
    expect([routes('prod@eu-west-1'), routes('shared@us-east-1')]).toEqual([['10.1.0.0/16 -> West'], ['10.0.0.0/16 -> East']]);
    expect([routes('firewalls@eu-west-1'), routes('firewalls@us-east-1')]).toEqual([['10.1.0.0/16 -> East'], ['10.0.0.0/16 -> West']]);
  });

  test('to the internet: of the Region, of another one, or not known', () => {
    const sent = network(via({ action: 'send-to' }), { A, West });
    expect(sent.routes('prod@eu-west-1')).toEqual(['0.0.0.0/0 -> West', '::/0 -> West']);
    expect(sent.learnt('firewalls@eu-west-1')).toEqual(['A']);
    expect(sent.unknowns).toEqual([]);
    expect(network(via({ action: 'send-to' }, { 'with-edge-overrides': [{ 'edge-sets': [['us-east-1']], 'use-edge-location': 'eu-west-1' }] }), { B, West }).routes('prod@us-east-1')).toEqual(['0.0.0.0/0 -> West', '::/0 -> West']);
    expect(network(via({ action: 'send-to' }), { B, West }).unknowns).toEqual(['network functions firewalls have no attachment in us-east-1']);
  });
});

test('static routes are those of a segment, at all edges', () => {
  const { routes, unknowns } = network({
    'segments': segments('prod', 'shared'),
    'segment-actions': [
      { 'action': 'create-route', 'segment': 'prod', 'destination-cidr-blocks': ['10.0.0.0/8', '192.168.0.0/16'], 'destinations': ['blackhole'] },
      { 'action': 'create-route', 'segment': 'shared', 'destination-cidr-blocks': ['0.0.0.0/0'], 'destinations': ['attachment-0123'] },
    ],
  }, { A, S });
  expect([routes('prod@eu-west-1'), routes('prod@us-east-1')]).toEqual(Array(2).fill(['10.0.0.0/8 -> black hole', '192.168.0.0/16 -> black hole']));
  expect(unknowns).toEqual(['a route to attachment-0123, which the assembly does not have']);
});

test('what is not understood is named', () => {
  const { unknowns } = network({
    'segments': [{ 'name': 'prod', 'edge-locations': ['eu-west-1'] }], 'routing-policies': [{ 'routing-policy-name': 'x' }],
    'segment-actions': [{ action: 'associate-routing-policy', segment: 'prod' }, { 'action': 'share', 'segment': 'prod', 'share-with': [], 'routing-policy-names': ['x'] }],
  }, { A });
  expect(unknowns.sort()).toEqual([
    'edge-locations of segment prod is not modelled', 'routing-policies is not modelled', 'segment action associate-routing-policy of segment prod is not modelled',
    'segment action share with routing-policy-names of segment prod is not modelled',
  ]);
});

test('networks on premises: by VPN, and by Direct Connect at several edges', () => {
  const topology = topologyOf(stackOf('S', {
    Core: ['NetworkManager::CoreNetwork', { GlobalNetworkId: 'x', PolicyDocument: { 'core-network-configuration': edges, 'segments': segments('sites'), 'attachment-policies': [{ 'rule-number': 1, 'conditions': [{ type: 'any' }], 'action': { 'association-method': 'constant', 'segment': 'sites' } }] } }],
    Vpn: ['EC2::VPNConnection', { Type: 'ipsec.1', CustomerGatewayId: 'x' }, { Metadata: { 'cdk-landing-zone': { ranges: ['192.168.0.0/16'] } } }],
    AttachVpn: ['NetworkManager::SiteToSiteVpnAttachment', { CoreNetworkId: ref('Core'), VpnConnectionArn: { 'Fn::Sub': 'arn:aws:ec2:${AWS::Region}:${AWS::AccountId}:vpn-connection/${Vpn}' } }],
    Dx: ['DirectConnect::DirectConnectGateway', { DirectConnectGatewayName: 'x' }],
    AttachDx: ['NetworkManager::DirectConnectGatewayAttachment', { CoreNetworkId: ref('Core'), DirectConnectGatewayArn: { 'Fn::GetAtt': ['Dx', 'DirectConnectGatewayArn'] }, EdgeLocations: REGIONS }],
  }));
  expect(topology.attachments.map(({ link, table }) => [link, table?.split('#')[1]])).toEqual([
    [{ kind: 'vpn', outside: id('Vpn') }, 'segment:sites@eu-west-1'], [{ kind: 'direct-connect', outside: id('Dx') }, 'segment:sites@eu-west-1'], [{ kind: 'direct-connect', outside: id('Dx') }, 'segment:sites@us-east-1'],
  ]);
});

describe('where an attachment belongs', () => {
  const facts: AttachmentFacts = { type: 'vpc', account: '111111111111', region: 'eu-west-1', tags: new Map([['segment', 'prod'], ['stage', 'prod-1']]) };
  const place = (...conditions: object[]) => placeOf(facts, readCorePolicy({
    'segments': segments('prod', 'rest'), 'attachment-policies': [
      { 'rule-number': 300, 'conditions': [{ type: 'any' }], 'action': { 'association-method': 'constant', 'segment': 'rest' } },
      { 'rule-number': 100, 'condition-logic': 'and', conditions, 'action': { 'association-method': 'constant', 'segment': 'prod' } },
    ],
  }));

  test.each<[object, string | undefined]>([
    [{ type: 'account-id', operator: 'equals', value: '111111111111' }, 'prod'],
    [{ type: 'account-id', operator: 'not-equals', value: '111111111111' }, 'rest'],
    [{ type: 'region', operator: 'begins-with', value: 'eu-' }, 'prod'],
    [{ type: 'attachment-type', operator: 'equals', value: 'vpn' }, 'rest'],
    [{ type: 'tag-value', operator: 'contains', key: 'stage', value: 'prod' }, 'prod'],
    [{ type: 'tag-value', operator: 'not-equals', key: 'missing', value: 'x' }, 'rest'],
    [{ type: 'tag-exists', key: 'segment' }, 'prod'],
  ])('%j', (condition, name) => expect(place(condition)).toEqual({ kind: 'segment', name }));

  test('is not known by an id that only AWS gives, unless something else decides', () => {
    const byId = { type: 'resource-id', operator: 'equals', value: 'vpc-1' };
    expect(place(byId)).toBe('unknown');
    expect(place(byId, { type: 'region', operator: 'equals', value: 'us-east-1' })).toEqual({ kind: 'segment', name: 'rest' });
  });

  test('is nothing where no rule fits, or its tag names no segment', () => {
    expect(placeOf(facts, readCorePolicy({ segments: segments('prod') }))).toBeUndefined();
    const byKey = (key: string) => placeOf(facts, readCorePolicy({ 'segments': segments('prod'), 'attachment-policies': [{ 'rule-number': 1, 'conditions': [{ type: 'any' }], 'action': { 'association-method': 'tag', 'tag-value-of-key': key } }] }));
    expect([byKey('segment'), byKey('stage')]).toEqual([{ kind: 'segment', name: 'prod' }, undefined]);
  });
});
