import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { propertiesOf } from '../../src/controls/template-rule';
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

test('a resource whose stack does not write it has none', () => {
  class Left extends CfnResource {
    protected shouldSynthesize(): boolean { return false; }
  }
  expect(propertiesOf(new Left(new Stack(), 'Left', { type: 'AWS::S3::Bucket' }))).toBeUndefined();
});
