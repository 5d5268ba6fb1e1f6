import {
  CreatePolicyCommand, DescribeAccountCommand, ListParentsCommand, ListPoliciesForTargetCommand, ListRootsCommand,
} from '@aws-sdk/client-organizations';
import { App, CfnCondition, CfnOutput, CfnParameter, CfnResource, CfnRule, CustomResource, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnAccount, CfnOrganization, CfnOrganizationalUnit, CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { deploy, deployed, destroy } from './app';
import { Emulator, MANAGEMENT_ACCOUNT, run, startEmulator } from './emulator';

const env = { account: MANAGEMENT_ACCOUNT, region: 'us-east-1' };
const deny = (...actions: string[]) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: actions, Resource: '*' }] });

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(async () => {
  await emulator.stop();
});

beforeEach(async () => {
  await emulator.reset();
  await emulator.bootstrap();
});

/** A small organization: two units, accounts in one of them, service control policies on a unit. */
function organization(app: App, options: { accountIn?: string; policies?: number; accounts?: number; sequenced?: boolean } = {}): Stack {
  const stack = new Stack(app, 'Organization', { env });
  const root = new CfnOrganization(stack, 'Organization').attrRootId;
  const units: Record<string, CfnOrganizationalUnit> = {};
  for (const name of ['Prod', 'Test']) units[name] = new CfnOrganizationalUnit(stack, name, { name, parentId: root });
  let previous: CfnAccount | undefined;
  for (let index = 0; index < (options.accounts ?? 1); index++) {
    const account = new CfnAccount(stack, `Account${index}`, {
      accountName: `account-${index}`, email: `aws+${index}@acme.example`, parentIds: [units[options.accountIn ?? 'Prod']!.ref],
    });
    if (previous && options.sequenced !== false) account.addResourceDependency(previous);
    previous = account;
  }
  for (let index = 0; index < (options.policies ?? 1); index++) {
    new CfnPolicy(stack, `Policy${index}`, {
      name: `policy-${index}`, type: 'SERVICE_CONTROL_POLICY', content: deny('organizations:LeaveOrganization'), targetIds: [units.Prod!.ref],
    });
  }
  return stack;
}

const recordsOf = async (stack: string) => (await emulator.records()).filter((record) => record.stack === stack);

describe('an organization', () => {
  test('is what the SDK sees; a second deploy changes nothing; a moved account keeps its id', async () => {
    await deployed(emulator, (app) => { organization(app); });

    const client = await emulator.organizations();
    const records = await emulator.records();
    const id = (logicalId: string) => records.find((record) => record.logicalId === logicalId)!.physicalId;
    const parents = async () => (await client.send(new ListParentsCommand({ ChildId: id('Account0') }))).Parents!.map((parent) => parent.Id);
    expect((await client.send(new DescribeAccountCommand({ AccountId: id('Account0') }))).Account!.Email).toBe('aws+0@acme.example');
    expect(await parents()).toEqual([id('Prod')]);
    const policies = await client.send(new ListPoliciesForTargetCommand({ TargetId: id('Prod'), Filter: 'SERVICE_CONTROL_POLICY' }));
    expect(policies.Policies!.map((policy) => policy.Name).sort()).toEqual(['FullAWSAccess', 'policy-0']);
    expect((await client.send(new ListRootsCommand({}))).Roots![0]!.PolicyTypes).toEqual([{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }]);

    const events = await emulator.events();
    await deployed(emulator, (app) => { organization(app); }, '--force');
    expect(await emulator.events()).toEqual(events);

    await deployed(emulator, (app) => { organization(app, { accountIn: 'Test' }); });
    expect(await parents()).toEqual([id('Test')]);
    expect((await emulator.events()).slice(events.length)).toMatchObject([{ action: 'UPDATE', logicalId: 'Account0', physicalId: id('Account0') }]);
  });

  test('with one policy too many is refused and rolled back', async () => {
    const done = await deploy(emulator, (app) => { organization(app, { policies: 10, accounts: 0 }); });
    expect(done.exitCode).toBe(1);
    expect(done.output).toContain('MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED');
    expect(await recordsOf('Organization')).toEqual([]);
  });

  test('with accounts that do not wait for each other is refused', async () => {
    const done = await deploy(emulator, (app) => { organization(app, { accounts: 3, sequenced: false }); });
    expect(done.exitCode).toBe(1);
    expect(done.output).toContain('would be created at the same time');
    await deployed(emulator, (app) => { organization(app, { accounts: 3 }); }, '--force');
  });

  test('meets the same limits through the SDK', async () => {
    await deployed(emulator, (app) => { organization(app, { accounts: 0, policies: 0 }); });
    const client = await emulator.organizations();
    const content = JSON.stringify(deny(`s3:${'x'.repeat(10_240)}`));
    await expect(client.send(new CreatePolicyCommand({ Name: 'large', Type: 'SERVICE_CONTROL_POLICY', Content: content, Description: '' })))
      .rejects.toThrow(expect.objectContaining({ name: 'ConstraintViolationException', message: expect.stringContaining('POLICY_CONTENT_LIMIT_EXCEEDED') }));
  });
});

