import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import Ajv from 'ajv';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { saidBy, zoneWith } from './towers';
import { ControlTower, NewControlTowerOptions, OrganizationFile, RegionStandard } from '../../src';
import { GoverningLandingZone } from '../../src/control-tower/governing-landing-zone';
import { landingZoneManifest } from '../../src/control-tower/landing-zone-manifest';
import { LandingZoneSettings } from '../../src/control-tower/landing-zone-settings';
import { validated } from '../network/aws-solutions';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const IDS = { logArchive: '111122223333', security: '222233334444', backupAdmin: '333344445555', backupVault: '444455556666' };
const isOfSchema = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(__dirname, 'landing-zone-4.0.schema.json'), 'utf8')));
const settingsOf = (options: NewControlTowerOptions = {}) => ControlTower.create(options)._created!;
const manifestOf = (settings: LandingZoneSettings) => landingZoneManifest(settings, ['eu-west-1', 'us-east-1'], IDS) as any;
const created = (options: NewControlTowerOptions = {}) => zoneWith(ControlTower.create(options));

describe('the manifest', () => {
  test('of the defaults: logs and AWS Config by AWS Control Tower, no IAM Identity Center, no backups', () => {
    expect(manifestOf(settingsOf())).toEqual({
      accessManagement: { enabled: false },
      backup: { enabled: false },
      centralizedLogging: { enabled: true, accountId: IDS.logArchive, configurations: { loggingBucket: { retentionDays: 365 }, accessLoggingBucket: { retentionDays: 365 } } },
      config: { enabled: true, accountId: IDS.security, configurations: { loggingBucket: { retentionDays: 365 }, accessLoggingBucket: { retentionDays: 365 } } },
      governedRegions: ['eu-west-1', 'us-east-1'],
      securityRoles: { enabled: true, accountId: IDS.security },
    });
  });

  test('of any settings that are taken is of AWS\'s schema, says of each integration whether it is enabled, and nothing more of those that are not', () => {
    const settings = fc.record({
      trail: fc.boolean(), config: fc.boolean(), securityRoles: fc.boolean(), identityCenter: fc.boolean(),
      logRetentionDays: fc.integer({ min: 1, max: 4000 }), accessLogRetentionDays: fc.integer({ min: 1, max: 4000 }),
      trailKeyArn: fc.option(fc.constant(KEY), { nil: undefined }), configKeyArn: fc.option(fc.constant(KEY), { nil: undefined }),
      backup: fc.option(fc.constant({ adminAccount: 'admin', vaultAccount: 'vault', keyArn: KEY }), { nil: undefined }),
    });
    let taken = 0;
    fc.assert(fc.property(settings, (options) => {
      let made: LandingZoneSettings;
      try {
        made = settingsOf(options);
      } catch {
        const { config, securityRoles, identityCenter, backup } = options;
        expect((securityRoles && !config) || ((identityCenter || backup !== undefined) && !securityRoles)).toBe(true);
        return;
      }
      taken += 1;
      const manifest = manifestOf(made);
      expect([isOfSchema(JSON.parse(JSON.stringify(manifest))), isOfSchema.errors]).toEqual([true, null]);
      const { governedRegions, ...integrations } = manifest;
      expect(Object.keys(integrations).sort()).toEqual(['accessManagement', 'backup', 'centralizedLogging', 'config', 'securityRoles']);
      for (const one of Object.values<any>(integrations)) expect(one.enabled ? true : Object.keys(one)).toEqual(one.enabled ? true : ['enabled']);
      expect([integrations.centralizedLogging.enabled, integrations.config.enabled, integrations.accessManagement.enabled]).toEqual([options.trail, options.config, options.identityCenter]);
    }), { seed: 1, numRuns: 300 });
    expect(taken).toBeGreaterThan(50);
  });

  test('the schema finds what it should', () => {
    const good = manifestOf(settingsOf({ backup: { adminAccount: 'admin', vaultAccount: 'vault', keyArn: KEY } }));
    expect(isOfSchema(good)).toBe(true);
    const faults: object[] = [
      { ...good, organizationStructure: {} }, { ...good, config: {} }, { ...good, config: { enabled: true } }, { ...good, backup: { enabled: true } }, { ...good, securityRoles: { enabled: true } },
      { ...good, governedRegions: ['Ireland'] }, { ...good, centralizedLogging: { ...good.centralizedLogging, configurations: { loggingBucket: { retentionDays: 0 } } } },
    ];
    expect(faults.map((fault) => isOfSchema(fault))).toEqual(faults.map(() => false));
  });

  test('has accounts by ids of the organization\'s stack, and governs the Regions of the zone', () => {
    const { app } = created();
    const assembly = app.synth();
    const [resource] = Object.values<any>(assembly.getStackByName('Acme-ControlTower').template.Resources).filter(({ Type }) => Type === 'AWS::ControlTower::LandingZone');
    const { Outputs } = assembly.getStackByName('Acme-Organization').template;
    const { Manifest } = resource.Properties;
    const named = [Manifest.centralizedLogging, Manifest.config, Manifest.securityRoles].map(({ accountId }) => Outputs[accountId['Fn::GetStackOutput'].OutputName].Description);
    expect(named).toEqual(['Id of Root/Security/log-archive', 'Id of Root/Security/security', 'Id of Root/Security/security']);
    expect(Manifest.governedRegions).toEqual(['eu-west-1', 'us-east-1']);
  });
});

