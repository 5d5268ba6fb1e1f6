import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { Control, Controls, ControlSet, IControlGroup, LandingZone, LandingZoneProps, PreventiveMechanism, RegionStandard, Severity } from '../../src';

const REGIONS = new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] });

function compose(build: (zone: LandingZone, app: App) => void = () => {}, props: Partial<LandingZoneProps> = {}) {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'zone-')), analyticsReporting: false });
  const zone = new LandingZone(app, 'Acme', { regions: REGIONS, accountEmail: 'aws+{account}@acme.example', ...props });
  build(zone, app);
  return { app, zone };
}

function synthesize(build?: (zone: LandingZone, app: App) => void, props?: Partial<LandingZoneProps>) {
  const { app } = compose(build, props);
  return app.synth();
}

const policiesOf = (template: any): { [id: string]: any } => Object.fromEntries(
  Object.entries<any>(template.Resources).filter(([, { Type }]) => Type === 'AWS::Organizations::Policy'),
);

/** A control of its own for laws: one statement of a given size. */
function padded(area: string, number: number, bytes: number): Control {
  const resource = `arn:aws:s3:::${'x'.repeat(bytes)}`;
  return new Control({
    id: `ACME.${area}.${number}`,
    title: 'A statement of a given size',
    description: 'For tests.',
    severity: Severity.LOW,
    preventive: [PreventiveMechanism.serviceControl({ actions: ['s3:DeleteBucket'], resources: [resource] })],
    proof: { denies: [{ action: 's3:DeleteBucket', resource }], allows: [{ action: 's3:GetObject' }] },
  });
}

test('the foundational zone: tree, accounts, guardrails', () => {
  const template = Template.fromJSON(synthesize().getStackByName('Acme-Organization').template);
  for (const name of ['Security', 'Infrastructure', 'Workloads', 'Prod', 'NonProd', 'Sandbox', 'Suspended']) {
    template.hasResourceProperties('AWS::Organizations::OrganizationalUnit', { Name: name });
  }
  for (const name of ['log-archive', 'security', 'network']) template.hasResourceProperties('AWS::Organizations::Account', { AccountName: name, Email: `aws+${name}@acme.example` });
  template.hasResourceProperties('AWS::Organizations::Policy', { Name: 'foundational-1', Type: 'SERVICE_CONTROL_POLICY', TargetIds: [{ 'Fn::GetAtt': [Match.anyValue(), 'RootId'] }] });
  template.hasResourceProperties('AWS::Organizations::Policy', { Name: 'Suspended/quarantine-1' });
});

test('every preventive statement of a set exempts the platform, but for the root user', () => {
  const template = synthesize().getStackByName('Acme-Organization').template;
  const statements = Object.values(policiesOf(template)).filter(({ Properties }) => Properties.Type === 'SERVICE_CONTROL_POLICY').flatMap(({ Properties }) => [Properties.Content.Statement].flat());
  expect(statements.length).toBeGreaterThan(10);
  const without = statements.filter(({ Condition }) => !Condition?.ArnNotLike?.['aws:PrincipalArn']?.includes('arn:aws:iam::*:role/break-glass'));
  expect(without.map(({ Sid }) => Sid)).toEqual(['LZROOT1']);
});

test('organization and guardrails in a template, as a small snapshot', () => {
  const template = synthesize().getStackByName('Acme-Organization').template;
  const inventory = Object.values<any>(template.Resources).map(({ Type, Properties }) => `${Type} ${Properties.Name ?? Properties.AccountName ?? Properties.PolicyType ?? Properties.ServicePrincipal ?? ''}`.trim());
  expect(inventory.sort()).toMatchSnapshot();
});

test('a stack in an account with a placeholder id refuses deployment and says which command to run', () => {
  const assembly = synthesize((zone, app) => new Stack(app, 'Logs', { env: { account: zone.account('log-archive').accountId, region: 'eu-west-1' } }));
  const { Rules, Parameters } = assembly.getStackByName('Logs').template;
  expect(Parameters.AccountIds.Default).toBe('placeholder');
  expect(Rules.AccountIdsAreReal.Assertions[0].AssertDescription).toContain('Run "npx landing-zone pull"');
});

test('a stack in a real account does not', () => {
  const assembly = synthesize((_, app) => new Stack(app, 'Real', { env: { account: '210987654321', region: 'eu-west-1' } }));
  expect(assembly.getStackByName('Real').template.Rules?.AccountIdsAreReal).toBeUndefined();
});

