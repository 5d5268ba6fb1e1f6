import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { PRODUCT, sampleTemplate, stackOf } from './samples';
import { ObjectStore, ObjectStoreProps, PavedRoad } from '../../../src';
import { violations } from '../violations';

function add(stack: Stack, props: Partial<ObjectStoreProps> = {}): ObjectStore {
  return new ObjectStore(stack, 'Receipts', { serviceName: 'receipts', runbook: 'https://runbooks.acme.example/receipts', ...props });
}

function made(props: Partial<ObjectStoreProps> = {}) {
  const app = new App({ analyticsReporting: false });
  PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
  const stack = stackOf(app, 'Receipts');
  add(stack, props);
  const template = Template.fromStack(stack);
  const [bucket] = Object.values<any>(template.findResources('AWS::S3::Bucket')).map(({ Properties }) => Properties);
  return { template, bucket, alarms: Object.values<any>(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties) };
}

test('it is private, encrypted by the account\'s key, versioned, logged, and asked over TLS alone', () => {
  const { template, bucket } = made();
  expect(bucket).toMatchObject({
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true }, VersioningConfiguration: { Status: 'Enabled' }, LoggingConfiguration: { DestinationBucketName: expect.anything() },
  });
  expect(bucket.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.SSEAlgorithm).toBe('aws:kms');
  expect(JSON.stringify(template.findResources('AWS::S3::BucketPolicy'))).toContain('aws:SecureTransport');
  expect(bucket).not.toHaveProperty('BucketName');
});

describe('how long objects are there', () => {
  test('where nothing is said, as the paved road has it', () => {
    expect(made().bucket.LifecycleConfiguration.Rules).toEqual([{
      Id: 'Tidy', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, Transitions: [{ StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 30 }],
      NoncurrentVersionExpiration: { NoncurrentDays: 90 },
    }]);
  });

  test('what is said of one thing leaves the others as they are', () => {
    const [long] = made({ deleteAfter: Duration.days(400) }).bucket.LifecycleConfiguration.Rules;
    expect(long).toMatchObject({
      ExpirationInDays: 400, NoncurrentVersionExpiration: { NoncurrentDays: 90 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, Transitions: [{ TransitionInDays: 30 }],
    });
    const kept = made({ keepOldVersionsFor: Duration.days(7) }).bucket.LifecycleConfiguration.Rules;
    expect(kept).toMatchObject([{ NoncurrentVersionExpiration: { NoncurrentDays: 7 } }, { ExpiredObjectDeleteMarker: true }]);
    expect(kept[0]).not.toHaveProperty('ExpirationInDays');
  });

  test('what is gone before it would be stored for less is not moved: each move is charged', () => {
    expect(made({ deleteAfter: Duration.days(30) }).bucket.LifecycleConfiguration.Rules[0]).not.toHaveProperty('Transitions');
  });
});

test('a lock, which its bucket must have from the beginning', () => {
  expect(made({ objectLock: ObjectLockRetention.governance(Duration.days(30)) }).bucket).toMatchObject({
    ObjectLockEnabled: true, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } } }, VersioningConfiguration: { Status: 'Enabled' },
  });
  expect(made().bucket).not.toHaveProperty('ObjectLockEnabled');
});

test('events are sent by the bucket itself: there is no function and no role', () => {
  const { template, bucket } = made({ sendEvents: true });
  expect(bucket.NotificationConfiguration).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
  for (const type of ['AWS::Lambda::Function', 'AWS::IAM::Role']) template.resourceCountIs(type, 0);
  expect(made().bucket).not.toHaveProperty('NotificationConfiguration');
});

test('requests are counted, and every alarm looks at the count that the bucket makes', () => {
  const { bucket, alarms } = made();
  expect(bucket.MetricsConfigurations).toEqual([{ Id: 'EntireBucket' }]);
  const dimensions = alarms.flatMap((alarm) => (alarm.Metrics ? alarm.Metrics.filter((one: any) => one.MetricStat).map((one: any) => one.MetricStat.Metric.Dimensions) : [alarm.Dimensions]));
  expect(dimensions.length).toBeGreaterThan(12);
  for (const one of dimensions) expect(one).toEqual([{ Name: 'BucketName', Value: { Ref: expect.stringContaining('ReceiptsBucket') } }, { Name: 'FilterId', Value: 'EntireBucket' }]);
  expect(alarms.find(({ AlarmName }) => AlarmName === 'receipts-refused-ticket')).toMatchObject({ MetricName: '4xxErrors', Statistic: 'Average', Threshold: 0.5, EvaluationPeriods: 3 });
});

test('with everything it passes all checks', () => {
  const props = { objectLock: ObjectLockRetention.compliance(Duration.days(30)), sendEvents: true, deleteAfter: Duration.days(60), keepOldVersionsFor: Duration.days(30) };
  expect(violations((app) => { PavedRoad.apply(app, PRODUCT); add(stackOf(app, 'Receipts'), props); })).toEqual([]);
}, 120_000);

test('mistakes, all at once', () => {
  expect(() => made({ deleteAfter: Duration.hours(12), keepOldVersionsFor: Duration.days(0) })).toThrow(/has 2 problems\n {2}deleteAfter is 0.5 days: 1 or more whole days are expected\n {2}keepOldVersionsFor is 0 days/);
});

test('as a small snapshot', () => {
  expect(Object.values<any>(sampleTemplate('ObjectStore').Resources).map(({ Type, Properties }) => `${Type} ${Properties.AlarmName ?? ''}`.trim()).sort()).toMatchSnapshot();
});
