import { organization, UnitSketch } from './organizations';
import { lifecycle } from '../../../src/compliance/checks/lifecycle';
import { AccountLife } from '../../../src/model/lifecycle/account-life';
import { OrganizationModel, UnitNode } from '../../../src/model/organization-model';
import { assemblyOf, StackSketch } from '../../model/assembly/stacks';

const QUARANTINE = { name: 'quarantine', on: ['Root/Suspended'], statements: [{ Effect: 'Deny', Action: '*', Resource: '*' }], controls: ['LZ.QUARANTINE.1'] };

/** Accounts of Prod and of Suspended, each with its life. */
function zone(prod: { [key: string]: AccountLife | undefined }, suspended: { [key: string]: AccountLife | undefined }): OrganizationModel {
  const tree: UnitSketch = { units: { Prod: { accounts: Object.keys(prod) }, Suspended: { units: { New: { accounts: Object.keys(suspended) } } } } };
  const { data } = organization(tree, [QUARANTINE]);
  const lives = { ...prod, ...suspended };
  const renew = (unit: UnitNode): UnitNode => ({
    ...unit, units: unit.units.map(renew), accounts: unit.accounts.map((account) => (lives[account.key] ? { ...account, life: lives[account.key]! } : account)),
  });
  return new OrganizationModel({ ...data, root: renew(data.root) });
}

const RESTING = zone({ web: undefined }, { fresh: { state: 'vending' }, shop: { state: 'suspended' }, old: { state: 'closed', closedOn: '2026-11-01' } });
const idOf = (key: string) => RESTING.account(key)!.id;
const findings = (...stacks: StackSketch[]) => lifecycle(RESTING, assemblyOf(...stacks)).findings.map(({ severity, message, hint }) => `${severity}: ${message} | ${hint}`);
const stackIn = (key: string, resources: object, name = 'Stack'): StackSketch => ({ name, account: idOf(key), region: 'eu-west-1', template: { Resources: resources } });

describe('places', () => {
  test('all where their state wants them', () => {
    expect(lifecycle(RESTING)).toMatchObject({ proved: 4, findings: [], summary: '1 active, 1 vending, 1 suspended, 1 closed' });
  });

  test.each<AccountLife>([{ state: 'vending' }, { state: 'suspended' }, { state: 'closed', closedOn: '2026-11-01' }])('$state outside of quarantine is an error', (life) => {
    const { findings: found, proved } = lifecycle(zone({ web: life }, {}));
    expect(proved).toBe(0);
    expect(found).toMatchObject([{ rule: 'LZ.LIFECYCLE', severity: 'error', message: `web is ${life.state} in Root/Prod, which has no quarantine`, origins: [{ logicalId: 'Accountweb' }] }]);
  });

  test('active in quarantine is a warning', () => {
    expect(lifecycle(zone({}, { web: undefined })).findings).toMatchObject([{ severity: 'warning', message: 'web is active in Root/Suspended/New, where the quarantine stops it' }]);
  });

  test('a quarantine on the account alone is none: it comes after the account', () => {
    const { data } = zone({ web: { state: 'vending' } }, {});
    const onAccount = new OrganizationModel({ ...data, policies: data.policies.map((policy) => ({ ...policy, targetIds: [...policy.targetIds, RESTING.account('web')!.id] })) });
    expect(lifecycle(onAccount).findings).toHaveLength(1);
  });
});

describe('how many are closed', () => {
  const closedOn = (days: readonly string[], others = 0) => zone(
    Object.fromEntries(Array.from({ length: others }, (_, index) => [`web${index}`, undefined])),
    Object.fromEntries(days.map((day, index) => [`old${index}`, { state: 'closed', closedOn: day } as const])),
  );

  test('ten of a small organization, and the eleventh 30 days after the first', () => {
    expect(lifecycle(closedOn([...Array(10).fill('2026-11-01'), '2026-12-01'])).findings).toEqual([]);
  });

  test('eleven within 30 days: which to leave for later', () => {
    expect(lifecycle(closedOn([...Array(10).fill('2026-11-01'), '2026-11-30'])).findings).toMatchObject([{
      severity: 'error', message: '11 accounts are closed within 30 days of 2026-11-01, AWS lets an organization of 11 members close 10', hint: 'Leave 1 of them suspended for later: old10.',
      origins: [{ logicalId: 'Accountold10' }],
    }]);
  });

  test('a tenth of a large organization', () => {
    expect(lifecycle(closedOn(Array(12).fill('2026-11-01'), 108)).findings).toEqual([]);
    expect(lifecycle(closedOn(Array(12).fill('2026-11-01'), 107)).findings).toHaveLength(1);
  });
});