describe('laws', () => {
  const statementsById = (assembly: ReturnType<typeof synthesize>) => Object.fromEntries(assembly.stacks.flatMap(({ template, stackName }) => Object.entries(policiesOf(template))
    .filter(([, { Properties }]) => Properties.Content.Statement !== undefined)
    .flatMap(([id, { Properties }]) => [Properties.Content.Statement].flat().map((statement: any) => [statement.Sid, `${stackName}/${id}`]))));

  test('adding a control moves no statement', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 10, max: 6000 }), { minLength: 1, maxLength: 6 }), fc.integer({ min: 10, max: 6000 }), (sizes, added) => {
      const controls = sizes.map((size, index) => padded('LAW', index, size));
      const build = (list: Control[]) => statementsById(synthesize((zone) => zone.enable('Workloads/Prod', ...list)));
      expect(build([...controls, padded('LAW', 99, added)])).toMatchObject(build(controls));
    }), { numRuns: 8 });
  });

  test('adding a control set, a unit or an account moves no statement', () => {
    const before = statementsById(synthesize());
    const after = statementsById(synthesize((zone) => {
      zone.enable('Workloads/Prod', ControlSet.of('extra', padded('EXTRA', 1, 3000)));
      zone.unit('Workloads').addUnit('Staging').addAccount('web-staging', { email: 'aws+web-staging@acme.example' });
    }));
    expect(after).toMatchObject(before);
  });

  test('enabling a control twice is enabling it once', () => {
    const once = synthesize((zone) => zone.enable('Workloads/Prod', padded('TWICE', 1, 10)));
    const twice = synthesize((zone) => { zone.enable('Workloads/Prod', padded('TWICE', 1, 10)); zone.enable('Workloads/Prod', padded('TWICE', 1, 10)); });
    expect(twice.getStackByName('Acme-Organization').template).toEqual(once.getStackByName('Acme-Organization').template);
  });

  test('a control with options wins over a set that comes after it; after the set it fails synthesis, unless it says the same', () => {
    const [set, same, other] = [{ groupName: 'acme', controls: [padded('TWICE', 1, 10)] }, padded('TWICE', 1, 10), padded('TWICE', 1, 20)];
    const wide = (...groups: IControlGroup[]) => JSON.stringify(synthesize((zone) => { for (const group of groups) zone.enable('Workloads', group); }).getStackByName('Acme-Organization').template)
      .includes('x'.repeat(20));
    expect(wide(other, set)).toBe(true);
    expect(wide(set, same)).toBe(false);
    expect(() => wide(set, other)).toThrow('ACME.TWICE.1 is enabled on Root/Workloads already, by a control set or before, with other options, and these have no effect');
  });

  test('two syntheses are identical', () => {
    expect(JSON.stringify(synthesize().stacks.map(({ template }) => template))).toBe(JSON.stringify(synthesize().stacks.map(({ template }) => template)));
  });
});

describe('mistakes', () => {
  test('no Regions', () => {
    expect(() => compose(undefined, { regions: undefined })).toThrow('LandingZone needs its Regions');
  });

  test('no e-mails', () => {
    expect(() => compose(undefined, { accountEmail: undefined })).toThrow('LandingZone needs the accounts\' e-mails');
  });

  test.each([
    [{ home: 'eu-west-1', allowed: ['us-east-1'] }, 'home Region eu-west-1 is not among the allowed Regions us-east-1'],
    [{ home: 'Ireland' }, '"Ireland" is not of the form of a Region'],
    [{ home: 'eu-west-1', allowed: ['eu-west-1', 'eu-west-1'] }, 'eu-west-1 is listed twice'],
  ])('Regions %j', (props, message) => {
    expect(() => new RegionStandard(props)).toThrow(message);
  });

  test('a control that denies but proves nothing', () => {
    expect(() => new Control({
      id: 'ACME.S3.1', title: 't', description: 'd', severity: Severity.LOW, preventive: [PreventiveMechanism.serviceControl({ actions: ['s3:*'] })],
    })).toThrow('Control ACME.S3.1 denies requests but proves nothing');
  });

  test('a guardrail that is too large for a policy fails synthesis with the numbers', () => {
    expect(() => synthesize((zone) => zone.enable('Workloads/Prod', padded('HUGE', 1, 11_000)))).toThrow(/own on Root\/Workloads\/Prod: ACME\.HUGE\.1 alone makes a policy of 11\d\d\d bytes, 10240 are allowed/);
  });

  test('an account with no guardrail of the catalogue still has the ones it inherits', () => {
    const { zone } = compose((z) => z.enableOnAccount('network', Controls.byId('LZ.S3.1')!));
    expect(zone.account('network').targetPath).toBe('Root/Infrastructure/network');
  });
});
