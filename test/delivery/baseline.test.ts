import { App, Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { ADMINISTRATOR, organizationApp, PARAMETER, ROLE, stackSets, threeWaves } from './baseline-fixture';
import { AccountRemoval, AutomaticDeployment, Baseline, BaselineAdministrator, BaselineInput } from '../../src';

test('each unit has a stack set in a stack of its own, all with the same template, in the order of waves', () => {
  const { app, baseline } = threeWaves();
  const sets = stackSets(app);
  expect(Object.keys(sets)).toEqual(['Owner-Sandbox', 'Owner-Workloads-NonProd', 'Owner-Workloads-Prod']);
  expect(new Set(Object.values(sets).map(({ Properties }) => Properties.TemplateBody)).size).toBe(1);
  expect(JSON.parse(sets['Owner-Sandbox'].Properties.TemplateBody)).toEqual({ Resources: { Owner: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'platform' } } } });
  expect(baseline.stacks.map((stack) => stack.dependencies.map(({ stackName }) => stackName).sort())).toEqual([
    ['Organization'], ['Organization', 'Owner-Sandbox'], ['Organization', 'Owner-Workloads-NonProd'],
  ]);
});

test('one small snapshot of a stack set', () => {
  const { app } = threeWaves();
  expect(stackSets(app)['Owner-Workloads-Prod']).toMatchSnapshot();
});

test('moving a unit to another wave changes no template, only the order', () => {
  const bodies = (app: App) => Object.fromEntries(app.synth().stacks.map(({ stackName, template }) => [stackName, template]));
  const before = threeWaves();
  const { app, sandbox, nonProd, prod } = organizationApp();
  new Baseline(app, 'Owner', {
    administrator: ADMINISTRATOR, regions: ['eu-west-1', 'us-east-1'], content: PARAMETER, waves: [{ name: 'first', units: [prod] }, { name: 'second', units: [nonProd, sandbox] }],
  });
  expect(bodies(app)).toEqual(bodies(before.app));
});

test('adding a unit moves nothing that is there', () => {
  const before = stackSets(threeWaves().app);
  const { app, sandbox, nonProd, prod, organization } = organizationApp();
  const labs = organization.root.addUnit('Labs');
  new Baseline(app, 'Owner', {
    administrator: ADMINISTRATOR, regions: ['eu-west-1', 'us-east-1'], content: PARAMETER,
    waves: [{ name: 'sandbox', units: [labs, sandbox] }, { name: 'non-production', units: [nonProd] }, { name: 'production', units: [prod] }],
  });
  const after = stackSets(app);
  expect(Object.keys(after)).toContain('Owner-Labs');
  for (const [name, set] of Object.entries(before)) expect(after[name]).toEqual(set);
});

test('two synths are identical', () => {
  expect(threeWaves().app.synth().stacks.map(({ template }) => JSON.stringify(template))).toEqual(threeWaves().app.synth().stacks.map(({ template }) => JSON.stringify(template)));
});

test('the template is no stack of the assembly: nothing deploys it by itself', () => {
  const { app } = threeWaves();
  expect(app.synth().stacks.map(({ stackName }) => stackName)).toEqual(['Organization', 'Owner-Sandbox', 'Owner-Workloads-NonProd', 'Owner-Workloads-Prod']);
});

