import { readFileSync } from 'fs';
import { join } from 'path';
import fc from 'fast-check';
import { priceAmong, refreshed } from '../../scripts/refresh-prices';
import { CHARGES } from '../../src/analysis/cost/charges';
import { costChanges } from '../../src/analysis/cost/cost-groups';
import { CostedResource, estimateCosts } from '../../src/analysis/cost/estimate';
import { chargingOf } from '../../src/analysis/cost/free-types';
import { HOURS, Price, PriceTable } from '../../src/analysis/cost/price-table';
import { priceTable } from '../../src/model/cost/read-prices';

const price = (item: string, amount: number, region = 'eu-west-1', per: Price['per'] = 'hour'): Price => ({ item, region, amount, per, source: 'test', said: '2026-11-23' });
const PRICES = new PriceTable('USD', [
  price('nat-gateway', 0.048), price('interface-endpoint-zone', 0.011), price('transit-gateway-attachment', 0.05), price('transit-gateway-attachment', 0.07, 'ap-northeast-1'), price('vpn-connection', 0.05),
  price('public-ipv4-address', 0.005, '*'), price('application-load-balancer', 0.0252), price('core-network-edge', 0.5), price('kms-key', 1, '*', 'month'), price('action-enabled-budget', 0.1, '*', 'day'), price('web-acl', 5), price('web-acl-rule', 1),
  price('kinesis-on-demand-stream', 0.04), price('kinesis-shard', 0.017), price('fargate-vcpu', 0.04), price('fargate-gb', 0.004), price('fargate-arm-vcpu', 0.03), price('fargate-arm-gb', 0.003),
]);
/** A reference to a task definition, as an assembly resolves it. */
const task = (properties: object) => ({ logicalId: 'Task', stack: { resources: { Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu: '512', Memory: '2048', ...properties } } } } });
let next = 0;
const resource = (type: string, properties: object = {}, place: Partial<CostedResource> = {}): CostedResource => ({ type, properties: () => properties, account: 'web', region: 'eu-west-1', stack: 'App', logicalId: `R${next++}`, ...place });
const monthly = (...resources: CostedResource[]) => estimateCosts(resources, PRICES).monthly;
const why = (...resources: CostedResource[]) => estimateCosts(resources, PRICES).unknown.map((unknown) => `${unknown.count} ${unknown.kind}: ${unknown.why}`);

describe('what exists is charged by the hour', () => {
  test.each<[string, string, object, number]>([
    ['a NAT gateway', 'AWS::EC2::NatGateway', {}, 0.048 * HOURS],
    ['an interface endpoint, by zone', 'AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b', 'c'] }, 3 * 0.011 * HOURS],
    ['a gateway endpoint', 'AWS::EC2::VPCEndpoint', {}, 0],
    ['both ends of a peering, in their Regions', 'AWS::EC2::TransitGatewayPeeringAttachment', { PeerRegion: 'ap-northeast-1' }, (0.05 + 0.07) * HOURS],
    ['a VPN of a transit gateway, with its attachment', 'AWS::EC2::VPNConnection', { TransitGatewayId: 'tgw-1' }, 0.1 * HOURS],
    ['a VPN of a virtual gateway', 'AWS::EC2::VPNConnection', { VpnGatewayId: 'vgw-1' }, 0.05 * HOURS],
    ['a load balancer of the internet, with addresses', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: ['a', 'b'] }, (0.0252 + 2 * 0.005) * HOURS],
    ['an internal load balancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal', Subnets: ['a', 'b'] }, 0.0252 * HOURS],
    ['a Direct Connect gateway at a transit gateway', 'AWS::DirectConnect::DirectConnectGatewayAssociation', { AssociatedGatewayId: 'tgw-1' }, 0.05 * HOURS],
    ['a Direct Connect gateway at a virtual gateway', 'AWS::DirectConnect::DirectConnectGatewayAssociation', { AssociatedGatewayId: 'vgw-1' }, 0],
    ['a stream on demand', 'AWS::Kinesis::Stream', { StreamModeDetails: { StreamMode: 'ON_DEMAND' } }, 0.04 * HOURS],
    ['a stream of shards', 'AWS::Kinesis::Stream', { ShardCount: 3 }, 3 * 0.017 * HOURS],
    ['tasks on Fargate', 'AWS::ECS::Service', { LaunchType: 'FARGATE', DesiredCount: 3, TaskDefinition: task({}) }, 3 * (0.5 * 0.04 + 2 * 0.004) * HOURS],
    ['the first task, on Graviton', 'AWS::ECS::Service', { LaunchType: 'FARGATE', TaskDefinition: task({ RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' } }) }, (0.5 * 0.03 + 2 * 0.003) * HOURS],
    ['no tasks', 'AWS::ECS::Service', { LaunchType: 'FARGATE', DesiredCount: 0, TaskDefinition: task({}) }, 0],
    ['tasks on instances, which are charged', 'AWS::ECS::Service', { LaunchType: 'EC2', TaskDefinition: task({}) }, 0],
    ['a key, by the month', 'AWS::KMS::Key', {}, 1],
    ['a web ACL and its rules', 'AWS::WAFv2::WebACL', { Rules: [{}, {}] }, 7 * HOURS],
    ['edges of a core network, in their Regions', 'AWS::NetworkManager::CoreNetwork', { PolicyDocument: { 'core-network-configuration': { 'edge-locations': [{ location: 'eu-west-1' }] } } }, 0.5 * HOURS],
  ])('%s', (_, type, properties, expected) => expect(monthly(resource(type, properties, { region: 'eu-west-1' }))).toBeCloseTo(expected));

  test('two budgets with actions are free in an account, further ones cost by the day, whatever they have actions', () => {
    const action = (BudgetName: string, account = 'management') => resource('AWS::Budgets::BudgetsAction', { BudgetName }, { account });
    expect(monthly(action('a'), action('a'), action('b'), action('b'))).toBe(0);
    expect(monthly(action('a'), action('b'), action('c'), action('c'), action('d', 'other'))).toBeCloseTo(0.1 * HOURS / 24);
  });
});

