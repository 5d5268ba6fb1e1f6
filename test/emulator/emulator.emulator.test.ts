import * as path from 'path';
import { DescribeAccountCommand, ListParentsCommand, ListPoliciesForTargetCommand, ListRootsCommand } from '@aws-sdk/client-organizations';
import { App, CfnOutput, CfnResource, CfnRule, CfnParameter, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnAccount, CfnOrganization, CfnOrganizationalUnit, CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { deploy, destroy } from './app';
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

/** A small organization: two units, an account in one of them, service control policies on the other's parent. */
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
    if (previous && options.sequenced !== false) account.addDependency(previous);
    previous = account;
  }
  for (let index = 0; index < (options.policies ?? 1); index++) {
    new CfnPolicy(stack, `Policy${index}`, {
      name: `policy-${index}`, type: 'SERVICE_CONTROL_POLICY', content: deny('organizations:LeaveOrganization'), targetIds: [units.Prod!.ref],
    });
  }
  return stack;
}

describe('the emulator', () => {
  beforeEach(async () => {
    await emulator.reset();
    await emulator.bootstrap();
  });

  test('deploys an organization that the SDK sees; a second deploy changes nothing; a moved account keeps its id', async () => {
    const first = await deploy(emulator, (app) => { organization(app); });
    expect(first).toMatchObject({ exitCode: 0 });

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
    const second = await deploy(emulator, (app) => { organization(app); });
    expect(second.output).toContain('no changes');
    expect(await emulator.events()).toEqual(events);

    await deploy(emulator, (app) => { organization(app, { accountIn: 'Test' }); });
    expect(await parents()).toEqual([id('Test')]);
    expect((await emulator.events()).slice(events.length)).toMatchObject([{ action: 'UPDATE', logicalId: 'Account0', physicalId: id('Account0') }]);
  });

  test('refuses the policy over the quota and rolls back', async () => {
    const done = await deploy(emulator, (app) => { organization(app, { policies: 10, accounts: 0 }); });
    expect(done.exitCode).toBe(1);
    expect(done.output).toContain('MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED');
    expect((await emulator.records()).filter((record) => record.stack === 'Organization')).toEqual([]);
  });
});