describe('a baseline after another one', () => {
  const dependsOn = (props: object = {}, firstProps: object = {}) => {
    const { app, baseline, prod, workloads } = threeWaves(firstProps);
    const second = new Baseline(app, 'Second', { administrator: ADMINISTRATOR, regions: ['eu-west-1'], content: PARAMETER, waves: [{ name: 'all', units: [prod] }], dependsOn: [baseline], ...props });
    return { app, baseline, second, workloads };
  };

  test('waits for the stack sets that reach the same accounts, in a deployment and when an account comes', () => {
    const { app, second } = dependsOn();
    expect(second.stacks[0]!.dependencies.map(({ stackName }) => stackName).sort()).toEqual(['Organization', 'Owner-Workloads-Prod']);
    expect(stackSets(app)['Second-Workloads-Prod'].Properties.AutoDeployment).toEqual({
      Enabled: true, RetainStacksOnAccountRemoval: true, DependsOn: [{ 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Owner-Workloads-Prod' }) }],
    });
    const { outputs } = { outputs: app.synth().getStackByName('Owner-Workloads-Prod').template.Outputs };
    expect(Object.values<any>(outputs).map(({ Value }) => Value)).toEqual([{ 'Fn::Join': ['', ['arn:aws:cloudformation:eu-west-1:111122223333:stackset/', { Ref: 'StackSet' }]] }]);
  });

  test('of units above and below too', () => {
    const { app, workloads } = dependsOn();
    const third = new Baseline(app, 'Third', { administrator: ADMINISTRATOR, regions: ['eu-west-1'], content: PARAMETER, waves: [{ name: 'all', units: [workloads] }], dependsOn: [app.node.findChild('Owner') as Baseline] });
    expect(third.stacks[0]!.dependencies.map(({ stackName }) => stackName).sort()).toEqual(['Organization', 'Owner-Workloads-NonProd', 'Owner-Workloads-Prod']);
  });

  test('a set without automatic deployment is none to wait for when an account comes', () => {
    const { app, second } = dependsOn({}, { automaticDeployment: AutomaticDeployment.disabled('a trial') });
    expect(stackSets(app)['Second-Workloads-Prod'].Properties.AutoDeployment).toEqual({ Enabled: true, RetainStacksOnAccountRemoval: true });
    expect(second.stacks[0]!.dependencies.map(({ stackName }) => stackName)).toContain('Owner-Workloads-Prod');
  });

  test('eleven others are too many, unless AWS says otherwise', () => {
    const build = (quotas?: object) => {
      const { app, prod } = organizationApp();
      const base = { administrator: ADMINISTRATOR, regions: ['eu-west-1'], content: PARAMETER, waves: [{ name: 'all', units: [prod] }] };
      const many = Array.from({ length: 11 }, (_, index) => new Baseline(app, `B${index}`, base));
      new Baseline(app, 'Last', { ...base, dependsOn: many, quotas });
      return app;
    };
    expect(() => build().synth()).toThrow('Baseline Last: a stack set of it waits for 11 others, and AWS allows 10.');
    expect(build({ dependencies: 20 }).synth().stacks).toHaveLength(13);
  });

  test('more than a hundred such relations in the account', () => {
    const { app, prod } = organizationApp();
    const base = { administrator: ADMINISTRATOR, regions: ['eu-west-1'], content: PARAMETER, waves: [{ name: 'all', units: [prod] }] };
    const first = Array.from({ length: 9 }, (_, index) => new Baseline(app, `B${index}`, base));
    for (let index = 0; index < 12; index++) new Baseline(app, `C${index}`, { ...base, dependsOn: first });
    expect(() => app.synth()).toThrow('Baseline B0: the baselines\' stack sets wait for each other 108 times, and AWS allows 100 an account.');
  });
});

test('the management account gets the same by plain stacks, in its wave', () => {
  const { app, baseline } = threeWaves({ managementAccountIn: 'production' });
  const assembly = app.synth();
  expect(baseline.stacks.map(({ stackName }) => stackName)).toEqual(['Owner-Sandbox', 'Owner-Workloads-NonProd', 'Owner-Workloads-Prod', 'Owner-Management-eu-west-1', 'Owner-Management-us-east-1']);
  const { Resources } = assembly.getStackByName('Owner-Management-us-east-1').template;
  expect(Resources).toEqual(JSON.parse(stackSets(app)['Owner-Sandbox'].Properties.TemplateBody).Resources);
  expect(baseline.stacks[4]!.dependencies.map(({ stackName }) => stackName)).toEqual(['Owner-Workloads-NonProd']);
  expect([baseline.stacks[4]!.account, baseline.stacks[4]!.region]).toEqual(['111122223333', 'us-east-1']);
});

describe('inputs', () => {
  test('are parameters: a text, an attribute of a stack elsewhere', () => {
    const { app, prod } = organizationApp();
    const elsewhere = new Stack(app, 'Elsewhere', { env: { account: '444455556666', region: 'us-east-1' } });
    const topic = new CfnTopic(elsewhere, 'Topic');
    const baseline = new Baseline(app, 'Owner', {
      administrator: ADMINISTRATOR, regions: ['eu-west-1'], waves: [{ name: 'all', units: [prod] }],
      inputs: { Owner: BaselineInput.of('platform'), Topic: BaselineInput.of(topic.ref) },
      content: { define: (stack) => { for (const name of ['Owner', 'Topic']) new CfnParameter(stack, name, { type: 'String', value: stack.input(name) }); } },
    });
    const { Parameters, TemplateBody } = stackSets(app)['Owner-Workloads-Prod'].Properties;
    expect(Parameters).toEqual([
      { ParameterKey: 'InputOwner', ParameterValue: 'platform' },
      { ParameterKey: 'InputTopic', ParameterValue: { 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Elsewhere', Region: 'us-east-1', RoleArn: 'arn:aws:iam::444455556666:role/landing-zone-stack-reader' }) } },
    ]);
    expect(JSON.parse(TemplateBody).Parameters).toEqual({ InputOwner: { Type: 'String' }, InputTopic: { Type: 'String' } });
    expect(baseline.stacks[0]!.dependencies).toContain(elsewhere);
  });

  test('of a Region are chosen in the template, so accounts that come later have them', () => {
    const { app } = threeWaves({
      inputs: { Pool: BaselineInput.perRegion({ 'eu-west-1': 'pool-eu', 'us-east-1': 'pool-us' }) }, managementAccountIn: 'production',
      content: { define: (stack) => { for (const name of ['A', 'B']) new CfnParameter(stack, name, { type: 'String', value: stack.input('Pool') }); } },
    });
    const { Parameters, TemplateBody, StackInstancesGroup } = stackSets(app)['Owner-Sandbox'].Properties;
    expect(Parameters).toEqual([{ ParameterKey: 'InputPoolEuWest1', ParameterValue: 'pool-eu' }, { ParameterKey: 'InputPoolUsEast1', ParameterValue: 'pool-us' }]);
    expect(StackInstancesGroup).toEqual([{ Regions: ['eu-west-1', 'us-east-1'], DeploymentTargets: expect.anything() }]);
    const template = JSON.parse(TemplateBody);
    expect(template.Conditions).toEqual({ InEuWest1: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } });
    expect(template.Resources.B.Properties.Value).toEqual({ 'Fn::If': ['InEuWest1', { Ref: 'InputPoolEuWest1' }, { Ref: 'InputPoolUsEast1' }] });
    expect(app.synth().getStackByName('Owner-Management-us-east-1').template.Resources.B.Properties.Value).toBe('pool-us');
  });

  test('what is not there is said', () => {
    expect(() => threeWaves({ inputs: { Pool: BaselineInput.of('x') }, content: { define: (stack) => { stack.input('Pools'); } } })).toThrow('The baseline has no input "Pools". It has: Pool.');
    const { app, prod, organization } = organizationApp();
    expect(() => new Baseline(app, 'Owner', {
      administrator: ADMINISTRATOR, regions: ['eu-west-1'], waves: [{ name: 'all', units: [prod] }], inputs: { Id: BaselineInput.of(`x-${organization.organizationId}`) },
      content: { define: (stack) => { stack.input('Id'); } },
    })).toThrow('Input Id: a text, or one attribute of a resource as it is, is expected.');
  });
});

test('a delegated administrator reads the ids of units by the management account\'s reader role', () => {
  const { app, sandbox } = organizationApp();
  new Baseline(app, 'Owner', {
    administrator: BaselineAdministrator.delegated('444455556666', 'eu-west-1', '111122223333'), regions: ['eu-west-1'], content: PARAMETER, waves: [{ name: 'all', units: [sandbox] }], managementAccountIn: 'all',
  });
  const { CallAs, StackInstancesGroup } = stackSets(app)['Owner-Sandbox'].Properties;
  expect(CallAs).toBe('DELEGATED_ADMIN');
  expect(StackInstancesGroup[0].DeploymentTargets.OrganizationalUnitIds).toEqual([{ 'Fn::GetStackOutput': expect.objectContaining({ RoleArn: 'arn:aws:iam::111122223333:role/landing-zone-stack-reader' }) }]);
  expect(app.synth().getStackByName('Owner-Management-eu-west-1').environment.account).toBe('111122223333');
});

test('secure defaults have opt-outs that say why, where readers find them', () => {
  const { app, organization } = threeWaves({});
  expect(stackSets(app)['Owner-Sandbox']).toMatchObject({ DeletionPolicy: 'Retain', Properties: { AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true } } });
  const open = threeWaves({
    automaticDeployment: AutomaticDeployment.disabled('a trial'), accountRemoval: AccountRemoval.delete('sandboxes are emptied'), exceptAccounts: [],
  });
  expect(stackSets(open.app)['Owner-Sandbox']).toMatchObject({
    Metadata: { 'cdk-landing-zone': { notAutomatic: 'a trial', notRetained: 'sandboxes are emptied' } }, Properties: { AutoDeployment: { Enabled: false } },
  });
  expect(() => AccountRemoval.delete(' ')).toThrow('say why');
  expect(() => AutomaticDeployment.disabled('')).toThrow('say why');
  expect(organization.accounts).toHaveLength(2);
});

test('accounts are left out of their own unit alone', () => {
  const { app, sandbox, prod, organization } = organizationApp();
  new Baseline(app, 'Owner', {
    administrator: ADMINISTRATOR, regions: ['eu-west-1'], content: PARAMETER, waves: [{ name: 'all', units: [sandbox, prod] }],
    automaticDeployment: AutomaticDeployment.disabled('a trial'), exceptAccounts: [organization.account('play')],
  });
  const targets = (name: string) => stackSets(app)[name].Properties.StackInstancesGroup[0].DeploymentTargets;
  expect(targets('Owner-Sandbox')).toEqual({ OrganizationalUnitIds: [expect.anything()], AccountFilterType: 'DIFFERENCE', Accounts: [{ 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Organization' }) }] });
  expect(targets('Owner-Workloads-Prod')).toEqual({ OrganizationalUnitIds: [expect.anything()] });
});

test('preferences', () => {
  const { app } = threeWaves({ operations: { maxConcurrentPercentage: 100, failureTolerancePercentage: 5, regionOrder: ['us-east-1', 'eu-west-1'] } });
  expect(stackSets(app)['Owner-Sandbox'].Properties.OperationPreferences).toEqual({
    ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE', MaxConcurrentPercentage: 100, FailureTolerancePercentage: 5, RegionConcurrencyType: 'SEQUENTIAL', RegionOrder: ['us-east-1', 'eu-west-1'],
  });
});

test('IAM needs a capability', () => {
  expect(stackSets(threeWaves({ content: ROLE }).app)['Owner-Sandbox'].Properties.Capabilities).toEqual(['CAPABILITY_NAMED_IAM']);
  expect(stackSets(threeWaves().app)['Owner-Sandbox'].Properties.Capabilities).toBeUndefined();
});

test('all mistakes at once', () => {
  const { app, organization, sandbox, workloads, prod } = organizationApp();
  expect(() => new Baseline(app, 'Owner_1', {
    administrator: ADMINISTRATOR, regions: ['eu-west-1', 'eu-west-1'], content: PARAMETER, managementAccountIn: 'prod', operations: { maxConcurrentPercentage: 0, failureTolerancePercentage: 101, regionOrder: ['x'] },
    waves: [{ name: 'all', units: [sandbox, prod] }, { name: 'all', units: [workloads] }, { name: 'last one', units: [] }, { name: 'again', units: [sandbox] }],
    inputs: { 'a-b': BaselineInput.perRegion({}) }, exceptAccounts: [organization.account('play')],
  })).toThrow(`Baseline Owner_1 has 14 problems
  "Owner_1" cannot be its name: letters, digits and hyphens are expected. Give baselineName
  wave last one has no units
  two waves are named all
  "last one" cannot be the name of a wave: letters, digits and hyphens are expected
  unit Sandbox is named twice: in wave all and in wave again
  unit Workloads/Prod of wave all and unit Workloads of wave all are one below the other: accounts of both would get it twice. Name the lowest units instead
  Region eu-west-1 is named twice
  maxConcurrentPercentage is 0: a whole number of 1 to 100 is expected
  failureTolerancePercentage is 101: a whole number of 0 to 100 is expected
  regionOrder is x: each Region of the baseline once is expected: eu-west-1
  "a-b" cannot be the name of an input: letters and digits are expected
  input a-b has no value for eu-west-1
  managementAccountIn is prod, and there is no such wave. Waves: all, last one, again
  exceptAccounts leaves accounts out, and automatic deployment would deliver to them all the same: move them to a unit without the baseline, or give automaticDeployment: AutomaticDeployment.disabled("why")`);
  expect(() => new Baseline(new Stack(app, 'S'), 'Owner', { administrator: ADMINISTRATOR, regions: ['eu-west-1'], content: PARAMETER, waves: [] })).toThrow('it is put into a stack');
});