describe('what is not known is listed, and is no zero', () => {
  test('a Region without a price', () => {
    expect(why(resource('AWS::EC2::NatGateway', {}, { region: 'eu-north-1' }), resource('AWS::EC2::NatGateway', {}, { region: 'eu-north-1' }))).toEqual(['2 no price: no price of nat-gateway in eu-north-1']);
    expect(why(resource('AWS::EC2::NatGateway', {}, { region: undefined }))).toEqual(['1 no price: no price of nat-gateway in any Region']);
  });
  test('a number that only the deployment knows', () => {
    expect(why(resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }))).toEqual(['1 unknown quantity: not known: how many zones it has']);
    expect(why(resource('AWS::EC2::NatGateway', { AvailabilityMode: 'regional' }))[0]).toContain('in how many zones');
    expect(why(resource('AWS::NetworkManager::CoreNetwork', { PolicyDocument: {} }))[0]).toContain('in which Regions');
    expect(why(resource('AWS::Kinesis::Stream', {}))[0]).toContain('how many shards');
    for (const service of [{ LaunchType: 'FARGATE' }, { TaskDefinition: task({}) }, { LaunchType: 'FARGATE', DesiredCount: {}, TaskDefinition: task({}) }, { LaunchType: 'FARGATE', TaskDefinition: task({ RuntimePlatform: { OperatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } }) }]) {
      expect(why(resource('AWS::ECS::Service', service))).toEqual(['1 unknown quantity: not known: how many tasks run, on what, and what each has']);
    }
  });
  test('a type that nobody judged, and one that is charged by use', () => {
    expect(why(resource('AWS::New::Thing'), resource('AWS::S3::Bucket'))).toEqual(['1 unknown type: no rule for the type', '1 by use: charged by use']);
  });
  test('an assumption stands for them, of an account or a stack only where it says so', () => {
    const buckets = [resource('AWS::S3::Bucket'), resource('AWS::S3::Bucket', {}, { account: 'data' }), resource('AWS::New::Thing')];
    const assumed = (assumption: object) => estimateCosts(buckets, PRICES, [{ type: 'AWS::S3::Bucket', monthly: 2, reason: '87 GB', ...assumption }]);
    expect(assumed({})).toMatchObject({ monthly: 4, unknown: [{ type: 'AWS::New::Thing' }], lines: [{ assumed: '87 GB' }, {}] });
    expect(assumed({ account: 'data' })).toMatchObject({ monthly: 2, unknown: [{ type: 'AWS::New::Thing' }, { type: 'AWS::S3::Bucket', count: 1 }] });
    expect(assumed({ stack: 'Other' }).monthly).toBe(0);
  });
  test('no type is both priced and free', () => {
    expect(Object.keys(CHARGES).filter((type) => chargingOf(type) !== 'unknown')).toEqual([]);
  });
});