describe('a template', () => {
  test('with a type that does not exist is refused', async () => {
    const done = await deploy(emulator, (app) => { new CfnResource(new Stack(app, 'Wrong', { env }), 'Thing', { type: 'AWS::SNS::Topick' }); });
    expect(done.exitCode).toBe(1);
    expect(done.output).toContain('Unrecognized resource types: [AWS::SNS::Topick]');
  });

  test('whose rule does not hold is refused with the rule\'s own words, and deploys with another parameter', async () => {
    const build = (app: App) => {
      const stack = new Stack(app, 'Ruled', { env });
      new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
      const ids = new CfnParameter(stack, 'AccountIds', { default: 'placeholder', allowedValues: ['placeholder', 'real'] });
      new CfnRule(stack, 'Rule', { assertions: [{ assert: Fn.conditionEquals(ids.valueAsString, 'real'), assertDescription: 'Run "pull" first.' }] });
    };
    const done = await deploy(emulator, build);
    expect(done.exitCode).toBe(1);
    expect(done.output).toContain('Run "pull" first.');
    expect(await recordsOf('Ruled')).toEqual([]);
    await deployed(emulator, build, '--parameters', 'AccountIds=real');
  });

  test('reads another stack in another account and cuts networks', async () => {
    await emulator.bootstrap('222222222222', 'us-east-1', '--trust', MANAGEMENT_ACCOUNT, '--cloudformation-execution-policies', 'arn:aws:iam::aws:policy/AdministratorAccess');
    await deployed(emulator, (app) => {
      const producer = new Stack(app, 'Producer', { env: { account: '222222222222', region: 'us-east-1' } });
      const vpc = new CfnResource(producer, 'Vpc', { type: 'AWS::EC2::VPC', properties: { CidrBlock: '10.0.0.0/16' } });
      new CfnResource(producer, 'Subnet', {
        type: 'AWS::EC2::Subnet', properties: { VpcId: vpc.ref, CidrBlock: Fn.select(1, Fn.cidr('10.0.0.0/16', 4, '8')) },
      });
      new CfnOutput(producer, 'VpcId', { value: vpc.ref });
      const consumer = new Stack(app, 'Consumer', { env });
      consumer.addStackDependency(producer);
      new CfnResource(consumer, 'Parameter', {
        type: 'AWS::SSM::Parameter',
        properties: {
          Type: 'String',
          Value: { 'Fn::GetStackOutput': { StackName: 'Producer', OutputName: 'VpcId', RoleArn: 'arn:aws:iam::222222222222:role/reader' } },
        },
      });
    });
    const [vpc, subnet] = await recordsOf('Producer');
    expect(vpc).toMatchObject({ account: '222222222222', physicalId: expect.stringMatching(/^vpc-/) });
    expect(subnet!.properties).toEqual({ VpcId: vpc!.physicalId, CidrBlock: '10.0.1.0/24' });
    expect((await recordsOf('Consumer'))[0]!.properties.Value).toBe(vpc!.physicalId);
  });

  test('is deleted with all it made but what it retains', async () => {
    const build = (app: App) => {
      const stack = new Stack(app, 'Short', { env });
      new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' }).cfnOptions.condition = new CfnCondition(stack, 'Always', { expression: Fn.conditionEquals(1, 1) });
      new CfnResource(stack, 'Kept', { type: 'AWS::SNS::Topic' }).applyRemovalPolicy('retain' as any);
    };
    await deployed(emulator, build);
    expect(await destroy(emulator, build)).toMatchObject({ exitCode: 0 });
    expect((await emulator.events()).slice(-2).map(({ action, logicalId }) => `${action} ${logicalId}`).sort()).toEqual(['DELETE Topic', 'RETAIN Kept']);
  });
});

describe('a custom resource', () => {
  const build = (mode: string) => (app: App) => {
    const stack = new Stack(app, 'Custom', { env });
    const handler = new LambdaFunction(stack, 'Handler', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      timeout: Duration.seconds(4),
      code: Code.fromInline(`
        exports.handler = (event, context, done) => {
          const mode = event.ResourceProperties.Mode;
          if (mode === 'silent' && event.RequestType === 'Create') return done();
          const body = JSON.stringify({
            Status: mode === 'failing' && event.RequestType === 'Create' ? 'FAILED' : 'SUCCESS', Reason: 'as told', PhysicalResourceId: 'thing-' + mode,
            StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId, Data: { Type: event.RequestType },
          });
          fetch(event.ResponseURL, { method: 'PUT', body }).then(() => done(), done);
        };
      `),
    });
    const thing = new CustomResource(stack, 'Thing', {
      serviceToken: handler.functionArn, resourceType: 'Custom::Thing', properties: { Mode: mode },
    });
    new CfnOutput(stack, 'Type', { value: thing.getAttString('Type') });
  };

  test('runs its handler, whose answer gives id and attributes; another id replaces', async () => {
    const done = await deployed(emulator, build('one'));
    expect(done.output).toContain('Custom.Type = Create');
    expect((await deployed(emulator, build('two'))).output).toContain('Custom.Type = Update');
    expect((await emulator.events()).filter(({ type }) => type === 'Custom::Thing').map(({ action, physicalId }) => `${action} ${physicalId}`))
      .toEqual(['CREATE thing-one', 'REPLACE thing-two', 'DELETE thing-one']);
  });

  test.each([['failing', 'Message returned: as told'], ['silent', 'did not answer']])('that is %s fails its stack', async (mode, reason) => {
    const done = await deploy(emulator, build(mode));
    expect(done.exitCode).toBe(1);
    expect(done.output.replace(/\s+/g, ' ')).toContain(reason);
    expect(await recordsOf('Custom')).toEqual([]);
  });
});

test('the emulator\'s own Python tests pass', async () => {
  const done = await run('python3', ['-m', 'unittest', 'discover', '-s', 'aws_emulator/tests', '-t', '.'], { cwd: __dirname });
  if (done.exitCode !== 0) throw new Error(done.output);
  expect(done.output).toMatch(/Ran [3-9]\d tests/);
});
