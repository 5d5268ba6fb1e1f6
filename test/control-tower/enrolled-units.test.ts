import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { saidBy, zoneWith } from './towers';
import { ControlTower, ControlTowerOptions, PlatformPrincipals } from '../../src';
import { organizationFromAssembly } from '../../src/model/assembly/organization-from-assembly';
import { readAssembly } from '../../src/model/assembly/read-assembly';
import { policyLimits } from '../../src/model/policy-limits';
import { policyType } from '../../src/model/policy-types';

const UNITS = ['Infrastructure', 'Workloads', 'Workloads/NonProd', 'Workloads/Prod'];
const enrolling = (units: string[], options: ControlTowerOptions = {}) => zoneWith(ControlTower.existing({ units, ...options }));
const baselines = (units: string[], options: ControlTowerOptions = {}) => enrolling(units, options).resources('AWS::ControlTower::EnabledBaseline');

test('a unit is enrolled by AWSControlTowerBaseline of the home Region, and stays enrolled when it leaves the template', () => {
  const [id, resource] = Object.entries(baselines(['Workloads'])).at(0)!;
  expect(id).toMatch(/^UnitsRootWorkloads[0-9A-F]{8}$/);
  expect(resource).toMatchObject({
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: { BaselineIdentifier: 'arn:aws:controltower:eu-west-1::baseline/17BSJV3IGJ2QSGA2', BaselineVersion: '5.0' },
  });
  expect(resource.Properties).not.toHaveProperty('Parameters');
  expect(resource).not.toHaveProperty('DependsOn');
});

test('its target is the ARN of the unit, from ids that the organization\'s stack says', () => {
  const { app, zone } = enrolling(['Workloads/Prod', 'Workloads']);
  const assembly = app.synth();
  const template = assembly.getStackByName('Acme-ControlTower').template;
  const outputs = assembly.getStackByName('Acme-Organization').template.Outputs;
  const [target] = Object.entries<any>(template.Resources).filter(([id]) => id.startsWith('UnitsRootWorkloadsProd')).map(([, { Properties }]) => Properties.TargetIdentifier);
  const [before, organization, slash, unit] = target['Fn::Join'][1];
  expect([before, slash]).toEqual([`arn:aws:organizations::${zone.organization.managementAccountId}:ou/`, '/']);
  expect([organization, unit].map((reference) => outputs[reference['Fn::GetStackOutput'].OutputName].Description)).toEqual(['Id of OrganizationId', 'Id of Root/Workloads/Prod']);
});

test('with IAM Identity Center and an older landing zone', () => {
  const arn = 'arn:aws:controltower:eu-west-1:111122223333:enabledbaseline/XAHCR4CJTSI4W07MZ';
  const [resource] = Object.values(baselines(['Sandbox'], { identityCenterBaselineArn: arn, baselineVersion: '4.0' }));
  expect(resource.Properties).toMatchObject({ BaselineVersion: '4.0', Parameters: [{ Key: 'IdentityCenterEnabledBaselineArn', Value: arn }] });
});

test('one after the other, parents before children, however they are named', () => {
  const order = (units: string[]) => {
    const found = baselines(units);
    const next = (before?: string) => Object.keys(found).find((id) => (before === undefined ? !found[id].DependsOn : found[id].DependsOn?.[0] === before));
    const chain: string[] = [];
    for (let id = next(); id !== undefined; id = next(id)) chain.push(id.slice('UnitsRoot'.length, -8));
    return chain;
  };
  expect(order(UNITS)).toEqual(['Infrastructure', 'Workloads', 'WorkloadsNonProd', 'WorkloadsProd']);
  for (const units of [[...UNITS].reverse(), [...UNITS.slice(2), ...UNITS.slice(0, 2)], [...UNITS, ...UNITS]]) expect(baselines(units)).toEqual(baselines(UNITS));
});

test('a unit more moves nothing: what is there keeps its id and its properties', () => {
  const properties = (units: string[]) => Object.fromEntries(Object.entries(baselines(units)).map(([id, { Properties }]) => [id, Properties]));
  for (const unit of ['Infrastructure', 'Workloads/NonProd', 'Workloads/Prod', 'Sandbox']) {
    const without = [...UNITS, 'Sandbox'].filter((one) => one !== unit);
    expect(properties([unit, ...without])).toMatchObject(properties(without));
  }
});

test('a unit that comes later is enrolled later', () => {
  const { zone, app } = enrolling(['Workloads']);
  zone.unit('Workloads').addUnit('Staging');
  zone.controlTower!.enroll('Workloads/Staging');
  expect(zone.controlTower!.units).toEqual(['Workloads', 'Workloads/Staging']);
  expect(saidBy(app)).toBe('');
});

test('it is deployed after the organization, and after stacks of accounts that come later', () => {
  const { app, zone, stack } = zoneWith(ControlTower.existing({ units: ['Workloads'] }), { accountStacks: 2 });
  for (const key of ['one', 'two', 'three', 'four']) zone.unit('Workloads').addAccount(key, { email: `aws+${key}@acme.example` });
  app.synth();
  const before = stack().dependencies.map(({ stackName }) => stackName).sort();
  expect(before).toEqual(expect.arrayContaining(['Acme-Organization', 'Acme-Organization-Accounts0', 'Acme-Organization-Accounts1']));
});

