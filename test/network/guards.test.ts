import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { validated } from './aws-solutions';
import { inventory, moved, templateOf } from './built';
import { PublicAccessBlock, VpcBlockPublicAccess, VpcBlockPublicAccessProps } from '../../src/network/vpc-block-public-access';
import { VpcEncryption, VpcEncryptionExclusion, VpcEncryptionMode, VpcEncryptionProps } from '../../src/network/vpc-encryption';

const VPC = 'vpc-0123456789abcdef0';
const access = (stack: Stack, props?: VpcBlockPublicAccessProps) => new VpcBlockPublicAccess(stack, 'Access', props);
const encryption = (stack: Stack, props: Partial<VpcEncryptionProps> = {}) => new VpcEncryption(stack, 'Encryption', { vpcId: VPC, ...props });

function guarded(stack: Stack): void {
  access(stack).exclude('ingress', { vpcId: VPC, reason: 'Load balancers stand here' });
  encryption(stack);
}

describe('the block on public access', () => {
  test('stays on, and spares what is excluded before it is switched on', () => {
    const built = templateOf(guarded);
    built.hasResource('AWS::EC2::VPCBlockPublicAccessOptions', { DeletionPolicy: 'Retain', DependsOn: [Match.stringLikeRegexp('^AccessExclusioningress')], Properties: { InternetGatewayBlockMode: 'block-ingress' } });
    built.hasResource('AWS::EC2::VPCBlockPublicAccessExclusion', {
      Metadata: { 'cdk-landing-zone': { reason: 'Load balancers stand here' } }, Properties: { InternetGatewayExclusionMode: 'allow-bidirectional', VpcId: VPC },
    });
  });

  test('may stop both directions, but for connections from inside of one subnet', () => {
    const built = templateOf((stack) => access(stack, { block: PublicAccessBlock.BIDIRECTIONAL }).exclude('nat', { subnetId: 'subnet-0123456789abcdef0', egressOnly: true, reason: 'Central egress' }));
    built.hasResourceProperties('AWS::EC2::VPCBlockPublicAccessOptions', { InternetGatewayBlockMode: 'block-bidirectional' });
    built.hasResourceProperties('AWS::EC2::VPCBlockPublicAccessExclusion', { InternetGatewayExclusionMode: 'allow-egress', SubnetId: 'subnet-0123456789abcdef0' });
  });

  test('adding an exclusion moves nothing', () => {
    expect(moved(guarded, (stack) => {
      const block = access(stack);
      block.exclude('egress', { vpcId: 'vpc-0123456789abcdef1', egressOnly: true, reason: 'Central egress' });
      block.exclude('ingress', { vpcId: VPC, reason: 'Load balancers stand here' });
      encryption(stack);
    })).toEqual([]);
  });

  test('says what is wrong with an exclusion', () => {
    expect(() => templateOf((stack) => access(stack).exclude('a', { reason: 'x' }))).toThrow('Network/Access/Exclusion.a: an exclusion is of a VPC or of a subnet: give vpcId or subnetId, not neither');
    expect(() => templateOf((stack) => access(stack).exclude('a', { vpcId: VPC, subnetId: 'subnet-1', reason: 'x' }))).toThrow('not both');
    expect(() => templateOf((stack) => { const block = access(stack); block.exclude('a', { vpcId: VPC, reason: 'x' }); block.exclude('a', { vpcId: 'vpc-1', reason: 'y' }); }))
      .toThrow('Network/Access.exclude(a): there is one of this key already');
    expect(() => templateOf((stack) => access(stack).exclude('a', { vpcId: VPC, reason: ' ' }))).toThrow('say in reason why internet gateways serve it');
  });
});

describe('encryption in transit', () => {
  test('is monitored, or enforced with exclusions and their reasons', () => {
    templateOf(encryption).hasResource('AWS::EC2::VPCEncryptionControl', { DeletionPolicy: 'Retain', Properties: { Mode: 'monitor', VpcId: VPC } });
    const exclusions = [
      { what: VpcEncryptionExclusion.INTERNET_GATEWAY, reason: 'a' }, { what: VpcEncryptionExclusion.EGRESS_ONLY_INTERNET_GATEWAY, reason: 'b' }, { what: VpcEncryptionExclusion.NAT_GATEWAY, reason: 'c' },
      { what: VpcEncryptionExclusion.VIRTUAL_PRIVATE_GATEWAY, reason: 'd' }, { what: VpcEncryptionExclusion.VPC_PEERING, reason: 'e' }, { what: VpcEncryptionExclusion.VPC_LATTICE, reason: 'f' },
      { what: VpcEncryptionExclusion.ELASTIC_FILE_SYSTEM, reason: 'g' }, { what: VpcEncryptionExclusion.LAMBDA, reason: 'h' },
    ];
    templateOf((stack) => encryption(stack, { mode: VpcEncryptionMode.ENFORCE, exclusions })).hasResource('AWS::EC2::VPCEncryptionControl', {
      Metadata: { 'cdk-landing-zone': { reasons: { internetGateway: 'a', egressOnlyInternetGateway: 'b', natGateway: 'c', virtualPrivateGateway: 'd', vpcPeering: 'e', vpcLattice: 'f', elasticFileSystem: 'g', lambda: 'h' } } },
      Properties: {
        Mode: 'enforce', VpcId: VPC, InternetGatewayExclusionInput: 'enable', EgressOnlyInternetGatewayExclusionInput: 'enable', NatGatewayExclusionInput: 'enable',
        VirtualPrivateGatewayExclusionInput: 'enable', VpcPeeringExclusionInput: 'enable', VpcLatticeExclusionInput: 'enable', ElasticFileSystemExclusionInput: 'enable', LambdaExclusionInput: 'enable',
      },
    });
  });

  test('goes from monitored to enforced, with exclusions, in place', () => {
    const enforced = (stack: Stack) => encryption(stack, { mode: VpcEncryptionMode.ENFORCE });
    expect(moved(encryption, enforced, 'Mode')).toEqual([]);
  });

  test('says what is wrong with exclusions', () => {
    const twice = [{ what: VpcEncryptionExclusion.LAMBDA, reason: 'x' }, { what: VpcEncryptionExclusion.LAMBDA, reason: '' }];
    expect(() => templateOf((stack) => encryption(stack, { exclusions: twice }))).toThrow('nothing is enforced: they belong to VpcEncryptionMode.ENFORCE; lambda is excluded twice; say in reason why lambda is excluded');
  });
});

test('AwsSolutions and CloudFormation find nothing', () => {
  expect(validated(guarded)).toEqual({ violations: [], acknowledged: [] });
});

test('in the template, as a small snapshot', () => {
  expect(inventory(guarded, 'InternetGatewayBlockMode', 'InternetGatewayExclusionMode', 'Mode')).toMatchSnapshot();
});
