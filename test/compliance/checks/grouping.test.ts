import * as fc from 'fast-check';
import { EXEMPT, idOf, organization, PLATFORM, PolicySketch, TRAIL, TRAIL_STATEMENT } from './organizations';
import { evaluate } from '../../../src/analysis/evaluate';
import { controlProofs } from '../../../src/compliance/checks/control-proofs';
import { neverLockedOut } from '../../../src/compliance/checks/lockout';
import { AccountNode, OrganizationModel } from '../../../src/model/organization-model';

const TREE = { accounts: ['lone'], units: { Prod: { accounts: ['web', 'data', 'pay'] }, Empty: { units: { Dev: { accounts: ['dev'] } } } } };
const TARGETS = ['Root', 'Root/Prod', 'Root/Empty', 'Root/Empty/Dev', 'Root/Prod/web', 'Root/lone'];

const condition = fc.constantFrom<object>(
  {}, EXEMPT,
  { StringEquals: { 'aws:PrincipalAccount': idOf('web') } },
  { StringNotEquals: { 'aws:PrincipalAccount': [idOf('data'), idOf('lone')] } },
  { StringLike: { 'aws:PrincipalAccount': `${idOf('pay').slice(0, 6)}*` } },
  { StringNotLike: { 'aws:PrincipalAccount': `*${idOf('dev').slice(-3)}` } },
  { NumericLessThan: { 'aws:PrincipalAccount': idOf('data') } },
  { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${idOf('pay')}:role/*` } },
  { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${idOf('pay').slice(0, 4)}????????:role/*` } },
  { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-abcdefghij/r-ab12/ou-*' } },
  { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
);
const statement = fc.record({ Effect: fc.constant('Deny'), Action: fc.constantFrom('iam:CreateRole', 'cloudformation:*', 'cloudtrail:*'), Resource: fc.constant('*'), Condition: condition });
const policies = fc.array(fc.record({
  on: fc.subarray(TARGETS, { minLength: 1 }),
  statements: fc.array(statement, { minLength: 1, maxLength: 3 }),
  holdsControl: fc.boolean(),
}), { maxLength: 4 }).map((list) => list.map(({ on, statements, holdsControl }, index): PolicySketch => ({
  name: `p${index}`, on, statements: holdsControl ? [...statements, TRAIL_STATEMENT] : statements, controls: holdsControl ? [TRAIL.id] : [],
})));

/** Each member account, and one for each unit without any. */
function everyAccount(model: OrganizationModel): AccountNode[] {
  return model.units.flatMap((unit) => {
    const members = unit.accounts.filter(({ isManagement }) => !isManagement);
    return members.length > 0 ? members : [{ ...model.accounts.find(({ key }) => key === 'dev')!, id: '000000000000', unitPath: unit.path }];
  });
}

test('asking once a group finds what asking for each account finds', () => {
  const seen = { whole: 0, part: 0 };
  fc.assert(fc.property(policies, (sketches) => {
    const model = organization(TREE, sketches, { controls: [TRAIL] });
    const accounts = everyAccount(model);
    const kept = accounts.flatMap((account) => PLATFORM[0]!.needs.filter((action) => evaluate(
      { action, principal: PLATFORM[0]!.principal, context: { 'aws:SecureTransport': 'true', 'aws:PrincipalIsAWSService': 'false' } }, model.policiesOf(account),
    ).decision === 'allowed'));
    expect(neverLockedOut(model).proved).toBe(kept.length);

    const reached = accounts.filter((account) => [...model.lineage(account).map(({ id }) => id), account.id]
      .some((id) => model.attached(id, 'SERVICE_CONTROL_POLICY').some(({ controls }) => controls.includes(TRAIL.id))));
    const stopped = reached.filter((account) => evaluate({ action: 'cloudtrail:StopLogging', principal: 'role/any' }, model.policiesOf(account)).decision === 'denied');
    // The statement of the control leaves both requests alone wherever it is.
    expect(controlProofs(model).proved).toBe(stopped.length + 2 * reached.length);
    seen[kept.length === 2 * accounts.length ? 'whole' : 'part'] += 1;
  }), { numRuns: 400, seed: 20261122 });
  expect(Math.min(seen.whole, seen.part)).toBeGreaterThan(30);
});