describe('what AWS Control Tower would refuse is said', () => {
  test.each<[string, string[], string]>([
    ['a unit under one that is not enrolled', ['Workloads/Prod'], 'Workloads/Prod is enrolled, and its parent is not. Enroll Workloads too'],
    ['the unit of its own accounts', ['Security'], 'Security cannot be enrolled, for it holds log-archive and security'],
  ])('%s', (_, units, words) => expect(saidBy(enrolling(units).app)).toContain(words));

  test('a unit below that of its own accounts', () => {
    const { app, zone } = enrolling(['Workloads']);
    zone.unit('Security').addUnit('Tools');
    zone.controlTower!.enroll('Security/Tools');
    expect(saidBy(app)).toContain('Security/Tools cannot be enrolled, for it is below the unit of log-archive and security');
  });

  test('a unit with more accounts than can be enrolled', () => {
    const { zone, app } = zoneWith(ControlTower.existing({ units: ['Sandbox'] }), { accountStacks: 8 });
    for (let index = 0; index < 1001; index += 1) zone.unit('Sandbox').addAccount(`a${index}`, { email: `aws+a${index}@acme.example` });
    expect(zone.controlTower!.node.validate()).toEqual([expect.stringContaining('Sandbox has 1001 accounts, and a unit with more than 1000 cannot be enrolled')]);
    expect(app.node.findAll().length).toBeGreaterThan(1001);
  });

  test('the root, unknown units and unknown accounts', () => {
    expect(() => enrolling(['Root'])).toThrow('the root cannot be enrolled');
    expect(() => enrolling(['Workload'])).toThrow('There is no unit "Workload"');
    expect(() => enrolling([], { logArchiveAccount: 'logs' })).toThrow('logArchiveAccount is "logs", and there is no such account. Accounts: log-archive, security, network');
    expect(() => ControlTower.existing({ baselineVersion: 'five', identityCenterBaselineArn: 'arn:aws:sso:::instance/1' })).toThrow(/baselineVersion is "five".*identityCenterBaselineArn is "arn:aws:sso/s);
  });

  test('a platform without AWS Control Tower', () => {
    const standard = PlatformPrincipals.standard();
    const platform = standard.principals.filter(({ rolePattern }) => rolePattern !== 'AWSControlTowerExecution');
    const lacking = Object.assign(Object.create(PlatformPrincipals.prototype), { principals: platform }) as PlatformPrincipals;
    expect(saidBy(zoneWith(ControlTower.existing(), { platformPrincipals: lacking }).app)).toContain('AWSControlTowerExecution is not one of the platform principals');
  });
});

describe('nothing twice', () => {
  const archived = (options: ControlTowerOptions = {}) => {
    const made = enrolling(['Workloads', 'Infrastructure'], options);
    made.zone.addLogArchive();
    return made;
  };
  const TRAIL = 'the organization has two trails';
  const CONFIG = 'an account has one recorder in a Region';

  test('a trail beside AWS Control Tower\'s is refused, and taken where it has none', () => {
    const both = archived();
    both.zone.logging.addTrail();
    expect(saidBy(both.app)).toContain(TRAIL);
    const one = archived({ trail: false });
    one.zone.logging.addTrail();
    expect(saidBy(one.app)).toBe('');
  });

  test('a recorder beside AWS Control Tower\'s is refused, where both record and not elsewhere', () => {
    const both = archived();
    both.zone.detection.addConfig();
    expect(saidBy(both.app)).toContain('AWS Config of Security, Infrastructure, Workloads is recorded by AWS Control Tower and by zone.detection.addConfig()');
    const below = archived();
    below.zone.detection.addConfig({ waves: [{ name: 'production', units: [below.zone.unit('Workloads/Prod')] }] });
    expect(saidBy(below.app)).toContain('AWS Config of Workloads is recorded');
    const apart = archived();
    apart.zone.detection.addConfig({ waves: [{ name: 'sandbox', units: [apart.zone.unit('Sandbox')] }] });
    expect(saidBy(apart.app)).not.toContain(CONFIG);
    const own = zoneWith(ControlTower.existing({ config: false }));
    own.zone.addLogArchive();
    own.zone.detection.addConfig();
    expect(saidBy(own.app)).toBe('');
  });

  test('enrolled units need AWS Control Tower\'s AWS Config', () => {
    expect(saidBy(enrolling(['Workloads'], { config: false }).app)).toContain('units are enrolled, and AWS Config is not AWS Control Tower\'s');
  });

  test('without AWS Control Tower there is none of it, and the zone may do both', () => {
    const { zone, app } = zoneWith();
    expect(zone.controlTower).toBeUndefined();
    zone.addLogArchive();
    zone.logging.addTrail();
    zone.detection.addConfig();
    expect(app.node.tryFindChild('Acme-ControlTower')).toBeUndefined();
    expect(saidBy(app)).toBe('');
  });
});

test('a reader of the assembly knows that slots of policies are reserved, and reads the organization as before', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'tower-'));
  const app = new App({ outdir, analyticsReporting: false });
  zoneWith(ControlTower.existing({ units: UNITS }), {}, app).app.synth();
  const { model, problems } = organizationFromAssembly(readAssembly(outdir));
  expect(problems).toEqual([]);
  expect(model!.units.map(({ path }) => path)).toContain('Root/Workloads/Prod');
  expect(policyLimits(policyType('SERVICE_CONTROL_POLICY')!, model!)).toMatchObject({ maxPerTarget: 10, reserved: 4 });
});

test('all of a template with two units', () => expect(enrolling(['Workloads', 'Workloads/Prod'], { detectiveControls: false }).template().toJSON()).toMatchSnapshot());
