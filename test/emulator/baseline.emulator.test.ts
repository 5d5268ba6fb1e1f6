import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { deploy, deployed } from './app';
import { Emulator, MANAGEMENT_ACCOUNT, startEmulator } from './emulator';
import { Baseline, BaselineAdministrator, BaselineInput, BaselineStack, Organization } from '../../src';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(async () => {
  await emulator.reset();
  await emulator.bootstrap();
});

afterAll(async () => {
  await emulator.stop();
});

interface Zone {
  /** Value that the baseline delivers; `refused` is refused in the accounts. */
  readonly value?: string;
  /** Units of the accounts. */
  readonly accounts?: { readonly [key: string]: 'Sandbox' | 'Prod' | 'Elsewhere' };
  readonly waves?: readonly (readonly ('Sandbox' | 'Prod')[])[];
  readonly large?: boolean;
}

/** A baseline of two units and another one that comes after it, with the management account in the last wave. */
function zone({ value = 'one', accounts = { play: 'Sandbox', payments: 'Prod' }, waves = [['Sandbox'], ['Prod']], large = false }: Zone = {}) {
  return (app: App) => {
    const stack = new Stack(app, 'Organization', { env: { account: MANAGEMENT_ACCOUNT, region: 'us-east-1' } });
    const organization = new Organization(stack, 'Organization', { managementAccount: { email: 'aws+management@acme.example' } });
    const units = { Sandbox: organization.root.addUnit('Sandbox'), Prod: organization.root.addUnit('Workloads').addUnit('Prod'), Elsewhere: organization.root.addUnit('Elsewhere') };
    for (const [key, unit] of Object.entries(accounts)) units[unit].addAccount(key, { email: `aws+${key}@acme.example` });
    const define = (own: BaselineStack) => {
      new CfnParameter(own, 'Owner', { type: 'String', value: own.input('Owner') });
      if (large) for (let index = 0; index < 30; index++) new CfnParameter(own, `P${index}`, { type: 'String', value: `${index} ${'x'.repeat(2000)}` });
      if (value === 'refused') new CfnResource(own, 'Wrong', { type: 'AWS::SSM::Parameter', properties: { Type: 'String', Value: 'x', NoSuchProperty: 1 } });
    };
    const common = {
      administrator: BaselineAdministrator.managementAccount(MANAGEMENT_ACCOUNT, 'us-east-1'), waves: waves.map((names, index) => ({ name: `w${index}`, units: names.map((name) => units[name]) })),
      inputs: { Owner: BaselineInput.of(value) },
    };
    const first = new Baseline(app, 'First', { ...common, regions: ['us-east-1', 'eu-west-1'], content: { define }, managementAccountIn: `w${waves.length - 1}` });
    new Baseline(app, 'Second', { ...common, regions: ['us-east-1'], content: { define }, dependsOn: [first] });
  };
}

/** What baselines have delivered: account's name, Region, baseline and value of each parameter. */
async function delivered(): Promise<string[]> {
  const records = await emulator.records();
  const names = new Map(records.filter(({ type }) => type === 'AWS::Organizations::Account').map(({ physicalId, properties }) => [physicalId, properties.AccountName]));
  return records.filter(({ logicalId, type }) => type === 'AWS::SSM::Parameter' && logicalId === 'Owner')
    .map(({ account, region, stack, properties }) => `${names.get(account) ?? 'management'} ${region} ${/First|Second/.exec(stack)![0]} ${properties.Value}`).sort();
}

const OF = (account: string, value = 'one') => [`${account} eu-west-1 First ${value}`, `${account} us-east-1 First ${value}`, ...(account === 'management' ? [] : [`${account} us-east-1 Second ${value}`])];

test('baselines reach the accounts of their units, and the management account; a second deployment changes nothing', async () => {
  // The stacks of the management account are in another Region too.
  await emulator.bootstrap(MANAGEMENT_ACCOUNT, 'eu-west-1');
  await deployed(emulator, zone());
  expect(await delivered()).toEqual([...OF('management'), ...OF('payments'), ...OF('play')].sort());
  const events = await emulator.events();
  await deployed(emulator, zone(), '--force');
  expect(await emulator.events()).toEqual(events);
});

test('a new account receives them, each after those it depends on; one that leaves keeps them', async () => {
  await emulator.bootstrap(MANAGEMENT_ACCOUNT, 'eu-west-1');
  await deployed(emulator, zone());
  const before = (await emulator.events()).length;
  await deployed(emulator, zone({ accounts: { play: 'Sandbox', payments: 'Prod', orders: 'Prod' } }));
  expect(await delivered()).toEqual([...OF('management'), ...OF('orders'), ...OF('payments'), ...OF('play')].sort());
  const came = (await emulator.events()).slice(before).filter(({ type }) => type === 'AWS::SSM::Parameter').map(({ stack, region }) => `${/First|Second/.exec(stack)![0]} ${region}`);
  expect(came).toEqual(['First us-east-1', 'First eu-west-1', 'Second us-east-1']);

  await deployed(emulator, zone({ accounts: { play: 'Elsewhere', payments: 'Prod', orders: 'Prod' } }));
  expect(await delivered()).toEqual([...OF('management'), ...OF('orders'), ...OF('payments'), ...OF('play')].sort());
  expect((await emulator.events()).filter(({ action }) => action === 'DELETE')).toEqual([]);
});

test('a new version goes wave by wave, and stops where it fails; a unit that changes waves loses nothing', async () => {
  await emulator.bootstrap(MANAGEMENT_ACCOUNT, 'eu-west-1');
  await deployed(emulator, zone());
  let before = (await emulator.events()).length;
  await deployed(emulator, zone({ value: 'two' }));
  const changed = (await emulator.events()).slice(before).filter(({ type, stack }) => type === 'AWS::SSM::Parameter' && stack.includes('First'));
  expect(changed.map(({ stack }) => /Sandbox|Prod|Management/.exec(stack)![0]).filter((name) => name !== 'Management')).toEqual(['Sandbox', 'Sandbox', 'Prod', 'Prod']);

  before = (await emulator.events()).length;
  await deployed(emulator, zone({ value: 'two', waves: [['Prod', 'Sandbox']] }), '--force');
  expect((await emulator.events()).slice(before)).toEqual([]);

  before = (await emulator.events()).length;
  const failed = await deploy(emulator, zone({ value: 'refused' }));
  expect(failed.exitCode).toBe(1);
  expect(failed.output).toContain('NoSuchProperty');
  const tried = (await emulator.events()).slice(before).map(({ stack }) => stack);
  expect([tried.some((stack) => stack.includes('First-Sandbox')), tried.filter((stack) => /Prod|Management|Second/.test(stack))]).toEqual([true, []]);
  expect(await delivered()).toEqual([...OF('management', 'two'), ...OF('payments', 'two'), ...OF('play', 'two')].sort());
});

test('a template beyond the size of the resource comes from the bootstrap bucket', async () => {
  await emulator.bootstrap(MANAGEMENT_ACCOUNT, 'eu-west-1');
  await deployed(emulator, zone({ large: true }));
  expect(await delivered()).toEqual([...OF('management'), ...OF('payments'), ...OF('play')].sort());
  const sets = (await emulator.records()).filter(({ type }) => type === 'AWS::CloudFormation::StackSet');
  expect(sets.map(({ properties }) => [properties.TemplateBody, typeof properties.TemplateURL])).toEqual(Array(4).fill([undefined, 'string']));
});
