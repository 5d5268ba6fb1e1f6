import { App, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { violations } from './violations';
import { DataClassification, PavedRoad, ResilienceTier } from '../../src';
import { nameImageVersions } from '../../src/paved-road/controls/name-image-versions';

const [{ rule }] = nameImageVersions().proactive as any;

function found(image: (stack: Stack) => unknown): string[] {
  const stack = new Stack(new App(), 'Product');
  return rule.findings(new CfnFunction(stack, 'Function', { role: 'r', code: { imageUri: image(stack) as string } }));
}

test.each<[string, (stack: Stack) => unknown]>([
  ['a version', () => 'nginx:1.29'],
  ['a digest', () => 'public.ecr.aws/nginx@sha256:0f04'],
  ['a registry with a port', () => 'registry.acme.example:5000/nginx:1.29'],
  ['a version in a repository of the app', (stack) => new Repository(stack, 'Images').repositoryUriForTag('1.4.2')],
  ['what CDK builds', () => Fn.sub('111122223333.dkr.ecr.eu-west-1.${AWS::URLSuffix}/cdk-hnb659fds-container-assets:0f04c1')],
  ['a tag of a parameter', (stack) => new Repository(stack, 'Images').repositoryUriForTag(new CfnParameter(stack, 'Version').valueAsString)],
  ['all of it in a parameter', (stack) => new CfnParameter(stack, 'Image').valueAsString],
  ['what another stack says', () => Fn.importValue('Image')],
  ['the end of it in a parameter', (stack) => `nginx${new CfnParameter(stack, 'Rest').valueAsString}`],
])('taken: %s', (_, image) => {
  expect(found(image)).toEqual([]);
});

test.each<[string, (stack: Stack) => unknown, string]>([
  ['latest', () => 'nginx:latest', 'names "latest"'],
  ['no tag', () => 'public.ecr.aws/docker/library/nginx', 'names none'],
  ['a port that is no tag', () => 'registry.acme.example:5000/nginx', 'names none'],
  ['latest of a repository of the app', (stack) => new Repository(stack, 'Images').repositoryUriForTag('latest'), 'names "latest"'],
  ['a repository of the app without a tag', (stack) => new Repository(stack, 'Images').repositoryUri, 'names none'],
  ['a substitution', () => Fn.sub('${AWS::AccountId}.dkr.ecr.eu-west-1.amazonaws.com/shop:latest'), 'names "latest"'],
])('found: %s', (_, image, message) => {
  expect(found(image)).toEqual([expect.stringContaining(message)]);
});

test('a function without an image has none to name', () => {
  expect(rule.findings(new CfnFunction(new Stack(), 'Function', { role: 'r', code: { zipFile: '//' } }))).toEqual([]);
});

test('on the paved road, the default tag of CDK is told', () => {
  const all = violations((app) => {
    PavedRoad.apply(app, { product: 'shop', owner: 'shop', costCenter: '1', environment: 'prod', dataClassification: DataClassification.INTERNAL, tier: ResilienceTier.TIER_3, awsSolutions: false });
    const stack = new Stack(app, 'Product', { env: { account: '111122223333', region: 'eu-west-1' } });
    new FargateTaskDefinition(stack, 'Task').addContainer('App', { image: ContainerImage.fromEcrRepository(new Repository(stack, 'Images')) });
  });
  expect(all.filter(({ rule: id }) => id === 'LZ.IMAGE.1').map(({ text }) => text)).toEqual([expect.stringContaining('ContainerDefinitions[0].Image must name a version and names "latest"')]);
});
