import { CreateAccountCommand, CreateOrganizationCommand, CreateOrganizationalUnitCommand, ListRootsCommand, MoveAccountCommand } from '@aws-sdk/client-organizations';
import { Emulator, MANAGEMENT_ACCOUNT, startEmulator } from './emulator';
import { pullOrganization } from '../../src/organization/live/pull';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(async () => {
  await emulator.stop();
});

test('reads an organization larger than a page', async () => {
  const client = await emulator.organizations();
  await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const rootId = (await client.send(new ListRootsCommand({}))).Roots![0]!.Id!;
  const unit = async (ParentId: string, Name: string) => (
    (await client.send(new CreateOrganizationalUnitCommand({ ParentId, Name }))).OrganizationalUnit!.Id!
  );
  const workloads = await unit(rootId, 'Workloads');
  const prod = await unit(workloads, 'Prod');
  const names = Array.from({ length: 25 }, (_, index) => `account-${String(index).padStart(2, '0')}`);
  for (const name of names) {
    const { CreateAccountStatus: status } = await client.send(new CreateAccountCommand({ AccountName: name, Email: `${name}@acme.example` }));
    await client.send(new MoveAccountCommand({ AccountId: status!.AccountId, SourceParentId: rootId, DestinationParentId: prod }));
  }

  const live = await pullOrganization(client);
  expect(live).toMatchObject({ rootId, managementAccountId: MANAGEMENT_ACCOUNT, units: [{ path: 'Workloads', id: workloads }, { path: 'Workloads/Prod', id: prod }] });
  expect(live.accounts.map(({ name, unitPath, status }) => `${unitPath}/${name} ${status}`)).toEqual([
    ...names.map((name) => `Workloads/Prod/${name} ACTIVE`), '/master ACTIVE',
  ]);
});
