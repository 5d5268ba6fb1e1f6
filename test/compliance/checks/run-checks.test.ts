import { organization, TRAIL, TRAIL_STATEMENT } from './organizations';
import { lock } from '../../../src/compliance/checks/lock';
import { runChecks } from '../../../src/compliance/checks/run-checks';
import { tree } from '../../../src/compliance/checks/tree';
import { PlaceholderIds } from '../../../src/model/lock-file';
import { OrganizationModel, UnitNode } from '../../../src/model/organization-model';

const TREE = { units: { Prod: { accounts: ['web', 'data'] } } };

test('all checks, each once', () => {
  const model = organization(TREE, [{ name: 'guard', on: ['Root'], statements: [TRAIL_STATEMENT], controls: ['LZ.TRAIL.1'] }], { controls: [TRAIL] });
  const results = runChecks(model, []);
  expect(results.map(({ id, findings }) => [id, findings.length])).toEqual([['LZ.TREE', 0], ['LZ.PROOF', 0], ['LZ.LOCKOUT', 0], ['LZ.QUOTA', 0], ['LZ.LIFECYCLE', 0], ['LZ.LOCK', 0]]);
  expect(results.every(({ proved }) => proved > 0)).toBe(true);
});

test('problems of the reader are errors where they are', () => {
  const origin = { logicalId: 'A', template: 'T.json' };
  const { findings, proved } = tree(organization(TREE), [
    { place: { file: 'organization.yaml', line: 3 }, message: 'one' }, Object.assign({ place: { file: 'T.json' }, message: 'two', hint: 'do' }, { origin }),
  ]);
  expect(proved).toBe(0);
  expect(findings).toEqual([
    { rule: 'LZ.TREE', severity: 'error', message: 'one', hint: '', origins: [{ place: { file: 'organization.yaml', line: 3 } }] },
    { rule: 'LZ.TREE', severity: 'error', message: 'two', hint: 'do', origins: [origin] },
  ]);
});

describe('lock file', () => {
  const lacking = (keys: readonly string[], more = {}): OrganizationModel => {
    const model = organization({ units: { Prod: { accounts: [...new Set(['web', 'data', ...keys])].filter((key) => key !== 'management') } } }, [], more);
    const renew = (unit: UnitNode): UnitNode => ({
      ...unit,
      units: unit.units.map(renew),
      accounts: unit.accounts.map((account) => (keys.includes(account.key) ? { ...account, isPlaceholder: true } : account)),
    });
    return new OrganizationModel({ ...model.data, root: renew(model.data.root) });
  };

  test('knows all accounts', () => {
    expect(lock(lacking([]))).toMatchObject({ proved: 3, findings: [], summary: '3 of 3 accounts known' });
  });

  test('lacks one of a real organization: a warning with its name and the command', () => {
    expect(lock(lacking(['web']))).toMatchObject({
      proved: 2,
      findings: [{
        rule: 'LZ.LOCK',
        severity: 'warning',
        message: 'organization.lock.json lacks web: stacks in this account refuse deployment',
        hint: 'Deploy the organization\'s stack, which creates them, then run "npx landing-zone pull".',
        origins: [{ logicalId: 'Accountweb' }],
      }],
    });
  });

  test('lacks many: each by name', () => {
    const keys = Array.from({ length: 12 }, (_, index) => `new${index}`);
    const [finding] = lock(lacking(keys)).findings;
    expect(finding!.message).toBe('organization.lock.json lacks new0, new1, new2, new3, new4, new5, new6, new7, new8, new9 and 2 more: stacks in these accounts refuse deployment');
    expect(finding!.details).toEqual([`lacks ${keys.join(', ')}`]);
  });

  test('a trial without any lock file is only noted', () => {
    expect(lock(lacking(['web', 'data', 'management'], { organizationId: PlaceholderIds.ORGANIZATION }))).toMatchObject({ proved: 0, findings: [], summary: 'none: placeholder account ids' });
  });
});
