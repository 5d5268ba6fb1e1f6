import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { propertiesOf, propertiesToAsk, whileNothingChanges } from '../../src/controls/template-properties';
import { PLAIN } from '../paved-road/plain-constructs';

const asWritten = (value: unknown) => JSON.parse(JSON.stringify(value ?? null));

test('law: the properties that rules look at are those that CDK writes, with raw overrides and without', () => {
  const app = new App({ analyticsReporting: false });
  for (const [name, make] of Object.entries(PLAIN)) make(new Stack(app, name, { env: { account: '111122223333', region: 'eu-west-1' } }));
  const resources = app.node.findAll().filter(CfnResource.isCfnResource);
  const written = (one: CfnResource) => Object.values<any>(Stack.of(one).resolve((one as any)._toCloudFormation()).Resources)[0].Properties ?? {};
  for (const one of resources) expect([one.node.path, asWritten(propertiesOf(one))]).toEqual([one.node.path, asWritten(written(one))]);
  for (const one of resources) {
    one.addPropertyOverride('Added.By.Hand', true);
    expect(asWritten(propertiesOf(one))).toEqual(asWritten(written(one)));
  }
  expect(resources.length).toBeGreaterThan(50);
});

test('law: asked one by one they are the same, and those of the moment in which they were asked for', () => {
  const app = new App({ analyticsReporting: false });
  for (const [name, make] of Object.entries(PLAIN)) make(new Stack(app, name, { env: { account: '111122223333', region: 'eu-west-1' } }));
  const resources = app.node.findAll().filter(CfnResource.isCfnResource);
  for (const one of resources) expect([one.node.path, asWritten({ ...propertiesToAsk(one) })]).toEqual([one.node.path, asWritten(propertiesOf(one))]);
  const bucket = new CfnBucket(new Stack(app, 'Changed'), 'Bucket', { bucketName: 'before' });
  const asked = propertiesToAsk(bucket);
  bucket.bucketName = 'after';
  bucket.versioningConfiguration = { status: 'Enabled' };
  expect([asked.BucketName, asked.VersioningConfiguration]).toEqual(['before', undefined]);
  bucket.addPropertyOverride('BucketName', 'override');
  expect(propertiesToAsk(bucket).BucketName).toBe('override');
  const plain = new CfnResource(bucket.stack, 'Plain', { type: 'AWS::S3::Bucket', properties: { BucketName: 'plain' } });
  expect(propertiesToAsk(plain).BucketName).toBe('plain');
});

test('while nothing changes they are read once, and after it anew', () => {
  const bucket = new CfnBucket(new Stack(), 'Bucket', { bucketName: 'before' });
  whileNothingChanges(() => {
    expect(propertiesOf(bucket)).toBe(propertiesOf(bucket));
    bucket.bucketName = 'after';
    expect(propertiesOf(bucket).BucketName).toBe('before');
  });
  expect(propertiesOf(bucket).BucketName).toBe('after');
});

test('a resource whose stack does not write it has none', () => {
  class Left extends CfnResource {
    protected shouldSynthesize(): boolean { return false; }
  }
  expect(propertiesOf(new Left(new Stack(), 'Left', { type: 'AWS::S3::Bucket' }))).toBeUndefined();
});
