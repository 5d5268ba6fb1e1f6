import { App, CfnResource, Stack, Tags, Validations } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { LandingZoneChecks, ResilienceStandard } from '../../src';
import { IProactiveRule } from '../../src/controls/mechanism';
import { taggableTypes } from '../../src/model/tags/taggable-types';
import { recoveryOf, STATEFUL_TYPES } from '../../src/resilience/recovery';

const standard = new ResilienceStandard();

function found(type: string, properties: object, tier?: string): string[] | undefined {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack');
  const tag = tier === undefined ? [] : [{ Key: 'resilience-tier', Value: tier }];
  const { name, form } = taggableTypes().get(type) ?? { name: 'Tags', form: 'list' };
  const tags = tier === undefined ? {} : { [name]: form === 'map' ? { 'resilience-tier': tier } : tag };
  const replicas = 'Replicas' in properties ? { Replicas: (properties.Replicas as object[]).map((replica, at) => (at === 0 ? { ...replica, Tags: tag } : replica)) } : {};
  const resource = new CfnResource(stack, 'Resource', { type, properties: { ...properties, ...tags, ...replicas } });
  const [rule] = standard.checkTemplates().proactive as unknown as { readonly rule: IProactiveRule }[];
  return rule!.rule.findings(resource);
}

const PITR = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
/** What complies in the most demanding tier. */
const GOOD: { readonly [type: string]: any } = {
  'AWS::S3::Bucket': { VersioningConfiguration: { Status: 'Enabled' }, ReplicationConfiguration: { Role: 'role', Rules: [] } },
  'AWS::DynamoDB::GlobalTable': { Replicas: [{ Region: 'eu-west-1', ...PITR }, { Region: 'eu-central-1', ...PITR }] },
  'AWS::RDS::DBInstance': { MultiAZ: true },
  'AWS::RDS::DBCluster': { Engine: 'aurora-postgresql' },
  'AWS::DocDB::DBCluster': {},
  'AWS::Neptune::DBCluster': {},
};

test.each(Object.keys(GOOD))('%s has what the first tier promises, and says its tier', (type) => {
  expect(found(type, GOOD[type], '1')).toEqual([]);
  expect(found(type, GOOD[type])).toEqual(['resilience-tier is missing: it is not backed up']);
  expect(found(type, GOOD[type], 'gold')).toEqual(['resilience-tier is "gold": 1, 2, 3, 4 are expected']);
});

test.each<[string, string, object, string, string]>([
  ['a bucket without versions', 'AWS::S3::Bucket', {}, '4', 'VersioningConfiguration.Status must be "Enabled"'],
  ['a bucket in one Region', 'AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } }, '1', 'ReplicationConfiguration must be there'],
  ['a table that is backed up by schedule', 'AWS::DynamoDB::Table', {}, '1', 'it loses up to 4 hours, and tier 1 promises 15 minutes. To lose less, set PointInTimeRecoverySpecification'],
  ['a table in one Region', 'AWS::DynamoDB::Table', PITR, '1', 'make it a global table'],
  ['a global table without another Region', 'AWS::DynamoDB::GlobalTable', { Replicas: [{ Region: 'eu-west-1', ...PITR }] }, '1', 'Replicas must be two or more'],
  ['a global table with a replica that is backed up by schedule', 'AWS::DynamoDB::GlobalTable', { Replicas: [{ Region: 'eu-west-1', ...PITR }, { Region: 'eu-central-1' }] }, '1', 'of each replica'],
  ['a database in one zone', 'AWS::RDS::DBInstance', { MultiAZ: false }, '3', 'MultiAZ must be true'],
  ['a database whose zones nobody chose', 'AWS::RDS::DBInstance', {}, '2', 'MultiAZ must be true'],
  ['a database without automated backups', 'AWS::RDS::DBInstance', { MultiAZ: true, BackupRetentionPeriod: 0 }, '1', 'it loses up to 4 hours'],
  ['a volume', 'AWS::EC2::Volume', {}, '1', 'Keep its data in a service with continuous backups, or choose another tier'],
  ['a file system without a replica', 'AWS::EFS::FileSystem', {}, '1', 'To lose less, give it a ReplicationConfiguration'],
  ['a file system in one zone', 'AWS::EFS::FileSystem', { AvailabilityZoneName: 'eu-west-1a' }, '2', 'AvailabilityZoneName must not be there'],
])('%s is found', (_, type, properties, tier, message) => {
  expect(found(type, properties, tier)!.join('\n')).toContain(message);
});

test('lower tiers ask for less, instances of clusters and types without data are not asked', () => {
  expect(found('AWS::RDS::DBInstance', { MultiAZ: false }, '4')).toEqual([]);
  expect(found('AWS::EC2::Volume', {}, '2')).toEqual([]);
  expect(found('AWS::DynamoDB::Table', {}, '3')).toEqual([]);
  expect(found('AWS::RDS::DBInstance', { DBClusterIdentifier: 'orders' })).toBeUndefined();
  expect(found('AWS::SNS::Topic', {})).toBeUndefined();
});

test('a tier that is only known at deployment is found', () => {
  expect(found('AWS::EC2::Volume', {}, { Ref: 'Tier' } as unknown as string)).toEqual(['resilience-tier is only known at deployment']);
});

test('every type that keeps data can say its tier', () => {
  expect(STATEFUL_TYPES.filter((type) => !taggableTypes().has(type) && type !== 'AWS::DynamoDB::GlobalTable')).toEqual([]);
});

test('no resource has a gap in a tier and none in a more demanding one, and none loses more than its schedule', () => {
  const properties = fc.record({
    MultiAZ: fc.boolean(), BackupRetentionPeriod: fc.constantFrom(0, 7), Engine: fc.constantFrom('aurora-mysql', 'postgres'), VersioningConfiguration: fc.constantFrom({ Status: 'Enabled' }, { Status: 'Suspended' }),
    PointInTimeRecoverySpecification: fc.record({ PointInTimeRecoveryEnabled: fc.boolean() }), AvailabilityZoneName: fc.constant('eu-west-1a'), ReplicationConfiguration: fc.constant({}),
  }, { requiredKeys: [] });
  fc.assert(fc.property(fc.constantFrom(...STATEFUL_TYPES), properties, (type, some) => {
    const recoveries = standard.tiers.map((promise) => recoveryOf(type, some, promise)!);
    recoveries.forEach(({ lossMinutes, gaps }, at) => {
      expect(lossMinutes).toBeLessThanOrEqual(standard.tiers[at]!.worstCaseLoss.toMinutes());
      if (at > 0 && gaps.length > 0) expect(recoveries[at - 1]!.gaps.length).toBeGreaterThan(0);
    });
  }));
});

test('synthesis fails, where the check is attached', () => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  new CfnResource(stack, 'Volume', { type: 'AWS::EC2::Volume' });
  Tags.of(stack).add('owner', 'payments');
  Validations.of(app).addPlugins(new LandingZoneChecks(app, { controls: [standard.checkTemplates()] }));
  expect(() => app.synth()).toThrow();
});