describe('laws', () => {
  const some = fc.array(fc.constantFrom(
    resource('AWS::EC2::NatGateway'), resource('AWS::KMS::Key'), resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] }), resource('AWS::S3::Bucket'), resource('AWS::IAM::Role'), resource('AWS::New::Thing'),
  ), { maxLength: 12 });

  test('each resource is priced, free or listed; sums are of the parts; the order does not matter', () => {
    fc.assert(fc.property(some, some, (one, other) => {
      const both = estimateCosts([...one, ...other], PRICES);
      expect(both.monthly).toBeCloseTo(monthly(...one) + monthly(...other));
      expect(estimateCosts([...other, ...one], PRICES).monthly).toBeCloseTo(both.monthly);
      expect(new Set(both.lines).size + both.free + both.unknown.reduce((sum, { count }) => sum + count, 0)).toBe(one.length + other.length);
    }));
  });

  test('changes add up to the difference, there and back; nothing changes between equals', () => {
    fc.assert(fc.property(some, some, (one, other) => {
      const [base, head] = [estimateCosts(one, PRICES), estimateCosts(other, PRICES)];
      const sum = (changes: ReturnType<typeof costChanges>) => changes.reduce((total, change) => total + change.monthly, 0);
      expect(sum(costChanges(base, head))).toBeCloseTo(head.monthly - base.monthly);
      expect(sum(costChanges(head, base))).toBeCloseTo(base.monthly - head.monthly);
      expect(costChanges(head, head)).toEqual([]);
    }));
  });
});

describe('the price table', () => {
  const { prices } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'assets', 'prices', 'prices.json'), 'utf8')) as { prices: Price[] };

  test('each line has a source and a date, an amount above zero, and is there once', () => {
    for (const { source, said, amount, per } of prices) {
      expect(source).toMatch(/^https:\/\/[a-z0-9.-]*(amazon|amazonaws|awsstatic)\.com\//);
      expect(said).toMatch(/^2026-\d\d-\d\d$/);
      expect(amount).toBeGreaterThan(0);
      expect(['hour', 'day', 'month']).toContain(per);
    }
    expect(new Set(prices.map(({ item, region }) => `${item} ${region}`)).size).toBe(prices.length);
    expect(priceTable().of('nat-gateway', 'eu-west-1')!.amount).toBe(0.048);
  });

  test('own prices complete it and win', () => {
    const table = priceTable([price('nat-gateway', 0.04), price('transit-gateway-attachment', 0.05)]);
    expect([table.of('nat-gateway', 'eu-west-1')!.amount, table.of('transit-gateway-attachment', 'eu-west-1')!.amount]).toEqual([0.04, 0.05]);
  });
});

describe('refreshing', () => {
  const product = (usagetype: string, usd: string, unit = 'Hrs', regionCode = 'eu-west-1') => ({
    product: { attributes: { usagetype, regionCode } }, publicationDate: '2026-11-20T10:00:00Z', terms: { OnDemand: { t: { priceDimensions: { d: { unit, pricePerUnit: { USD: usd } } } } } },
  });

  test('takes the usage type of the item alone', () => {
    const products = [product('EU-NatGateway-Hours', '0.0480000000'), product('EU-RegionalNatGateway-Hours', '0.05'), product('EU-NatGateway-Bytes', '0.048', 'GB'), product('EU-NatGateway-Prvd-Hours', '9')];
    expect(priceAmong(products, 'nat-gateway', 'eu-west-1')).toEqual({ item: 'nat-gateway', region: 'eu-west-1', amount: 0.048, per: 'hour', said: '2026-11-20' });
    expect(priceAmong(products, 'regional-nat-gateway-zone', 'eu-west-1')!.amount).toBe(0.05);
    expect(priceAmong(products, 'nat-gateway', 'eu-west-2')).toBeUndefined();
    const streams = [product('EU-OnDemand-StreamHour', '0.044', 'StreamHr'), product('EU-Storage-ShardHour', '0.017', 'ShardHour')];
    expect(priceAmong(streams, 'kinesis-on-demand-stream', 'eu-west-1')).toMatchObject({ amount: 0.044, per: 'hour' });
  });

  test('an answer that is not clear changes nothing, and what is not asked stays', () => {
    const before = [price('nat-gateway', 0.04), price('secret', 0.4, '*', 'month')];
    expect(refreshed(before, ['eu-west-1'], () => [product('EU-NatGateway-Hours', '0.05'), product('EU-NatGateway-Hours', '0.06')])).toEqual(before);
    const asked: string[] = [];
    const after = refreshed(before, ['eu-west-1'], (service) => {
      asked.push(service);
      return [product('EU-NatGateway-Hours', '0.05'), product('EU-TransitGateway-Hours', '0.05', 'hour')];
    });
    expect(after.map(({ item, amount }) => `${item} ${amount}`)).toEqual(['nat-gateway 0.05', 'secret 0.4', 'transit-gateway-attachment 0.05']);
    expect(new Set(asked).size).toBe(asked.length);
  });
});
