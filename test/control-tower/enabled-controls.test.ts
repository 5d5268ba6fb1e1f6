import { Stack } from 'aws-cdk-lib';
import { saidBy, zoneWith } from './towers';
import { ControlTower, ControlTowerOptions, Controls, Severity } from '../../src';
import { behaviorOf, NAMED } from '../../src/control-tower/known-controls';
import { Control } from '../../src/controls/control';

const CATALOG = { 'CT.EC2.PR.8': 'arn:aws:controlcatalog:::control/5mhjhod4ky44haldvja2v4x3a' };
const zone = (units: string[], options: ControlTowerOptions = {}) => zoneWith(ControlTower.existing({ units, ...options }));
const named = (id: string, ...controlTower: string[]) => new Control({ id, title: 'Own', description: 'Own', severity: Severity.LOW, controlTower });

/** What is enabled: `Workloads: AWS-GR_...`, sorted. */
function enabled(made: ReturnType<typeof zone>): string[] {
  return made.stack().node.findAll().filter((one: any) => one.cfnResourceType === 'AWS::ControlTower::EnabledControl').map(({ node }) => {
    const path = node.path.split('/Controls/')[1]!.replace('Root/', '').replace('Root--', '').replace(/--/g, '/');
    return `${path.split('/').slice(0, -1).join('/')}: ${path.split('/').at(-1)}`;
  }).sort();
}

describe('which controls are known', () => {
  test('each of the catalogue has a behavior, and what has no name of its own is told by its id', () => {
    const ids = [...new Set(Controls.all().flatMap(({ controlTower }) => controlTower))];
    expect(ids.length).toBeGreaterThan(90);
    expect(ids.filter((id) => behaviorOf(id) === undefined)).toEqual([]);
    expect(['AWS-GR_ENCRYPTED_VOLUMES', 'AWS-GR_RESTRICT_ROOT_USER', 'AWS-GR_CONFIG_ENABLED', 'CT.EC2.PR.8', 'CT.S3.PV.4', 'AWS-GR_NOTHING'].map(behaviorOf))
      .toEqual(['detective', 'preventive', 'mandatory', 'proactive', 'preventive', undefined]);
  });

  test('none is named twice', () => {
    expect(new Set(NAMED).size).toBe(NAMED.length);
    expect(NAMED).toHaveLength(63);
  });
});

describe('what is enabled where', () => {
  test('detective controls of what is enabled at the root, on each enrolled unit; none that denies, none that is there by itself', () => {
    const found = enabled(zone(['Infrastructure', 'Workloads']));
    const foundational = found.filter((one) => one.startsWith('Infrastructure: ')).map((one) => one.split(': ')[1]!);
    expect(foundational.length).toBeGreaterThan(1);
    expect(foundational.map(behaviorOf).every((behavior) => behavior === 'detective')).toBe(true);
    expect(found.filter((one) => one.startsWith('Workloads: ')).map((one) => one.split(': ')[1])).toEqual(expect.arrayContaining(foundational));
    expect(found.filter((one) => behaviorOf(one.split(': ')[1]!) !== 'detective')).toEqual([]);
  });

  test('those of a unit on it and on enrolled units below it, not beside it; a control of an account on none', () => {
    const made = zone(['Infrastructure', 'Workloads', 'Workloads/Prod']);
    const before = enabled(made);
    const control = named('ACME.S3.1', 'AWS-GR_S3_VERSIONING_ENABLED');
    made.zone.enableOnAccount('network', named('ACME.EC2.1', 'AWS-GR_EBS_OPTIMIZED_INSTANCE'));
    made.zone.enable('Workloads', control);
    const added = enabled(made).filter((one) => !before.includes(one));
    expect(added).toEqual(['Workloads/Prod: AWS-GR_S3_VERSIONING_ENABLED', 'Workloads: AWS-GR_S3_VERSIONING_ENABLED']);
  });

  test('proactive ones where the zone is told their ARNs; without detective ones by choice', () => {
    const made = zone(['Workloads', 'Sandbox'], { detectiveControls: false, proactiveControls: CATALOG });
    made.zone.enable('Workloads', named('ACME.EC2.1', 'CT.EC2.PR.8', 'CT.EC2.PR.9', 'AWS-GR_RESTRICT_ROOT_USER'));
    expect(enabled(made)).toEqual(['Workloads: CT.EC2.PR.8']);
    const [resource] = Object.values(made.resources('AWS::ControlTower::EnabledControl'));
    expect(resource).toMatchObject({ Properties: { ControlIdentifier: CATALOG['CT.EC2.PR.8'] }, Metadata: { 'cdk-landing-zone': { controls: ['ACME.EC2.1'] } } });
    expect(resource).not.toHaveProperty('DeletionPolicy');
  });

  test('once, however many controls name it, and all of them are told', () => {
    const made = zone(['Sandbox'], { detectiveControls: true });
    made.zone.enable('Sandbox', named('ACME.S3.2', 'AWS-GR_S3_VERSIONING_ENABLED'));
    made.zone.enable('Root', named('ACME.S3.1', 'AWS-GR_S3_VERSIONING_ENABLED'));
    const found = Object.values(made.resources('AWS::ControlTower::EnabledControl')).filter(({ Properties }) => Properties.ControlIdentifier.endsWith('AWS-GR_S3_VERSIONING_ENABLED'));
    expect(found).toHaveLength(1);
    expect(found[0].Properties.ControlIdentifier).toBe('arn:aws:controltower:eu-west-1::control/AWS-GR_S3_VERSIONING_ENABLED');
    expect(found[0].Metadata['cdk-landing-zone'].controls).toEqual(['ACME.S3.1', 'ACME.S3.2']);
  });
});

