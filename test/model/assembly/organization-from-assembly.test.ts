import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { assemblyOf, oneStack } from './stacks';
import { LandingZone, RegionStandard } from '../../../src';
import { AssemblyProblem, organizationFromAssembly } from '../../../src/model/assembly/organization-from-assembly';
import { Assembly, readAssembly } from '../../../src/model/assembly/read-assembly';
import { PlaceholderIds } from '../../../src/model/lock-file';
import { OrganizationModel, UnitNode } from '../../../src/model/organization-model';

const unit = (name: any, parent: any, more: object = {}) => ({ Type: 'AWS::Organizations::OrganizationalUnit', Properties: { Name: name, ParentId: parent }, ...more });
const account = (name: any, parent: any, more: object = {}) => ({
  Type: 'AWS::Organizations::Account', Properties: { AccountName: name, Email: `${String(name).toLowerCase()}@acme.example`, ParentIds: [parent], ...more },
});
const policy = (name: string, content: any, ...targets: any[]) => ({
  Type: 'AWS::Organizations::Policy', Properties: { Name: name, Type: 'SERVICE_CONTROL_POLICY', Content: content, TargetIds: targets },
});
const ORGANIZATION = { Type: 'AWS::Organizations::Organization', Properties: { FeatureSet: 'ALL' } };
const ROOT = { 'Fn::GetAtt': ['Org', 'RootId'] };
const ref = (logicalId: string) => ({ Ref: logicalId });
const deny = (...resource: any[]) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: resource }] });

function read(assembly: Assembly): { model: OrganizationModel; problems: AssemblyProblem[] } {
  const { model, problems } = organizationFromAssembly(assembly);
  if (!model) throw new Error(JSON.stringify(problems));
  return { model, problems: problems as AssemblyProblem[] };
}

const readResources = (resources: object, more: object = {}) => read(oneStack({ Resources: { Org: ORGANIZATION, ...resources }, ...more }));

/** `Root: management; Root/Prod: web`. */
function outline(root: UnitNode): string[] {
  return [`${root.path}: ${root.accounts.map(({ key }) => key).join(' ')}`.trimEnd(), ...root.units.flatMap(outline)];
}

describe('our constructs', () => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'zone-')), analyticsReporting: false });
  const zone = new LandingZone(app, 'Acme', {
    regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }), accountEmail: 'aws+{account}@acme.example', accountStacks: 2,
  });
  for (const key of ['web', 'payments', 'data']) zone.unit('Workloads/Prod').addAccount(key, { email: `aws+${key}@acme.example`, accountName: `Acme ${key}`, tags: { owner: key } });
  app.synth();
  const { model, problems } = read(readAssembly(app.outdir));

  test('tree and accounts across stacks, with their keys', () => {
    expect(problems).toEqual([]);
    expect(model.data.unresolved).toEqual([]);
    expect(outline(model.data.root)).toEqual([
      'Root: management', 'Root/Security: log-archive security', 'Root/Infrastructure: network', 'Root/Workloads:', expect.stringMatching(/^Root\/Workloads\/Prod: /),
      'Root/Workloads/NonProd:', 'Root/Sandbox:', 'Root/Suspended:',
    ].map((line) => (typeof line === 'string' ? expect.stringContaining(line) : line)));
    expect(model.account('web')).toMatchObject({
      name: 'Acme web',
      id: PlaceholderIds.account('web'),
      email: 'aws+web@acme.example',
      unitPath: 'Root/Workloads/Prod',
      isManagement: false,
      isPlaceholder: true,
      tags: { owner: 'web' },
      origin: { constructPath: expect.stringMatching(/web\/Resource$/), template: expect.stringContaining('Accounts') },
    });
    expect(model.unit('Workloads/Prod')!.id).toBe(PlaceholderIds.unit('Workloads/Prod'));
    expect(model.data.managementAccount).toMatchObject({ key: 'management', isManagement: true, unitPath: 'Root', isPlaceholder: true });
    expect(model.data).toMatchObject({ organizationId: PlaceholderIds.ORGANIZATION, homeRegion: 'eu-west-1', allowedRegions: ['eu-west-1', 'us-east-1'], controlTower: false });
  });

  test('policies with controls, whole documents and targets', () => {
    const planned = model.data.policies.filter(({ type }) => type === 'SERVICE_CONTROL_POLICY');
    expect(planned.map(({ name }) => name)).toContain('foundational-1');
    for (const each of model.data.policies) expect(each).toMatchObject({ unresolved: [], content: expect.anything(), targetIds: [expect.stringMatching(/^(r-|ou-)/)] });
    expect(model.attached(PlaceholderIds.ROOT, 'SERVICE_CONTROL_POLICY').flatMap(({ controls }) => controls)).toContain('LZ.TRAIL.1');
    expect(JSON.stringify(model.data.policies)).not.toContain('Fn::');
    expect(model.data.controls.length).toBeGreaterThan(10);
    expect(model.unit('Workloads')!.controlSets).toEqual(['workload']);
    expect(model.data.root.controlSets).toEqual(['foundational']);
  });
});

