import { App, Stack } from 'aws-cdk-lib';
import { deployed } from './app';
import { Emulator, MANAGEMENT_ACCOUNT, startEmulator } from './emulator';
import { AssignmentTarget, IdentityCenter, IdentityGroup, Organization, PermissionSets } from '../../src';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
  await emulator.reset();
  await emulator.bootstrap();
});

afterAll(async () => {
  await emulator.stop();
});

const EXISTING: { readonly [key: string]: string } = { 'payments-prod': '111122223333', 'payments-dev': '222233334444', 'web-prod': '333344445555', 'web-dev': '444455556666' };
const SECURITY = '906763a2-40b1-7041-9c31-4c8d1a2b3c4d';

/** An organization whose accounts exist already, and who gets into them. */
function zone(...accounts: string[]) {
  return (app: App) => {
    const stack = new Stack(app, 'Organization', { env: { account: MANAGEMENT_ACCOUNT, region: 'us-east-1' } });
    const organization = new Organization(stack, 'Organization', {
      managementAccount: { email: 'aws+management@acme.example' },
      existing: { organizationId: 'o-abcdefghij', rootId: 'r-abcd', managementAccountId: MANAGEMENT_ACCOUNT },
    });
    const people = new IdentityCenter(app, 'People', {
      organization, instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef', identityStoreId: 'd-1234567890', region: 'us-east-1', assignmentStacks: 2,
    });
    const workloads = organization.root.addUnit('Workloads', { existingUnitId: 'ou-abcd-11111111' });
    for (const key of accounts) workloads.addAccount(key, { email: `aws+${key}@acme.example`, existingAccountId: EXISTING[key]!, tags: { team: key.split('-')[0]! } });
    people.assign({ group: IdentityGroup.managed('payments'), permissionSet: PermissionSets.developer(), targets: [AssignmentTarget.tag('team', 'payments')] });
    people.assign({ group: IdentityGroup.existing('security', SECURITY), permissionSet: PermissionSets.auditor(), targets: [AssignmentTarget.unit('Workloads')], except: [AssignmentTarget.account('web-prod')] });
    people.assign({ group: IdentityGroup.existing('security', SECURITY), permissionSet: PermissionSets.administrator(), targets: [AssignmentTarget.managementAccount('Organization policies are deployed there')] });
  };
}

/** `Viewer security 111122223333`, as it is deployed: with the real group and set behind the ids. */
async function assigned(): Promise<string[]> {
  const records = await emulator.records();
  const names = new Map(records.filter(({ type }) => type === 'AWS::SSO::PermissionSet').map(({ attributes, properties }) => [attributes.PermissionSetArn, properties.Name]));
  const groups = new Map([[SECURITY, 'security'], ...records.filter(({ type }) => type === 'AWS::IdentityStore::Group').map(({ attributes, properties }) => [attributes.GroupId, properties.DisplayName] as const)]);
  return records.filter(({ type }) => type === 'AWS::SSO::Assignment')
    .map(({ properties }) => `${names.get(properties.PermissionSetArn)} ${groups.get(properties.PrincipalId)} ${properties.TargetId}`).sort();
}


test('assignments are there, a second deployment changes nothing, and an account more adds its own alone', async () => {
  await deployed(emulator, zone('payments-prod', 'web-prod', 'web-dev'));
  const first = [
    `Administrator security ${MANAGEMENT_ACCOUNT}`, 'Auditor security 111122223333', 'Auditor security 444455556666', 'Developer payments 111122223333',
  ];
  expect(await assigned()).toEqual(first);

  const events = await emulator.events();
  await deployed(emulator, zone('payments-prod', 'web-prod', 'web-dev'), '--force');
  expect(await emulator.events()).toEqual(events);

  await deployed(emulator, zone('payments-prod', 'payments-dev', 'web-prod', 'web-dev'));
  expect(await assigned()).toEqual([...first, 'Auditor security 222233334444', 'Developer payments 222233334444'].sort());
  const came = (await emulator.events()).slice(events.length).filter(({ type }) => /SSO|IdentityStore/.test(type)).map(({ action, type }) => `${action} ${type}`);
  expect(came).toEqual(['CREATE AWS::SSO::Assignment', 'CREATE AWS::SSO::Assignment']);

  await deployed(emulator, zone('payments-prod', 'web-prod', 'web-dev'));
  expect(await assigned()).toEqual(first);
});
