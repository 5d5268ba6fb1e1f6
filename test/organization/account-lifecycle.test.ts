import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountLifecycle, AssignmentTarget, IdentityCenter, IdentityGroup, LandingZone, Organization, OrganizationFile, PermissionSets } from '../../src';
import { organizationFromAssembly } from '../../src/model/assembly/organization-from-assembly';
import { readAssembly } from '../../src/model/assembly/read-assembly';
import { modelOfDefinition } from '../../src/organization/model-of-definition';

const FILE = join(mkdtempSync(join(tmpdir(), 'life-')), 'organization.yaml');
writeFileSync(FILE, `organization:
  managementAccount: { email: aws@acme.example }
  regions: { home: eu-west-1 }
  units:
    Prod: { accounts: { web: { email: w@acme.example, moved: { from: Sandbox, reason: CHG-1 } } } }
    Suspended:
      controlSets: [quarantine]
      accounts:
        new: { email: n@acme.example, state: vending }
        shop: { email: s@acme.example, state: suspended }
        old: { email: o@acme.example, state: closed, closedOn: 2026-11-01 }
`);

const lives = (accounts: readonly { readonly key: string; readonly life?: object }[]) => Object.fromEntries(accounts.map(({ key, life }) => [key, life]));

test('the file, and the assembly synthesized from it, say the same of every life', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'life-'));
  const app = new App({ outdir });
  new LandingZone(app, 'Acme', { organization: OrganizationFile.load(FILE) });
  app.synth();
  const { model } = organizationFromAssembly(readAssembly(outdir));
  expect(lives(model!.accounts)).toEqual(lives(modelOfDefinition(OrganizationFile.load(FILE)._definition).model.accounts));
  expect(lives(model!.accounts)).toMatchObject({ old: { state: 'closed', closedOn: '2026-11-01' }, web: { moved: { from: 'Root/Sandbox' } } });
});

test('a state is metadata alone: AWS is asked for nothing, and every account is retained', () => {
  const accounts = (lifecycle?: AccountLifecycle) => {
    const stack = new Stack(new App(), 'Organization');
    new Organization(stack, 'Organization', { managementAccount: { email: 'm@acme.example' } }).root.addAccount('shop', { email: 's@acme.example', lifecycle });
    return Object.values(Template.fromStack(stack).findResources('AWS::Organizations::Account'));
  };
  const [plain] = accounts();
  for (const lifecycle of [AccountLifecycle.vending(), AccountLifecycle.active(), AccountLifecycle.suspended(), AccountLifecycle.closed('2026-11-01'), AccountLifecycle.active().movedFrom('Sandbox', 'CHG-1')]) {
    const [resource] = accounts(lifecycle);
    expect({ ...resource, Metadata: undefined }).toEqual({ ...plain, Metadata: undefined });
    expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  }
  expect(accounts(AccountLifecycle.active())).toEqual([plain]);
  expect(accounts(AccountLifecycle.closed('2026-11-01'))[0]!.Metadata).toMatchObject({ 'cdk-landing-zone': { life: { state: 'closed', closedOn: '2026-11-01' } } });
});

test('an existing account has its state too', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'life-'));
  const app = new App({ outdir });
  const zone = new LandingZone(app, 'Acme', { organization: OrganizationFile.load(FILE) });
  zone.unit('Suspended').addAccount('found', { email: 'f@acme.example', existingAccountId: '111122223333', lifecycle: AccountLifecycle.suspended() });
  app.synth();
  expect(organizationFromAssembly(readAssembly(outdir)).model!.account('found')!.life).toEqual({ state: 'suspended' });
});

test('refused: a day of no calendar, a move without a reason', () => {
  expect(() => AccountLifecycle.closed('2026-13-01')).toThrow('names no day of the calendar');
  expect(() => AccountLifecycle.active().movedFrom('Sandbox', ' ')).toThrow('has no reason');
});

test('synthesis fails where people are assigned to a suspended account', () => {
  const printed = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const synthesize = (except: AssignmentTarget[]) => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'life-')) });
    const zone = new LandingZone(app, 'Acme', { organization: OrganizationFile.load(FILE) });
    const people = new IdentityCenter(app, 'People', { organization: zone.organization, region: 'eu-west-1', instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef', identityStoreId: 'd-1234567890' });
    people.assign({ group: IdentityGroup.managed('audit', 'Audit'), permissionSet: PermissionSets.viewer(), targets: [AssignmentTarget.everyAccount()], except });
    app.synth();
  };
  expect(() => synthesize([])).toThrow(/shop is suspended, and a group or person is assigned to it/);
  expect(() => synthesize([AssignmentTarget.unit('Suspended')])).not.toThrow();
  printed.mockRestore();
});