describe('the landing zone', () => {
  test('is of version 4.0, enrolls by itself, is retained, and comes after its roles and before units and controls', () => {
    const { resources, zone } = created({ units: ['Workloads', 'Sandbox'] });
    const [[id, resource]] = Object.entries(resources('AWS::ControlTower::LandingZone')) as [[string, any]];
    const roles = resources('AWS::IAM::Role');
    expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { Version: '4.0', RemediationTypes: ['INHERITANCE_DRIFT'] } });
    expect(resource.DependsOn.sort()).toEqual(Object.keys(roles).sort());
    const first = Object.values(resources('AWS::ControlTower::EnabledBaseline')).filter(({ DependsOn }) => DependsOn.includes(id));
    expect(first).toHaveLength(1);
    expect(zone.controlTower!.landingZoneArn).toBeDefined();
    expect(zoneWith(ControlTower.existing()).zone.controlTower!.landingZoneArn).toBeUndefined();
    expect(created({ automaticEnrollment: false }).resources('AWS::ControlTower::LandingZone')[id].Properties).not.toHaveProperty('RemediationTypes');
  });

  test('has the roles that AWS documents, with what IAM Identity Center needs by choice', () => {
    const of = (options: NewControlTowerOptions) => Object.values(created(options).resources('AWS::IAM::Role'))
      .map(({ Properties: { Path, RoleName, ManagedPolicyArns = [], AssumeRolePolicyDocument } }) => [`${Path}${RoleName}`, AssumeRolePolicyDocument.Statement[0].Principal.Service, ...ManagedPolicyArns.map((arn: string) => arn.split('/').at(-1))]).sort();
    const bare = [
      ['/service-role/AWSControlTowerAdmin', 'controltower.amazonaws.com', 'AWSControlTowerServiceRolePolicy'],
      ['/service-role/AWSControlTowerCloudTrailRole', 'cloudtrail.amazonaws.com', 'AWSControlTowerCloudTrailRolePolicy'],
      ['/service-role/AWSControlTowerConfigAggregatorRoleForOrganizations', 'config.amazonaws.com', 'AWSConfigRoleForOrganizations'],
      ['/service-role/AWSControlTowerStackSetRole', 'cloudformation.amazonaws.com'],
    ];
    expect(of({})).toEqual(bare);
    expect(of({ identityCenter: true })).toEqual([[...bare[0]!, 'AWSControlTowerIdentityCenterManagementPolicy'], ...bare.slice(1)]);
    expect(Object.values(created().resources('AWS::IAM::Role')).every(({ DeletionPolicy }) => DeletionPolicy === 'Retain')).toBe(true);
  });

  test('AWS Control Tower alone becomes its administrator, and that for this organization', () => {
    const { zone, template } = created();
    template().hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'AWSControlTowerAdmin',
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({
          Condition: {
            StringEquals: { 'aws:SourceAccount': zone.organization.managementAccountId },
            ArnLike: { 'aws:SourceArn': `arn:aws:controltower:eu-west-1:${zone.organization.managementAccountId}:*` },
          },
        })],
      },
    });
  });

  test('CloudFormation, AwsSolutions and our own controls find nothing but what AWS documents', () => {
    const { violations, acknowledged } = validated((stack) => {
      new GoverningLandingZone(stack, 'LandingZone', {
        partition: 'aws', homeRegion: 'eu-west-1', managementAccountId: stack.account, settings: settingsOf({ identityCenter: true }), governedRegions: ['eu-west-1'], accountIds: IDS,
      });
    });
    expect(violations).toEqual([]);
    expect(acknowledged).toHaveLength(6);
  });

  test('a zone with it is synthesized without a finding, and the same twice', () => {
    const options = { units: ['Infrastructure', 'Workloads', 'Workloads/Prod'] };
    expect(saidBy(created(options).app)).toBe('');
    expect(saidBy(created({ ...options, identityCenter: true, identityCenterBaselineArn: 'arn:aws:controltower:eu-west-1:111122223333:enabledbaseline/XAHCR4CJTSI4W07MZ' }).app)).toBe('');
    expect(Template.fromStack(created(options).stack()).toJSON()).toEqual(Template.fromStack(created(options).stack()).toJSON());
  });
});

