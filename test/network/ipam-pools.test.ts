import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AddressPlan, AddressPlanProps, IpamPools, IpamPoolsProps, SpokeSize } from '../../src';

const ORGANIZATION = 'arn:aws:organizations::111122223333:organization/o-abcdefghij';

function template(plan: Partial<AddressPlanProps> = {}, props: Partial<IpamPoolsProps> = {}) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Network', { env: { account: '444455556666', region: 'eu-west-1' } });
  const pools = new IpamPools(stack, 'Ipam', {
    plan: AddressPlan.of('10.0.0.0/8', { regions: { 'eu-west-1': 0, 'us-east-1': 1 }, segments: { prod: 0, dev: 1 }, ...plan }), shareWith: ORGANIZATION, ...props,
  });
  return { pools, template: Template.fromStack(stack) };
}

test('a pool for the plan, for each Region, and for each segment in it, shared with the organization alone', () => {
  const { template: built } = template();
  built.resourceCountIs('AWS::EC2::IPAMPool', 7);
  built.hasResource('AWS::EC2::IPAM', { DeletionPolicy: 'Retain', Properties: { Tier: 'advanced', OperatingRegions: [{ RegionName: 'eu-west-1' }, { RegionName: 'us-east-1' }] } });
  built.hasResource('AWS::EC2::IPAMPool', {
    DeletionPolicy: 'Retain',
    Properties: {
      AddressFamily: 'ipv4', Locale: 'us-east-1', Description: 'dev in us-east-1', ProvisionedCidrs: [{ Cidr: '10.36.0.0/14' }],
      AllocationDefaultNetmaskLength: 22, AllocationMinNetmaskLength: 18, AllocationMaxNetmaskLength: 24, AutoImport: false, SourceIpamPoolId: { Ref: Match.anyValue() },
    },
  });
  built.resourceCountIs('AWS::RAM::ResourceShare', 4);
  built.allResourcesProperties('AWS::RAM::ResourceShare', Match.objectLike({ AllowExternalPrincipals: false, Principals: [ORGANIZATION] }));
});

test('what others use inside of a segment is allocated to them', () => {
  const { template: built } = template({ reserved: [{ cidr: '10.0.64.0/18', purpose: 'appliances' }], onPremises: [{ cidr: '192.168.0.0/16', purpose: 'office' }] });
  built.resourceCountIs('AWS::EC2::IPAMAllocation', 1);
  built.hasResourceProperties('AWS::EC2::IPAMAllocation', { Cidr: '10.0.64.0/18', Description: 'appliances' });
});

test('adding and reordering Regions and segments moves and renames nothing', () => {
  const before = template().template.toJSON().Resources;
  const after = template({ regions: { 'ap-south-1': 4, 'us-east-1': 1, 'eu-west-1': 0 }, segments: { shared: 3, dev: 1, prod: 0 } }).template.toJSON().Resources;
  for (const [id, resource] of Object.entries<any>(before).filter(([, { Type }]) => Type !== 'AWS::EC2::IPAM')) expect([id, after[id]]).toEqual([id, resource]);
});

test('sizes of your own, the pool of a segment, and a quota that does not suffice', () => {
  const { pools, template: built } = template({}, { defaultSize: SpokeSize.LARGE, largest: SpokeSize.prefix(16), smallest: SpokeSize.prefix(26) });
  built.hasResourceProperties('AWS::EC2::IPAMPool', { AllocationDefaultNetmaskLength: 20, AllocationMinNetmaskLength: 16, AllocationMaxNetmaskLength: 26 });
  expect(pools.poolId('eu-west-1', 'prod')).not.toBe(pools.poolId('us-east-1', 'prod'));
  expect(() => pools.poolId('eu-west-1', 'test')).toThrow('has no segment test');
  expect(() => template({}, { maxPools: 6 })).toThrow('2 Regions with 2 segments each: 7 IPAM pools, 6 are allowed in a scope');
});

test('in the template, as a small snapshot', () => {
  const resources = Object.entries<any>(template().template.toJSON().Resources).map(([id, { Type, Properties }]) => `${id} ${Type} ${Properties.ProvisionedCidrs?.[0].Cidr ?? ''}`.trim());
  expect(resources).toMatchSnapshot();
});
