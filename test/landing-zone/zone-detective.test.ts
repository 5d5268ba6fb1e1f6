import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountLifecycle, LandingZone, LockFile, RegionStandard, ZoneDetectiveProps } from '../../src';

const REGIONS = ['eu-west-1', 'eu-central-1', 'us-east-1'];

function zone(props?: ZoneDetectiveProps, allowed = REGIONS, before: (made: LandingZone) => void = () => {}, lockFile?: LockFile, accountStacks?: number) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed }), accountEmail: 'aws+{account}@acme.example', lockFile, accountStacks });
  before(made);
  const members = made.detection.addDetective(props);
  const stack = (name: string) => app.node.findChild(name) as Stack;
  const template = (name: string) => Template.fromStack(stack(name));
  const ids = (name = 'Acme-Detective-Members-eu-west-1') => Object.entries(template(name).findResources('AWS::Detective::MemberInvitation')).map(([id, { Properties }]) => `${id} ${Properties.MemberId}`);
  return { app, made, members, stack, template, ids, after: (name: string) => stack(name).dependencies.map(({ stackName }) => stackName) };
}

test('the administrator has a graph in every Region, which the management account makes the organization\'s', () => {
  const { made, stack, template } = zone();
  const { accountId } = made.account('security');
  for (const region of REGIONS) {
    expect(stack(`Acme-Detective-${region}`).account).toBe(accountId);
    template(`Acme-Detective-${region}`).hasResource('AWS::Detective::Graph', { DeletionPolicy: 'RetainExceptOnCreate' });
    expect(stack(`Acme-Detective-Administrator-${region}`).account).toBe(made.organization.managementAccountId);
    template(`Acme-Detective-Administrator-${region}`).hasResource('AWS::Detective::OrganizationAdmin', { Properties: { AccountId: accountId }, DeletionPolicy: 'RetainExceptOnCreate' });
  }
  Template.fromStack(made.organizationStack).hasResourceProperties('Custom::OrganizationTrustedAccess', { ServicePrincipal: 'detective.amazonaws.com' });
  Template.fromStack(made.organizationStack).hasResourceProperties('Custom::OrganizationDelegatedAdministrator', { ServicePrincipal: 'detective.amazonaws.com' });
});

test('graphs come first, then the administrator one Region after the other, then members', () => {
  const { after } = zone();
  for (const [at, region] of REGIONS.entries()) {
    expect(after(`Acme-Detective-${region}`)).toEqual(['Acme-Organization']);
    expect(after(`Acme-Detective-Administrator-${region}`)).toEqual(['Acme-Organization', `Acme-Detective-${region}`, ...REGIONS.slice(Math.max(0, at - 1), at).map((last) => `Acme-Detective-Administrator-${last}`)]);
    expect(after(`Acme-Detective-Members-${region}`).sort()).toEqual([`Acme-Detective-${region}`, `Acme-Detective-Administrator-${region}`, 'Acme-Organization'].sort());
  }
});

test('all accounts are members of the graph of the Region, the management account too, but the administrator', () => {
  const { made, members, template } = zone();
  const keys = made.organization.accounts.map(({ key }) => key).filter((key) => key !== 'security');
  expect(members.map(({ memberKeys }) => memberKeys)).toEqual(REGIONS.map(() => ['management', ...keys]));
  const resources = Object.values(template('Acme-Detective-Members-us-east-1').findResources('AWS::Detective::MemberInvitation'));
  expect(resources.map(({ Properties }) => Properties.MemberId)).toEqual([made.organization.managementAccountId, ...keys.map((key) => made.account(key).accountId)]);
  for (const { Properties } of resources) expect(Properties.GraphArn['Fn::GetStackOutput']).toMatchObject({ StackName: 'Acme-Detective-us-east-1' });
});

test('an account is left out for a reason, which is in the template', () => {
  const { template, members } = zone({ without: [{ account: 'network', reason: 'Nobody signs in' }] });
  expect(members[0]!.memberKeys).not.toContain('network');
  expect(template('Acme-Detective-Members-eu-west-1').toJSON().Metadata['cdk-landing-zone']).toEqual({ without: { network: 'Nobody signs in' } });
});