describe('what stacks do', () => {
  test('nothing of it where there is nothing to find', () => {
    expect(findings(stackIn('web', { Attachment: { Type: 'AWS::EC2::TransitGatewayVpcAttachment' } }), stackIn('shop', { Vpc: { Type: 'AWS::EC2::VPC' } }, 'Other'))).toEqual([]);
  });

  test('a stack in a closed account', () => {
    expect(findings(stackIn('old', {}))).toEqual(['error: stack Stack is deployed into old, which is closed | Take it out of the app: nothing can be deployed into a closed account.']);
  });

  test.each(['AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::TransitGatewayVpcAttachment', 'AWS::NetworkManager::VpcAttachment', 'AWS::EC2::VPCPeeringConnection', 'AWS::Route53Profiles::ProfileAssociation'])(
    'a suspended account in the network: %s', (type) => {
      expect(findings(stackIn('shop', { Attachment: { Type: type } }))).toEqual(['error: shop is suspended, and stack Stack joins it to the network | Take its spoke out of the segment: a suspended account has no network.']);
    },
  );

  test('people assigned to who is suspended or closed, once an account', () => {
    const assignment = (key: string) => ({ Type: 'AWS::SSO::Assignment', Properties: { TargetId: idOf(key), TargetType: 'AWS_ACCOUNT' } });
    expect(findings(stackIn('web', { A: assignment('shop'), B: assignment('shop'), C: assignment('old'), D: assignment('web') }))).toEqual([
      'error: shop is suspended, and 2 groups or people are assigned to it | Leave it out of the assignments: except: [AssignmentTarget.account(\'shop\')], or AssignmentTarget.unit(\'Suspended/New\').',
      'error: old is closed, and a group or person is assigned to it | Leave it out of the assignments: except: [AssignmentTarget.account(\'old\')], or AssignmentTarget.unit(\'Suspended/New\').',
    ]);
  });

  test.each([{}, { DeletionPolicy: 'Retain' }, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Retain' }, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' }])(
    'an account that CloudFormation would close: %j', (policies) => {
      const account = { Type: 'AWS::Organizations::Account', Metadata: { 'cdk-landing-zone': { key: 'shop' } }, ...policies };
      expect(findings(stackIn('web', { A: account }))).toEqual([expect.stringContaining('error: account shop is closed when it leaves the template')]);
    },
  );

  test('a retained account is kept', () => {
    expect(findings(stackIn('web', { A: { Type: 'AWS::Organizations::Account', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' } }))).toEqual([]);
  });

  const stackSet = (baseline: string, unit: string) => ({ Type: 'AWS::CloudFormation::StackSet', Metadata: { 'cdk-landing-zone': { baseline, unit } } });

  test('a new account without what every active one has', () => {
    expect(findings(stackIn('web', { A: stackSet('Acme-Keys', 'Root/Prod'), B: stackSet('Acme-Config', 'Root/Prod'), C: stackSet('Acme-Config', 'Root/Suspended') }))).toEqual([
      'error: fresh is vending in Root/Suspended/New and does not get Acme-Keys there, as every active account does | Add Root/Suspended/New to a wave of the baseline: the account would begin to work without.',
    ]);
  });

  test('what only some have is no baseline of all', () => {
    expect(findings(stackIn('web', { A: stackSet('Acme-Keys', 'Root/Prod/web/deeper') }))).toEqual([]);
    expect(findings(stackIn('web', { A: stackSet('Acme-Keys', 'Root') }))).toEqual([]);
  });
});
