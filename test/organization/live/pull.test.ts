import { DescribeOrganizationCommand, ListRootsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { Tree, organizationsApi } from './organizations-api';
import { pullOrganization } from '../../../src/organization/live/pull';

const time = () => {
  let left = 8;
  return { sleep: async () => {}, deadline: () => --left <= 0 };
};

/** The tree said again by plain recursion. */
function expected(tree: Tree, path = ''): { units: string[]; accounts: string[] } {
  const inner = Object.entries(tree.units ?? {}).map(([name, child]) => {
    const childPath = path === '' ? name : `${path}/${name}`;
    const below = expected(child, childPath);
    return { units: [childPath, ...below.units], accounts: below.accounts };
  });
  return { units: inner.flatMap(({ units }) => units), accounts: [...(tree.accounts ?? []).map((email) => `${email} in ${path}`), ...inner.flatMap(({ accounts }) => accounts)] };
}

test('every unit and account is found once, whatever the pages and however busy AWS is', async () => {
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.record({
      accounts: fc.uniqueArray(fc.integer({ min: 0, max: 99_999 }).map((number) => `a${number}@acme.example`), { maxLength: 5 }),
      units: fc.dictionary(fc.constantFrom('Prod', 'Test', 'Security', 'a b'), tie('tree') as fc.Arbitrary<Tree>, { maxKeys: 3, depthIdentifier: 'unit' }),
    }, { requiredKeys: [] }),
  }));
  await fc.assert(fc.asyncProperty(tree, fc.integer({ min: 1, max: 3 }), async (organization, size) => {
    organizationsApi(organization, size);
    const live = await pullOrganization(new OrganizationsClient({}), time);
    const { units, accounts } = expected(organization);
    expect(live).toMatchObject({ organizationId: 'o-abcdefghij', rootId: 'r-ab12', managementAccountId: '000000000001' });
    expect(live.units.map(({ path }) => path)).toEqual([...units].sort());
    expect(live.accounts.map(({ email, unitPath }) => `${email} in ${unitPath}`).sort()).toEqual([...accounts].sort());
    const emails = live.accounts.map(({ email }) => email);
    expect(emails).toEqual([...emails].sort());
  }), { numRuns: 50, seed: 7 });
});

test('an account says its name, id, unit and state', async () => {
  organizationsApi({ units: { Prod: { accounts: ['a@acme.example'] } } }, 5);
  const { accounts } = await pullOrganization(new OrganizationsClient({}), time);
  expect(accounts).toEqual([{ name: 'name of a@acme.example', email: 'a@acme.example', id: 'id of a@acme.example', unitPath: 'Prod', status: 'ACTIVE' }]);
});

test('a lasting error is passed on at once', async () => {
  const mock = mockClient(OrganizationsClient);
  mock.on(DescribeOrganizationCommand).rejects(Object.assign(new Error('not allowed'), { name: 'AccessDeniedException' }));
  await expect(pullOrganization(new OrganizationsClient({}), time)).rejects.toThrow('not allowed');
  expect(mock.calls()).toHaveLength(1);
});

test('an AWS that stays busy is given up on', async () => {
  const mock = mockClient(OrganizationsClient);
  mock.on(DescribeOrganizationCommand).resolves({ Organization: { Id: 'o-abcdefghij', MasterAccountId: '000000000001' } });
  mock.on(ListRootsCommand).rejects(Object.assign(new Error('slow down'), { name: 'TooManyRequestsException' }));
  await expect(pullOrganization(new OrganizationsClient({}), time)).rejects.toThrow('slow down');
  expect(mock.commandCalls(ListRootsCommand)).toHaveLength(8);
});