describe('what AWS Control Tower would refuse is said', () => {
  test.each<[NewControlTowerOptions, string]>([
    [{ config: false, securityRoles: true }, 'securityRoles needs config'],
    [{ securityRoles: false, identityCenter: true }, 'identityCenter needs securityRoles'],
    [{ config: false, backup: { adminAccount: 'a', vaultAccount: 'b', keyArn: KEY } }, 'backup needs securityRoles'],
    [{ logRetentionDays: 0 }, 'logRetentionDays is 0'],
    [{ accessLogRetentionDays: 1.5 }, 'accessLogRetentionDays is 1.5'],
    [{ trailKeyArn: 'alias/logs' }, 'trailKeyArn is "alias/logs"'],
    [{ baselineVersion: '4.0' }, 'a landing zone 4.0 has 5.0'],
  ])('%j', (options, words) => expect(() => ControlTower.create(options)).toThrow(words));

  test.each<[NewControlTowerOptions, string]>([
    [{ governedRegions: ['eu-west-1', 'eu-central-1'] }, 'governedRegions has eu-central-1, which the zone does not allow. Allowed: eu-west-1, us-east-1'],
    [{ governedRegions: ['us-east-1'] }, 'governedRegions lacks the home Region eu-west-1'],
    [{ governedRegions: ['eu-west-1', 'eu-west-1'] }, 'governedRegions has eu-west-1 twice'],
    [{ identityCenter: true, units: ['Workloads'] }, 'Deploy without units first, then give identityCenterBaselineArn'],
    [{ securityAccount: 'network' }, 'its accounts are in several units, and must be in one: log-archive in Root/Security, network in Root/Infrastructure'],
    [{ securityAccount: 'log-archive' }, 'log-archive cannot have two of its integrations\' accounts'],
  ])('%j', (options, words) => expect(saidBy(created(options).app)).toContain(words));

  test('accounts of backups: those that are none, and those elsewhere; two in the unit of the others are taken', () => {
    const backup = { adminAccount: 'backup-admin', vaultAccount: 'vault', keyArn: KEY };
    expect(() => created({ backup })).toThrow('ControlTower: adminAccount of backup is "backup-admin", and there is no such account');
    expect(saidBy(created({ backup: { ...backup, adminAccount: 'network', vaultAccount: 'network' } }).app)).toContain('network cannot have two of its integrations\' accounts');
    const file = join(mkdtempSync(join(tmpdir(), 'tower-')), 'organization.yaml');
    writeFileSync(file, ['organization:', '  managementAccount: { name: management, email: aws+m@acme.example }', '  controlTower: true', '  units:', '    Security:', '      accounts:',
      ...['log-archive', 'security', 'backup-admin', 'vault'].map((key) => `        ${key}: { email: aws+${key}@acme.example }`), ''].join('\n'));
    const made = zoneWith(ControlTower.create({ backup }), { organization: OrganizationFile.load(file), accountEmail: undefined });
    expect(saidBy(made.app)).toBe('');
    const [{ Properties }] = Object.values(made.resources('AWS::ControlTower::LandingZone')) as [any];
    const id = { accountId: { 'Fn::GetStackOutput': expect.anything() } };
    expect(Properties.Manifest.backup).toEqual({ enabled: true, configurations: { backupAdmin: id, centralBackup: id, kmsKeyArn: KEY } });
  });

  test('accounts that are not directly below the root', () => {
    const { zone } = zoneWith();
    const core = zone.unit('Infrastructure').addUnit('Core');
    for (const key of ['logs', 'audit']) core.addAccount(key, { email: `aws+${key}@acme.example` });
    const { accountProblems } = jest.requireActual('../../src/control-tower/landing-zone-problems');
    expect(accountProblems([zone.account('logs'), zone.account('audit')])).toEqual(['its accounts are in Root/Infrastructure/Core, and must be in a unit directly below the root']);
  });

  test('a trail and a recorder of the zone beside it', () => {
    const both = created();
    both.zone.addLogArchive();
    both.zone.logging.addTrail();
    expect(saidBy(both.app)).toContain('the organization has two trails');
    const without = created({ trail: false, config: false });
    without.zone.addLogArchive();
    without.zone.logging.addTrail();
    without.zone.detection.addConfig();
    expect(saidBy(without.app)).toBe('');
  });
});

test('all ARNs are of the partition', () => {
  const made = zoneWith(ControlTower.create({ units: ['Workloads'] }), { partition: 'aws-us-gov', regions: new RegionStandard({ home: 'us-gov-west-1' }) });
  const arns = [...JSON.stringify(made.template().toJSON()).matchAll(/arn:(aws[a-z-]*):([a-z]+):([a-z0-9-]*)/g)].map(([, partition, service, region]) => [partition, service, region]);
  expect(new Set(arns.map(([partition]) => partition))).toEqual(new Set(['aws-us-gov']));
  expect(new Set(arns.filter(([, service]) => service === 'controltower').map(([,, region]) => region))).toEqual(new Set(['us-gov-west-1']));
  expect(new Set(arns.map(([, service]) => service))).toEqual(new Set(['controltower', 'iam', 'organizations']));
});

test('all of a template', () => expect(created({ trailKeyArn: KEY, detectiveControls: false }).template().toJSON()).toMatchSnapshot());
