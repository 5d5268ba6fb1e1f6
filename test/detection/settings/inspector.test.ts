import { EnableDelegatedAdminAccountCommand, Inspector2Client, ListDelegatedAdminAccountsCommand } from '@aws-sdk/client-inspector2';
import { mockClient } from 'aws-sdk-client-mock';
import { FAULTS, Resource, send } from './deployment';
import { named } from './fake-guardduty';

const RESOURCE: Resource = { type: 'Custom::InspectorAdministrator', properties: { Region: 'eu-west-1', AccountId: '222222222222' } };
const inspector = mockClient(Inspector2Client);
let administrators: string[];
let before: (command: string) => void;
let after: (command: string) => void;

beforeEach(() => {
  inspector.reset();
  administrators = [];
  before = after = () => {};
  const on = (command: any, answer: (input: any) => object) => inspector.on(command).callsFake((input: any) => {
    before(command.name);
    const given = answer(input);
    after(command.name);
    return given;
  });
  on(ListDelegatedAdminAccountsCommand, ({ nextToken }) => (nextToken === undefined
    ? { delegatedAdminAccounts: [{ accountId: '333333333333', status: 'DISABLE_IN_PROGRESS' }], nextToken: '2' } : { delegatedAdminAccounts: administrators.map((accountId) => ({ accountId, status: 'ENABLED' })) }));
  on(EnableDelegatedAdminAccountCommand, ({ delegatedAdminAccountId }) => {
    if (administrators.length > 0) throw named('ConflictException', 'There is an administrator already');
    administrators.push(delegatedAdminAccountId);
    return {};
  });
});

test('the administrator is named in its Region, and taken as it is where it is', async () => {
  expect(await send('Create', RESOURCE)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'inspector-administrator:eu-west-1:222222222222:created', regions: ['eu-west-1'] });
  expect((await send('Create', RESOURCE)).PhysicalResourceId).toMatch(/:found$/);
  expect(inspector.commandCalls(EnableDelegatedAdminAccountCommand)).toHaveLength(1);
});

test('another change under way is waited for, and one that lasts is a failure', async () => {
  let busy = 3;
  before = (command) => {
    if (command === 'EnableDelegatedAdminAccountCommand' && busy-- > 0) throw named('ConflictException', 'Multiple changes cannot be done at the same time');
  };
  expect(await send('Create', RESOURCE)).toMatchObject({ Status: 'SUCCESS', waits: [5000, 5000, 5000] });
  administrators = [];
  busy = 1000;
  expect(await send('Create', RESOURCE)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('Multiple changes') });
});

test('it is not taken from another account: the way out is told', async () => {
  administrators = ['333333333333'];
  expect((await send('Create', RESOURCE)).Reason).toContain('aws inspector2 disable-delegated-admin-account --delegated-admin-account-id 333333333333 --region eu-west-1');
});

test('it stays when it is removed here', async () => {
  expect(await send('Delete', RESOURCE, 'inspector-administrator:eu-west-1:222222222222:created')).toMatchObject({ Status: 'SUCCESS' });
  expect(inspector.calls()).toEqual([]);
});

test.each(FAULTS)('each call that $fault is repeated, and nothing is lost', async ({ error, when }) => {
  const calls: string[] = [];
  before = (command) => { calls.push(command); };
  await send('Create', RESOURCE);
  expect(calls).toHaveLength(5);
  for (const at of calls.keys()) {
    administrators = [];
    let count = -1;
    const fail = () => {
      if (count === at) {
        count++;
        throw named(error);
      }
    };
    before = () => {
      count++;
      if (when === 'before') fail();
    };
    after = () => {
      if (when === 'after') fail();
    };
    expect(await send('Create', RESOURCE)).toMatchObject({ Status: 'SUCCESS' });
    expect(administrators).toEqual(['222222222222']);
  }
});