describe('laws', () => {
  const properties = (made: ReturnType<typeof zone>) => Object.fromEntries(Object.entries(made.resources('AWS::ControlTower::EnabledControl')).map(([id, { Properties }]) => [id, Properties]));

  test('neither the order of units nor that of enabling and enrolling matters', () => {
    const control = named('ACME.S3.1', 'AWS-GR_S3_VERSIONING_ENABLED');
    const one = zone(['Infrastructure', 'Workloads', 'Workloads/Prod']);
    one.zone.enable('Workloads', control);
    const other = zone([]);
    other.zone.enable('Workloads', control);
    other.zone.controlTower!.enroll('Workloads/Prod', 'Workloads');
    other.zone.controlTower!.enroll('Infrastructure');
    expect(other.template().toJSON()).toEqual(one.template().toJSON());
  });

  test('a control or a unit more moves no logical id', () => {
    const before = properties(zone(['Workloads', 'Sandbox']));
    const unit = zone(['Infrastructure', 'Workloads', 'Workloads/NonProd', 'Sandbox']);
    const control = zone(['Workloads', 'Sandbox']);
    control.zone.enable('Root', named('ACME.S3.1', 'AWS-GR_S3_VERSIONING_ENABLED'));
    for (const after of [properties(unit), properties(control)]) expect(after).toMatchObject(before);
    expect(Object.keys(properties(control)).length).toBe(Object.keys(before).length + 2);
  });

  test('at most ten at one time, each after all units, and none waits for itself', () => {
    const made = zone(['Infrastructure', 'Workloads', 'Workloads/NonProd', 'Workloads/Prod', 'Sandbox']);
    const found = made.resources('AWS::ControlTower::EnabledControl');
    const baselines = made.resources('AWS::ControlTower::EnabledBaseline');
    const [last] = Object.keys(baselines).filter((id) => !Object.values(baselines).some(({ DependsOn }) => DependsOn?.includes(id)));
    const heads = Object.values(found).filter(({ DependsOn }) => DependsOn.length === 1);
    expect(Object.keys(found).length).toBeGreaterThan(40);
    expect(heads.length).toBeLessThanOrEqual(10);
    expect(Object.values(found).every(({ DependsOn }) => DependsOn.includes(last) && DependsOn.length <= 2)).toBe(true);
    const followed = Object.values(found).flatMap(({ DependsOn }) => DependsOn.filter((id: string) => id !== last));
    expect(new Set(followed).size).toBe(followed.length);
    expect(saidBy(made.app)).toBe('');
  });
});

describe('what cannot be is said', () => {
  test('too many controls for a stack', () => {
    const made = zone(['Workloads']);
    for (let index = 0; index < 40; index += 1) {
      made.zone.unit('Workloads').addUnit(`U${index}`);
      made.zone.controlTower!.enroll(`Workloads/U${index}`);
    }
    expect(made.zone.controlTower!.node.validate()).toEqual([expect.stringMatching(/^Control Tower: \d{3} controls on 41 units are too many for a stack, which holds 500 resources/)]);
  });

  test('ids that nobody knows, and proactive ones that no control names', () => {
    const made = zone(['Workloads'], { proactiveControls: { 'CT.EC2.PR.99': CATALOG['CT.EC2.PR.8'] } });
    made.zone.enable('Sandbox', named('ACME.S3.1', 'AWS-GR_NOTHING'));
    expect(saidBy(made.app)).toContain('there is no control AWS-GR_NOTHING of ACME.S3.1');
    expect(saidBy(made.app)).toContain('proactiveControls has CT.EC2.PR.99, which no control names');
    expect(() => ControlTower.existing({ proactiveControls: { 'CT.S3.PV.1': 'arn:aws:s3:::bucket' } })).toThrow(/proactiveControls names CT.S3.PV.1.*the ARN of CT.S3.PV.1 is "arn:aws:s3:::bucket"/s);
  });
});

test('all are in the stack of the management account', () => {
  const made = zone(['Workloads']);
  expect(Stack.of(made.stack()).account).toBe(made.zone.organization.managementAccountId);
});