test('an account whose id is not known yet is a member with the deployment after it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'detective-'));
  const file = join(folder, 'organization.lock.json');
  writeFileSync(file, JSON.stringify({
    version: 1, organizationId: 'o-abcdefghij', rootId: 'r-ab12', managementAccountId: '111111111111', units: {},
    accounts: { 'aws+security@acme.example': '222222222222', 'aws+network@acme.example': '333333333333' },
  }));
  const { members } = zone({}, ['eu-west-1'], undefined, LockFile.load(file));
  rmSync(folder, { recursive: true });
  expect(members[0]!.memberKeys).toEqual(['management', 'network']);
});

test('closed accounts are no members', () => {
  const { members } = zone({}, REGIONS, (made) => {
    made.unit('Sandbox').addAccount('old', { email: 'aws+old@acme.example', lifecycle: AccountLifecycle.closed('2026-11-01') });
  });
  expect(members[0]!.memberKeys).not.toContain('old');
});

test('another Region or account changes no logical id, and members stay in their stack', () => {
  const play = (made: LandingZone) => { made.unit('Sandbox').addAccount('play', { email: 'aws+play@acme.example' }); };
  expect(zone({}, [...REGIONS, 'eu-north-1'], play).ids()).toEqual(expect.arrayContaining(zone().ids()));
  const stacks = ['Acme-Detective-Members1-eu-west-1', 'Acme-Detective-Members2-eu-west-1'];
  const [before, after] = [zone({ memberStacks: 2 }), zone({ memberStacks: 2 }, REGIONS, play)];
  for (const name of stacks) {
    expect(before.ids(name).length).toBeGreaterThan(0);
    expect(after.ids(name)).toEqual(expect.arrayContaining(before.ids(name)));
  }
  expect(stacks.flatMap((name) => before.ids(name))).toHaveLength(zone().ids().length);
});

test('an account that comes after it stops the synthesis', () => {
  const { app, made } = zone();
  made.unit('Sandbox').addAccount('play', { email: 'aws+play@acme.example' });
  expect(() => app.synth()).toThrow('Detective: play came after zone.detection.addDetective() and would be no members');
});

test('two synths are identical, and it is added once', () => {
  const templates = () => zone().app.synth().stacks.map(({ stackName, template }) => [stackName, JSON.stringify(template)]);
  expect(templates()).toEqual(templates());
  expect(() => zone().made.detection.addDetective()).toThrow('has Detective already');
});

test('what cannot be is said, all of it', () => {
  expect(() => zone({ account: 'nobody' })).toThrow('There is no account "nobody"');
  const without = (account: string, reason: string) => ({ account, reason });
  expect(() => zone({ memberStacks: 0, without: [without('shop', 'x'), without('security', 'x'), without('network', ' '), without('network', 'x')] })).toThrow(
    'zone.detection.addDetective: without names shop, and there is no such account; without names security, which administers it; network is left out twice; network is left out without a reason; '
    + 'memberStacks is 0: a whole number from 1 to 12 is expected',
  );
});

test('more accounts than AWS takes are refused', () => {
  const many = (count: number) => (made: LandingZone) => {
    const unit = made.unit('Sandbox');
    for (let at = made.organization.accounts.length; at < count; at++) unit.addAccount(`a${at}`, { email: `aws+a${at}@acme.example` });
  };
  // The management account is one, and the administrator is none.
  expect(() => zone({ memberStacks: 12 }, ['eu-west-1'], many(1_201), undefined, 4)).toThrow(/1201 accounts would be members, and AWS takes 1200/);
});

test('snapshot of the home Region', () => {
  const { template } = zone({}, ['eu-west-1']);
  expect(['Detective', 'Detective-Administrator'].map((name) => template(`Acme-${name}-eu-west-1`).toJSON().Resources)).toMatchSnapshot();
});
