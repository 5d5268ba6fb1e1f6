import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketReplication, BucketReplicationProps, DataClassification, ObjectStore, PavedRoad, ResilienceStandard, ResilienceTier } from '../../src';
import { validated } from '../network/aws-solutions';
import { violations } from '../paved-road/violations';

const env = { account: '111122223333', region: 'eu-west-1' };
const newStack = (app = new App({ analyticsReporting: false })) => new Stack(app, 'Product', { env });
const replicated = (stack: Stack, props: Partial<BucketReplicationProps> = {}) => new BucketReplication(stack, 'Replication', {
  source: new Bucket(stack, 'Receipts'), destinationBucketName: 'acme-receipts-replica', destinationRegion: 'eu-central-1', ...props,
});

test('what is written is copied within 15 minutes, encrypted with the account\'s key over there; the bucket has versions', () => {
  const stack = newStack();
  replicated(stack);
  const [bucket] = Object.values(Template.fromStack(stack).findResources('AWS::S3::Bucket'));
  expect(bucket!.Properties).toMatchSnapshot();
});

test('the role reads this bucket and writes that one, and there is no circle of resources', () => {
  const stack = newStack();
  replicated(stack);
  const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  expect(policy!.Properties.PolicyDocument.Statement.map(({ Action, Resource }: any) => [Action, JSON.stringify(Resource)])).toEqual([
    [['s3:GetReplicationConfiguration', 's3:ListBucket'], expect.stringMatching(/^\{"Fn::GetAtt":\["Receipts\w+","Arn"\]\}$/)],
    [['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'], expect.stringMatching(/Receipts.*"\/\*"/)],
    [['s3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'], expect.stringContaining(':s3:::acme-receipts-replica/*')],
  ]);
});

test('deletions and another key where they are asked for', () => {
  const stack = newStack();
  replicated(stack, { deletions: true, destinationKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/1' });
  Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
    ReplicationConfiguration: { Rules: [{ DeleteMarkerReplication: { Status: 'Enabled' }, Destination: { EncryptionConfiguration: { ReplicaKmsKeyID: 'arn:aws:kms:eu-central-1:111122223333:key/1' } } }] },
  });
});

test.each([[false, ['LZ.RESILIENCE.1']], [true, []]])('the first tier wants it of a bucket: with it %p', (isReplicated, expected) => {
  const found = violations((app) => {
    PavedRoad.apply(app, {
      product: 'shop', owner: 'shop', costCenter: '1', environment: 'prod', dataClassification: DataClassification.INTERNAL, tier: ResilienceTier.TIER_1, awsSolutions: false, resilience: new ResilienceStandard(),
    });
    const store = new ObjectStore(newStack(app), 'Store', { serviceName: 'receipts', runbook: 'https://runbooks.acme.example/receipts' });
    if (isReplicated) store.replicateTo('acme-receipts-replica', 'eu-central-1');
  });
  expect(found.map(({ rule }) => rule)).toEqual(expected);
});

test('mistakes, all at once', () => {
  const stack = newStack();
  const source = new Bucket(newStack(), 'Elsewhere');
  expect(() => replicated(stack, { source, destinationBucketName: 'Acme_Receipts', destinationRegion: 'eu-west-1' })).toThrow(/has 3 problems\n.*another stack.*\n.*"Acme_Receipts".*\n.*where the bucket is/);
  expect(() => replicated(newStack(), { destinationRegion: 'Frankfurt' })).toThrow('a Region is expected, like eu-central-1');
});

test('checks of CloudFormation, AwsSolutions and the landing zone find nothing more than of the bucket alone', () => {
  const alone = validated((stack) => { new Bucket(stack, 'Receipts', { versioned: true }); }).violations;
  expect(validated((stack) => { replicated(stack); }).violations).toEqual(alone);
});
