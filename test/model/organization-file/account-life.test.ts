import { parseOrganizationFile } from '../../../src/model/organization-file/read-organization-file';
import { organizationFiles } from '../../../src/model/organization-file/write-organization-file';

const read = (text: string) => parseOrganizationFile(text, 'organization.yaml', { controlIds: [], controlSets: ['quarantine'] }, () => undefined);
const HEAD = 'organization:\n  managementAccount: { name: management, email: aws@acme.example }\n  units:\n    Suspended:\n      controlSets: [quarantine]\n      accounts:\n';
const problems = (account: string) => read(`${HEAD}        shop: { email: a@acme.example, ${account} }\n`).problems.map(({ place: { line }, message, hint }) => `${line}: ${message} | ${hint}`).join('\n');

const ALL = `${HEAD}        new: { email: a@acme.example, state: vending }
        resting: { email: b@acme.example, state: suspended, moved: { from: Workloads/Prod, reason: CHG-1 } }
        gone: { email: c@acme.example, state: closed, closedOn: 2026-11-23 }
        quiet: { email: d@acme.example, state: active }
        moved: { email: e@acme.example, moved: { from: Root, reason: CHG-2 } }
`;

test('each state, the day of closing and the reason of a move', () => {
  const { definition, problems: none } = read(ALL);
  expect(none).toEqual([]);
  expect(definition!.root.units[0]!.accounts.map(({ key, life }) => [key, life])).toEqual([
    ['new', { state: 'vending' }],
    ['resting', { state: 'suspended', moved: { from: 'Root/Workloads/Prod', reason: 'CHG-1' } }],
    ['gone', { state: 'closed', closedOn: '2026-11-23' }],
    ['quiet', undefined],
    ['moved', { state: 'active', moved: { from: 'Root', reason: 'CHG-2' } }],
  ]);
});

test('what is written is read again', () => {
  const { definition } = read(ALL);
  const again = read(organizationFiles(definition!).get('organization.yaml')!).definition!;
  expect(again.root.units[0]!.accounts.map(({ life }) => life)).toEqual(definition!.root.units[0]!.accounts.map(({ life }) => life));
});

test.each<[string, string, string]>([
  ['an unknown state', 'state: paused', '7: state "paused" of account shop | expected vending, active, suspended or closed'],
  ['closed without its day', 'state: closed', '7: a closed account without closedOn | add the day on which it is closed'],
  ['a day without being closed', 'state: suspended, closedOn: 2026-11-23', '7: closedOn of an account that is suspended | leave it out, or say state: closed'],
  ['a day of no calendar', 'state: closed, closedOn: 2026-02-30', '7: there is no day 2026-02-30 | expected a day of the calendar'],
  ['a day in other words', 'state: closed, closedOn: yesterday', 'closedOn "yesterday" of account shop | expected the day on which a closed account is closed'],
  ['a move without its reason', 'moved: { from: Sandbox }', 'moved of account shop lacks "reason" | add it'],
  ['a move with an empty reason', 'moved: { from: Sandbox, reason: " " }', 'expected the reason for which it may lose guardrails'],
])('refused: %s', (_, account, expected) => expect(problems(account)).toContain(expected));

test('all mistakes at once', () => {
  const found = problems('state: closed, closedOn: 2026-02-30, moved: { from: Sandbox }').split('\n');
  expect(found).toHaveLength(2);
});

test('the management account has no state', () => {
  expect(read('organization:\n  managementAccount: { email: aws@acme.example, state: vending }\n').problems.map(({ message }) => message)).toEqual(['unknown key "state" in the management account']);
});
