import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { Baseline, LandingZone, OrganizationFile, ResourceExplorerIndex, TaggingStandard, UntaggedResources, UntaggedResourcesProps } from '../../src';
import { ADMINISTRATOR, organizationApp, stackSets } from '../delivery/baseline-fixture';

const STANDARD = new TaggingStandard({ tags: [{ key: 'owner' }, { key: 'cost-center' }, { key: 'data', requiredFor: ['AWS::S3::Bucket'] }, { key: 'tenant', required: false }] });
const ORGANIZATION = 'arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5';

function stackOf(props: Partial<UntaggedResourcesProps> = {}, app = new App({ analyticsReporting: false })): { readonly stack: Stack; readonly untagged: UntaggedResources } {
  const stack = new Stack(app, 'Tags', { env: { account: '111122223333', region: 'eu-west-1' } });
  return { stack, untagged: new UntaggedResources(stack, 'Untagged', { standard: STANDARD, scopeArn: ORGANIZATION, ...props }) };
}

describe('views', () => {
  test('of resources that take tags and have none, and of those without each key that all must have', () => {
    const { stack, untagged } = stackOf();
    const views = Object.values(Template.fromStack(stack).findResources('AWS::ResourceExplorer2::View')).map(({ Properties }) => Properties);
    expect(views.map(({ ViewName, Filters }) => [ViewName, Filters.FilterString])).toEqual([
      ['untagged', 'resourcetype.supports:tags tag:none'], ['untagged-owner', 'resourcetype.supports:tags -tag.key:owner'], ['untagged-cost-center', 'resourcetype.supports:tags -tag.key:cost-center'],
    ]);
    for (const view of views) expect(view).toMatchObject({ Scope: ORGANIZATION, IncludedProperties: [{ Name: 'tags' }] });
    expect(untagged.viewNames).toEqual(views.map(({ ViewName }) => ViewName));
  });

  test('of the account alone, where no more is asked for', () => {
    for (const { Properties } of Object.values(Template.fromStack(stackOf({ scopeArn: undefined }).stack).findResources('AWS::ResourceExplorer2::View'))) expect(Properties.Scope).toBeUndefined();
  });

  test('of a key more leave the others alone', () => {
    const more = new TaggingStandard({ tags: [{ key: 'team' }, { key: 'owner' }, { key: 'cost-center' }] });
    expect(Template.fromStack(stackOf({ standard: more }).stack).toJSON().Resources).toMatchObject(Template.fromStack(stackOf().stack).toJSON().Resources);
  });

  test.each<[string, Partial<UntaggedResourcesProps>, string]>([
    ['a scope that is none', { scopeArn: 'o-a1b2c3d4e5' }, 'scopeArn o-a1b2c3d4e5 is no ARN of an organization or a unit'],
    ['a key that a query does not take', { standard: new TaggingStandard({ tags: [{ key: 'acme/owner' }] }) }, 'key acme/owner cannot be asked for'],
    ['a name that is none', { viewNamePrefix: 'not tagged' }, 'view not tagged: expected a name of up to 64 letters'],
    ['two views of one name', { standard: new TaggingStandard({ tags: [{ key: 'a.b' }, { key: 'a-b' }] }) }, 'view untagged-a-b would be there twice'],
    ['no key that all must have', { standard: new TaggingStandard({ tags: [{ key: 'a', required: false }] }) }, 'no key of the standard is required of all resources'],
  ])('that cannot be: %s', (_name, props, problem) => {
    expect(() => stackOf(props)).toThrow(problem);
  });

  test('are clean of AwsSolutions and NIST 800-53, and what they were', () => {
    const app = new App({ analyticsReporting: false });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app));
    const { stack } = stackOf({}, app);
    expect(app.synth().getStackArtifact(stack.artifactId).template.Resources).toMatchSnapshot();
  });
});

test('the index of the home Region gathers those of the others, in every account by a stack set', () => {
  const { app, organization } = organizationApp();
  new Baseline(app, 'ResourceExplorer', {
    administrator: ADMINISTRATOR, regions: ['eu-west-1', 'us-east-1'], content: new ResourceExplorerIndex('eu-west-1'), waves: [{ name: 'all', units: [organization.root] }], managementAccountIn: 'all',
  });
  const expected = { Type: 'AWS::ResourceExplorer2::Index', Properties: { Type: { 'Fn::If': ['GathersRegions', 'AGGREGATOR', 'LOCAL'] } } };
  const [set] = Object.values(stackSets(app));
  const template = JSON.parse(set.Properties.TemplateBody);
  expect(Object.values<any>(template.Resources)).toEqual([expect.objectContaining(expected)]);
  expect(template.Conditions.GathersRegions).toEqual({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] });
  const inManagement = app.synth().stacks.flatMap(({ template: own, environment }) => (
    Object.values<any>(own.Resources ?? {}).filter(({ Type }) => Type === expected.Type).map((resource) => [environment.region, resource])
  ));
  expect(inManagement.map(([region]) => region).sort()).toEqual(['eu-west-1', 'us-east-1']);
  for (const [, resource] of inManagement) expect(resource).toMatchObject(expected);
});

test('a zone has indexes everywhere before the views, and its organization trusts Resource Explorer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'explorer-'));
  writeFileSync(join(folder, 'organization.yaml'), [
    'organization:', '  managementAccount: { name: management, email: aws@acme.example }', '  regions: { home: eu-west-1, allowed: [eu-west-1, eu-central-1] }', '  units:', '    Prod:', '      accounts:',
    '        web: { email: aws+web@acme.example }',
  ].join('\n'));
  const app = new App({ analyticsReporting: false, outdir: join(folder, 'out') });
  const zone = new LandingZone(app, 'Acme', { organization: OrganizationFile.load(join(folder, 'organization.yaml')) });
  const indexes = zone.addBaseline('ResourceExplorer', { content: new ResourceExplorerIndex('eu-west-1'), waves: [{ name: 'all', units: [zone.unit('Root')] }], managementAccountIn: 'all' });
  zone.organization.settings.trustService('resource-explorer-2.amazonaws.com');
  const views = new Stack(app, 'Untagged', { env: { account: zone.organization.managementAccountId, region: 'eu-west-1' } });
  for (const stack of indexes.stacks) views.addStackDependency(stack);
  new UntaggedResources(views, 'Untagged', { standard: STANDARD, scopeArn: ORGANIZATION });
  const { stacks } = app.synth();
  const before = stacks.find(({ stackName }) => stackName === 'Untagged')!.dependencies.map(({ id }) => id);
  const withIndexes = stacks.filter(({ template }) => JSON.stringify(template).includes('AWS::ResourceExplorer2::Index'));
  expect(withIndexes.map(({ environment }) => environment.region).sort()).toEqual(['eu-central-1', 'eu-west-1', 'eu-west-1']);
  expect(before).toEqual(expect.arrayContaining(withIndexes.map(({ id }) => id)));
  const trusted = stacks.flatMap(({ template }) => Object.values<any>(template.Resources ?? {})).filter(({ Type }) => Type === 'Custom::OrganizationTrustedAccess');
  expect(trusted.map(({ Properties }) => Properties.ServicePrincipal)).toContain('resource-explorer-2.amazonaws.com');
});
