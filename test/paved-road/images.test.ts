import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Repository, TagMutability } from 'aws-cdk-lib/aws-ecr';
import { PRODUCT } from './golden/samples';
import { ImageSigning, PavedRoad } from '../../src';
import { validated } from '../network/aws-solutions';

function repository(build: (stack: Stack) => void): any {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Orders', { env: { account: '111122223333', region: 'eu-west-1' } });
  build(stack);
  PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
  const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::ECR::Repository')) as [any];
  return Properties;
}

test('a plain repository is scanned on push, keeps what tags mean, and forgets what nothing names', () => {
  const { ImageScanningConfiguration, ImageTagMutability, LifecyclePolicy } = repository((stack) => { new Repository(stack, 'Images'); });
  expect([ImageScanningConfiguration, ImageTagMutability]).toEqual([{ ScanOnPush: true }, 'IMMUTABLE']);
  expect(JSON.parse(LifecyclePolicy.LifecyclePolicyText).rules).toEqual([expect.objectContaining({ selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 }, action: { type: 'expire' } })]);
});

test('what a team says of a repository stays', () => {
  const said = repository((stack) => { new Repository(stack, 'Images', { imageTagMutability: TagMutability.MUTABLE, lifecycleRules: [{ maxImageCount: 5 }] }); });
  expect(said.ImageTagMutability).toBe('MUTABLE');
  expect(said.LifecyclePolicy.LifecyclePolicyText).toContain('"countNumber":5');
});

test('images of a registry are signed by a profile that stays', () => {
  const { violations } = validated((stack) => {
    const { profileArn } = new ImageSigning(stack, 'Signing');
    const template = Template.fromStack(stack);
    template.hasResource('AWS::Signer::SigningProfile', { Properties: { PlatformId: 'Notation-OCI-SHA384-ECDSA' }, DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    template.hasResourceProperties('AWS::ECR::SigningConfiguration', { Rules: [{ SigningProfileArn: stack.resolve(profileArn) }] });
  });
  expect(violations).toEqual([]);
}, 60_000);