describe('resources of others', () => {
  test('keys from names, ids from placeholders, paths from the parents, in any order', () => {
    const { model, problems } = readResources({
      Web: account('Web', ref('Prod')),
      Prod: unit('Prod', ref('Work')),
      Work: unit('Work/loads', ROOT),
      Lone: account('Lone', ROOT),
      Anywhere: { Type: 'AWS::Organizations::Account', Properties: { AccountName: 'Anywhere', Email: 'any@acme.example', Tags: [{ Key: 'a', Value: 'b' }, { Key: 'c', Value: ref('Org') }] } },
    });
    expect(problems).toEqual([]);
    expect(outline(model.data.root)).toEqual(['Root: management Lone Anywhere', 'Root/Work.loads:', 'Root/Work.loads/Prod: Web']);
    expect(model.account('Web')).toMatchObject({ id: PlaceholderIds.account('Web'), isPlaceholder: true, origin: { logicalId: 'Web', stack: 'Stack', template: 'Stack.template.json' } });
    expect(model.account('Anywhere')!.tags).toEqual({ a: 'b' });
    expect(model.data.managementAccount).toMatchObject({ id: '111111111111', isPlaceholder: false });
    expect(model.data).toMatchObject({ platform: [], controls: [], unresolved: [] });
  });

  test.each<[string, any, object]>([
    ['a literal', 'r-ab12', {}],
    ['a default', ref('Top'), { Parameters: { Top: { Type: 'String', Default: 'r-ab12' } } }],
    ['a parameter that says root', ref('OrgRootId'), { Parameters: { OrgRootId: { Type: 'String' } } }],
    ['one from Parameter Store', ref('RootParameter'), { Parameters: { RootParameter: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/org/root' } } }],
  ])('the root as %s', (_name, root, more) => {
    const { model, problems } = read(oneStack({ Resources: { Prod: unit('Prod', root), Web: account('Web', ref('Prod')), Scp: policy('P', deny('*'), root) }, ...more }));
    expect(problems).toEqual([]);
    expect(model.data.unresolved).toEqual([]);
    expect(outline(model.data.root)).toEqual(['Root: management', 'Root/Prod: Web']);
    expect(model.attached(model.data.root.id, 'SERVICE_CONTROL_POLICY')).toHaveLength(1);
  });

  test('two accounts of one name are two', () => {
    const { model } = readResources({ A: account('Web', ROOT), B: account('Web', ROOT, { Email: 'web2@acme.example' }) });
    expect(model.accounts.map(({ key }) => key)).toEqual(['management', 'Web', 'B']);
    expect(new Set(model.accounts.map(({ id }) => id)).size).toBe(3);
  });

  test('a resource whose condition does not hold is not there; one that hangs on a parameter may be', () => {
    const more = { Parameters: { Asked: { Type: 'String' } }, Conditions: { No: { 'Fn::Equals': [1, 2] }, Open: { 'Fn::Equals': [ref('Asked'), 'x'] } } };
    const { model } = readResources({ Off: { ...unit('Off', ROOT), Condition: 'No' }, Maybe: { ...unit('Maybe', ROOT), Condition: 'Open' } }, more);
    expect(outline(model.data.root)).toEqual(['Root: management', 'Root/Maybe:']);
    expect(model.data.unresolved).toEqual(['whether Maybe of stack Stack is there: parameter Asked of stack Stack, which has no default']);
  });
});

describe('policies', () => {
  const readPolicy = (content: any, targets: any[] = [ROOT], more: object = {}) => readResources({ Prod: unit('Prod', ROOT), Web: account('Web', ref('Prod')), P: policy('P', content, ...targets) }, more);

  test('ids of the organization and its accounts are known in documents', () => {
    const content = deny({ 'Fn::Join': ['', ['arn:aws:iam::', { 'Fn::GetAtt': ['Web', 'AccountId'] }, ':role/x']] }, { 'Fn::Sub': 'arn:aws:organizations::${Org.ManagementAccountId}:organization/${Org}' });
    const { model, problems } = readPolicy(content, [ref('Web'), { 'Fn::GetAtt': ['Prod', 'Id'] }, ROOT, ROOT]);
    expect(problems).toEqual([]);
    const web = model.account('Web')!.id;
    const resolved = deny(`arn:aws:iam::${web}:role/x`, `arn:aws:organizations::111111111111:organization/${PlaceholderIds.ORGANIZATION}`);
    expect(model.data.policies).toMatchObject([{
      name: 'P', content: resolved, bytes: Buffer.byteLength(JSON.stringify(resolved)), unresolved: [], controls: [], targetIds: [web, PlaceholderIds.unit('Prod'), PlaceholderIds.ROOT],
    }]);
  });

  test('a document as a text counts as it is written', () => {
    const text = JSON.stringify(deny('*'), undefined, 4);
    expect(readPolicy(text).model.data.policies[0]).toMatchObject({ content: deny('*'), bytes: Buffer.byteLength(text) });
  });

  test.each<[string, any, string, object?]>([
    ['an attribute of another resource', deny({ 'Fn::GetAtt': ['Bucket', 'Arn'] }), 'Statement[0].Resource[0]: Fn::GetAtt Bucket.Arn in stack Stack', { Bucket: { Type: 'AWS::S3::Bucket' } }],
    ['a function nobody knows', { 'Fn::Transform': { Name: 'AWS::Include' } }, 'Fn::Transform in stack Stack'],
  ])('%s leaves the document unresolved', (_name, content, what, resources = {}) => {
    const { model } = readResources({ ...resources, P: policy('P', content, ROOT) });
    expect(model.data.policies[0]).toMatchObject({ bytes: 0, unresolved: [what], targetIds: [PlaceholderIds.ROOT] });
    expect(model.data.policies[0]!.content).toBeUndefined();
    expect(model.policiesOf(model.data.managementAccount).unknown).toEqual([`P: ${what}`]);
  });

  test.each<[string, any, RegExp]>([
    ['not JSON', '{ "Version": ', /^policy P: its content is not JSON/],
    ['no policy', { Version: '2012-10-17', Statement: [{ Effect: 'Block', Action: 's3:*', Resource: '*' }] }, /^policy P: Statement\[0\]\.Effect: "Block" is no effect/],
  ])('a document that is %s', (_name, content, message) => {
    const { model, problems } = readPolicy(content);
    expect(problems).toMatchObject([{ message: expect.stringMatching(message), origin: { logicalId: 'P' } }]);
    expect(model.data.policies[0]!.unresolved).toHaveLength(1);
  });

  test('an unknown target may be any: nothing is certain then', () => {
    const { model, problems } = readPolicy(deny('*'), [ref('Asked')], { Parameters: { Asked: { Type: 'String' } } });
    expect(problems).toEqual([]);
    expect(model.data.unresolved).toEqual(['a target of policy P: parameter Asked of stack Stack, which has no default']);
  });

  test('a literal id may be one whose id is a placeholder here, unless all ids are real', () => {
    const { model } = readPolicy(deny('*'), ['ou-ab12-12345678', '222222222222']);
    expect(model.data.unresolved).toEqual([
      'a target of policy P: unit ou-ab12-12345678, which is not in the assembly', 'a target of policy P: account 222222222222, which may be one whose id is a placeholder here',
    ]);
    const mark = (metadata: object) => ({ Metadata: { 'cdk-landing-zone': metadata } });
    const real = readResources({
      Prod: { ...unit('Prod', ROOT), ...mark({ kind: 'unit', key: 'prod', id: 'ou-ab12-aaaaaaaa' }) },
      Web: { ...account('Web', 'ou-ab12-aaaaaaaa'), ...mark({ kind: 'account', key: 'web', id: '333333333333', isPlaceholder: false }) },
      P: policy('P', deny('*'), 'ou-ab12-12345678', '222222222222', '333333333333'),
    });
    expect(outline(real.model.data.root)).toEqual(['Root: management', 'Root/prod: web']);
    expect(real.model.data.unresolved).toEqual([]);
    expect(real.model.data.policies[0]!.targetIds).toEqual(['ou-ab12-12345678', '222222222222', '333333333333']);
  });
});

describe('a tree that is not whole', () => {
  test('a parent outside the assembly: its policies are not known', () => {
    const { model, problems } = readResources({ A: unit('A', 'ou-ab12-12345678'), Web: account('Web', 'ou-ab12-12345678'), P: policy('P', deny('*'), 'ou-ab12-12345678') });
    expect(problems).toEqual([]);
    expect(outline(model.data.root)).toEqual(['Root: management', 'Root/(ou-ab12-12345678): Web', 'Root/(ou-ab12-12345678)/A:']);
    expect(model.data.unresolved).toEqual([
      'the parent of unit A: unit ou-ab12-12345678, which is not in the assembly', 'the parent of account Web: unit ou-ab12-12345678, which is not in the assembly',
    ]);
    expect(model.attached('ou-ab12-12345678', 'SERVICE_CONTROL_POLICY')).toHaveLength(1);
  });

  test('a parameter that does not say root, or beside a known root', () => {
    const more = { Parameters: { Parent: { Type: 'String' }, RootId: { Type: 'String' } } };
    const { model } = readResources({ A: unit('A', ref('Parent')), B: unit('B', ref('RootId')), C: account('C', ref('Parent')) }, more);
    expect(model.data.unresolved).toHaveLength(3);
    expect(outline(model.data.root)).toEqual(['Root: management', 'Root/(parent of unit A):  C', 'Root/(parent of unit A)/A:', 'Root/(parent of unit B):', 'Root/(parent of unit B)/B:'].map((line) => line.replace('  ', ' ')));
  });

  test('what a custom resource looks up is unknown, not broken', () => {
    const { model, problems } = readResources({ Lookup: { Type: 'Custom::RootLookup' }, A: unit('A', { 'Fn::GetAtt': ['Lookup', 'Roots.0.Id'] }) });
    expect(problems).toEqual([]);
    expect(model.data.unresolved).toEqual(['the parent of unit A: Fn::GetAtt Lookup.Roots.0.Id in stack Stack, of type Custom::RootLookup']);
  });

  test.each<[string, any, string]>([
    ['nothing of the name', ref('Nobody'), 'Ref Nobody in stack Stack, which has no such parameter or resource'],
    ['another resource', ref('Bucket'), 'Ref Bucket in stack Stack, of type AWS::S3::Bucket'],
    ['the organization instead of its root', ref('Org'), 'Ref Org in stack Stack, of type AWS::Organizations::Organization'],
    ['no id', 'Workloads', '"Workloads", which is no id of a root or a unit'],
    ['not given', undefined, 'not given'],
  ])('the parent is %s', (_name, parent, why) => {
    const { model, problems } = readResources({ Bucket: { Type: 'AWS::S3::Bucket' }, A: unit('A', parent), Web: account('Web', ref('A')) });
    expect(problems).toMatchObject([{
      message: `the parent of unit A is ${why}`, hint: 'Expected the root or a unit: a Ref to one, the RootId of the organization, or an id.', origin: { logicalId: 'A' },
    }]);
    expect(model.data.unresolved).toEqual([`the parent of unit A: ${why}`]);
    expect(model.account('Web')).toBeDefined();
  });

  test('another root', () => {
    const note = { version: 1, organization: { id: 'o-abcdefghij', rootId: 'r-ab12', managementAccount: { key: 'm', name: 'm', email: 'm@acme.example', id: '111111111111' } } };
    const { problems } = readResources({ A: unit('A', 'r-zz99'), B: unit('B', 'r-ab12') }, { Metadata: { 'cdk-landing-zone': note } });
    expect(problems).toMatchObject([{ message: 'the parent of unit A is root r-zz99, while the root of this organization is r-ab12' }]);
  });

  test('a circle', () => {
    const { model, problems } = readResources({ A: unit('A', ref('B')), B: unit('B', ref('C')), C: unit('C', ref('A')), Below: unit('Below', ref('A')), Web: account('Web', ref('Below')) });
    expect(problems).toMatchObject([{ message: 'units A, B, C are each below the other', origin: { logicalId: 'A' } }]);
    expect(model.data.unresolved).toEqual(['the parent of unit A: a circle of units']);
    expect(model.account('Web')!.unitPath).toBe('Root/(parent of unit A)/A/Below');
    expect(model.units).toHaveLength(6);
  });

  test('a policy for what is no target', () => {
    const { problems } = readResources({ Bucket: { Type: 'AWS::S3::Bucket' }, P: policy('P', deny('*'), ref('Bucket')) });
    expect(problems).toMatchObject([{ message: 'a target of policy P is Ref Bucket in stack Stack, of type AWS::S3::Bucket', origin: { logicalId: 'P' } }]);
  });

  test('two units of a name under one parent, and an address twice', () => {
    const { model, problems } = readResources({
      A: unit('Prod', ROOT), B: unit('Prod', ROOT), C: unit('Prod', ref('A')), X: account('X', ref('A'), { Email: 'Same@acme.example' }), Y: account('Y', ref('B'), { Email: 'same@acme.example' }),
    });
    expect(problems.map(({ message, origin }) => [message, origin.logicalId])).toEqual([
      ['two units below Root are named Prod', 'B'], ['e-mail same@acme.example of account Y is used by X already', 'Y'],
    ]);
    expect(outline(model.data.root)).toEqual(['Root: management', 'Root/Prod: X', 'Root/Prod/Prod:', 'Root/Prod (B): Y']);
  });

  test('two organizations', () => {
    const { model, problems } = read(assemblyOf(
      { name: 'One', account: '111111111111', template: { Resources: { Org: ORGANIZATION } } }, { name: 'Two', account: '222222222222', template: { Resources: { Org: ORGANIZATION } } },
    ));
    expect(problems).toMatchObject([{ message: 'stack Two has another organization', origin: { stack: 'Two' } }]);
    expect(model.data.unresolved).toEqual(['what belongs to the organization of stack Two']);
  });

  test('macros and loops may add anything', () => {
    const { model } = readResources({ 'Fn::ForEach::Units': ['Name', ['a', 'b'], { '${Name}': unit('x', ROOT) }] }, { Transform: ['AWS::LanguageExtensions', 'OurMacro'] });
    expect(model.data.unresolved).toEqual(['Fn::ForEach::Units in stack Stack', 'what macro "OurMacro" makes of stack Stack']);
  });
});

test('units in one stack, accounts in another', () => {
  const output = (name: string) => ({ 'Fn::GetStackOutput': { StackName: 'Tree', OutputName: name } });
  const env = { account: '111111111111', region: 'eu-west-1' };
  const { model, problems } = read(assemblyOf(
    { name: 'Accounts', ...env, template: { Resources: { Web: account('Web', output('Prod')), P: policy('P', deny(output('OrgId')), output('RootId'), ref('Web')) } } },
    {
      name: 'Tree',
      ...env,
      template: {
        Resources: { Org: ORGANIZATION, Prod: unit('Prod', ROOT) },
        Outputs: { Prod: { Value: ref('Prod') }, RootId: { Value: ROOT }, OrgId: { Value: { 'Fn::Sub': 'arn:aws:s3:::${Org.Id}' } } },
      },
    },
  ));
  expect(problems).toEqual([]);
  expect(model.data.unresolved).toEqual([]);
  expect(outline(model.data.root)).toEqual(['Root: management', 'Root/Prod: Web']);
  expect(model.data.policies[0]).toMatchObject({ content: deny(`arn:aws:s3:::${PlaceholderIds.ORGANIZATION}`), targetIds: [PlaceholderIds.ROOT, PlaceholderIds.account('Web')] });
});

test('an assembly without an organization', () => {
  expect(organizationFromAssembly(oneStack({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }))).toEqual({
    problems: [{ place: { file: 'the test' }, message: 'none of 1 templates has a resource of type AWS::Organizations::*', hint: 'Synthesize an app with a LandingZone or an Organization.' }],
  });
});
