import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AddressPlan, Controls, LandingZone, LogPurpose, PlatformPrincipals, RegionStandard } from '../../src';
import { Control } from '../../src/controls/control';
import { PreventiveMechanism } from '../../src/controls/mechanism';
import { ZoneLogArchiveProps } from '../../src/landing-zone/zone-logging';
import '../../src/testing';

function zone(archive?: ZoneLogArchiveProps, platformPrincipals?: PlatformPrincipals) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', {
    regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }), accountEmail: 'aws+{account}@acme.example', platformPrincipals,
  });
  const logs = made.addLogArchive(archive);
  const stack = (name: string) => app.node.findChild(name) as Stack;
  return { app, made, logs, stack, template: (name: string) => Template.fromStack(stack(name)) };
}

/** The policy of a bucket, as the template has it. */
function policyOf(logs: ReturnType<typeof zone>['logs'], purpose: LogPurpose) {
  const policies = Template.fromStack(Stack.of(logs)).findResources('AWS::S3::BucketPolicy', { Properties: { Bucket: logs.bucketName(purpose) } });
  const [{ Properties: { PolicyDocument } }] = Object.values(policies) as [any];
  return { name: 'bucket policy', document: { ...PolicyDocument, Statement: PolicyDocument.Statement } };
}

const DESTROYING = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:DeleteBucket', 's3:DeleteBucketPolicy', 's3:BypassGovernanceRetention', 's3:PutObjectRetention', 's3:PutObjectLegalHold', 's3:PutBucketAcl'];
const SHAPING = ['s3:PutBucketPolicy', 's3:PutBucketPublicAccessBlock', 's3:PutBucketVersioning', 's3:PutBucketObjectLockConfiguration', 's3:PutLifecycleConfiguration', 's3:PutEncryptionConfiguration',
  's3:PutBucketOwnershipControls', 's3:PutReplicationConfiguration', 's3:PutBucketLogging'];
const KEYS = ['kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:DeleteImportedKeyMaterial'];

test('the archive is a stack of its account in each Region; the trail and AWS Config are in the home Region', () => {
  const { made, logs, stack } = zone();
  expect(logs.region).toBe('eu-west-1');
  for (const region of ['eu-west-1', 'us-east-1']) {
    expect([stack(`Acme-LogArchive-${region}`).account, stack(`Acme-LogArchive-${region}`).region]).toEqual([made.account('log-archive').accountId, region]);
    expect(stack(`Acme-LogArchive-${region}`).terminationProtection).toBe(true);
  }
  expect(logs.purposes).toEqual(LogPurpose.all());
  expect(made.logging.archive('us-east-1').purposes).toEqual(LogPurpose.regional());
  expect(() => made.logging.archive('us-west-2')).toThrow('no buckets in us-west-2. It has some in eu-west-1, us-east-1');
  expect(() => made.addLogArchive()).toThrow('has a log archive already');
});

test('a network writes to it, and is deployed after it', () => {
  const { app, made, logs, stack } = zone();
  const addressPlan = AddressPlan.of('10.0.0.0/8', { regions: { 'eu-west-1': 0 }, segments: { prod: 0 } });
  made.addNetworkHub('Hub', { addressPlan, flowLogs: logs.flowLogs });
  app.synth();
  expect(stack('Acme-Hub-eu-west-1').dependencies.map(({ stackName }) => stackName)).toContain('Acme-LogArchive-eu-west-1');
});

describe('of the account of the archive', () => {
  test.each(LogPurpose.all().map((purpose) => [purpose.key, purpose] as const))('nobody but break-glass deletes %s logs, their bucket or its policy, by proof', (_, purpose) => {
    const { made, logs } = zone();
    for (const on of [logs.bucketArn(purpose), `${logs.bucketArn(purpose)}/*`]) {
      expect(made.account('log-archive')).toNeverAllow(DESTROYING[0]!, ...DESTROYING.slice(1), { on, except: ['role/break-glass'] });
    }
  });

  test('nobody but break-glass and the deployment changes what buckets are like; sealed, nobody but break-glass', () => {
    const on = (logs: ReturnType<typeof zone>['logs']) => logs.bucketArn(LogPurpose.TRAIL);
    const open = zone();
    expect(open.made.account('log-archive')).toNeverAllow(SHAPING[0]!, ...SHAPING.slice(1), { on: on(open.logs), except: ['role/break-glass', 'role/cdk-hnb659fds-*'] });
    expect(open.made.account('log-archive')).toAllow('s3:PutBucketPolicy', { as: 'role/cdk-hnb659fds-cfn-exec-role-1', on: on(open.logs) });
    const sealed = zone({ sealed: true });
    expect(sealed.made.account('log-archive')).toNeverAllow(SHAPING[0]!, ...SHAPING.slice(1), { on: on(sealed.logs), except: ['role/break-glass'] });
  });

  test('nobody but break-glass deletes or disables a key', () => {
    expect(zone().made.account('log-archive')).toNeverAllow(KEYS[0]!, ...KEYS.slice(1), { except: ['role/break-glass'] });
  });

  test('break-glass can, wherever its role has another name', () => {
    const { made, logs } = zone(undefined, PlatformPrincipals.standard({ breakGlassRole: 'emergency/glass' }));
    const on = `${logs.bucketArn(LogPurpose.TRAIL)}/*`;
    expect(made.account('log-archive')).toAllow('s3:DeleteObjectVersion', 's3:BypassGovernanceRetention', { as: 'role/emergency/glass', on, resourcePolicy: policyOf(logs, LogPurpose.TRAIL) });
    expect(made.account('log-archive')).toNeverAllow('s3:DeleteObjectVersion', { on, except: ['role/emergency/glass'] });
  });

  test('nobody outside the organization reads logs, even where a bucket\'s policy is opened to the world', () => {
    const { made, logs } = zone();
    const open = { name: 'opened', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }] } };
    const account = made.account('log-archive');
    const outsider = { as: 'arn:aws:iam::999999999999:role/break-glass', except: [], context: { 'aws:PrincipalOrgID': 'o-another', 'aws:PrincipalIsAWSService': 'false', 'aws:ResourceAccount': account.accountId } };
    for (const resourcePolicy of [open, policyOf(logs, LogPurpose.TRAIL)]) {
      expect(account).toNeverAllow('s3:GetObject', 's3:PutObject', 's3:DeleteObject', { ...outsider, on: `${logs.bucketArn(LogPurpose.TRAIL)}/*`, resourcePolicy });
      expect(account).toNeverAllow('s3:ListBucket', 's3:PutBucketPolicy', { ...outsider, on: logs.bucketArn(LogPurpose.TRAIL), resourcePolicy });
    }
  });
});

test('nothing warns that the platform cannot reach the archive: LZ.LOGS.4 says so itself', () => {
  const { app } = zone();
  const { pluginReports } = JSON.parse(readFileSync(join(app.synth().directory, 'validation-report.json'), 'utf8'));
  expect(pluginReports.flatMap(({ violations }: any) => violations)).toEqual([]);
});

describe('each statement is needed: left out, the proof fails', () => {
  const original = Controls.protectLogArchive();
  /** A zone whose LZ.LOGS.4 lacks a statement. */
  const faulty = (missing: number, ownProof = false) => {
    const statements = original.preventive[0]!.statements.filter((_, index) => index !== missing);
    const denies = original.proof.denies.filter(({ action }) => ownProof || statements.some(({ actions }) => actions!.includes(action)));
    const control = new Control({ ...original, id: 'ACME.LOGS.4', proof: { ...original.proof, denies }, preventive: [PreventiveMechanism.serviceControl(...statements)] });
    const made = new LandingZone(new App({ analyticsReporting: false }), 'Acme', { regions: new RegionStandard({ home: 'eu-west-1' }), accountEmail: 'aws+{account}@acme.example' });
    made.enableOnAccount('log-archive', control);
    return made.account('log-archive');
  };
  const bucket = 'arn:aws:s3:::landing-zone-acme-trail-222233334444-eu-west-1-an';

  test('of LZ.LOGS.4', () => {
    const proofs: ((account: ReturnType<typeof faulty>) => void)[] = [
      (account) => expect(account).toNeverAllow('s3:DeleteBucket', { on: bucket, except: ['role/break-glass'] }),
      (account) => expect(account).toNeverAllow('s3:DeleteObjectVersion', { on: `${bucket}/*`, except: ['role/break-glass'] }),
      (account) => expect(account).toNeverAllow('s3:PutBucketPolicy', { on: bucket, except: ['role/break-glass', 'role/cdk-hnb659fds-*'] }),
      (account) => expect(account).toNeverAllow('kms:ScheduleKeyDeletion', { except: ['role/break-glass'] }),
    ];
    expect(proofs).toHaveLength(original.preventive[0]!.statements.length);
    for (const [index, proof] of proofs.entries()) {
      expect(() => proof(faulty(index))).toThrow('this request is allowed');
      expect(() => (faulty(index, true).node.root as App).synth()).toThrow(/ACME.LOGS.4/);
      proof(faulty(-1));
    }
  });
});

describe('of a bucket\'s policy too, alone, without LZ.LOGS.4 and the perimeter', () => {
  const { logs, made } = zone();
  const bare = new LandingZone(new App({ analyticsReporting: false }), 'Acme', { regions: new RegionStandard({ home: 'eu-west-1' }), accountEmail: 'aws+{account}@acme.example' }).account('log-archive');
  const object = (purpose: LogPurpose) => `${logs.bucketArn(purpose)}/*`;
  const tls = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };
  const administrator = 'role/OrganizationAccountAccessRole';
  const inside = { 'aws:PrincipalOrgID': made.organization._literalId, 'aws:PrincipalIsAWSService': 'false' };
  const cases: [string, string[], object, LogPurpose][] = [
    ['PlainHttp', ['s3:GetObject'], { as: administrator, context: { ...inside, 'aws:SecureTransport': 'false' } }, LogPurpose.TRAIL],
    ['OldTls', ['s3:GetObject'], { as: administrator, context: { ...inside, 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.1' } }, LogPurpose.TRAIL],
    ['Outsiders', ['s3:GetObject'], { as: 'arn:aws:iam::999999999999:role/any', context: { ...tls, 'aws:PrincipalOrgID': 'o-another', 'aws:PrincipalIsAWSService': 'false' } }, LogPurpose.TRAIL],
    ['OtherOrganizations', ['s3:PutObject'], {
      as: 'logdelivery.elasticloadbalancing.amazonaws.com', context: { ...tls, 'aws:PrincipalIsAWSService': 'true', 'aws:SourceAccount': '999999999999', 'aws:SourceOrgID': 'o-another', 'aws:PrincipalOrgID': null },
    }, LogPurpose.ACCESS],
    ['AllButServices', ['s3:PutObject'], { as: administrator, context: { ...tls, ...inside } }, LogPurpose.FLOW],
    ['AllButBreakGlass', ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention', 's3:PutObjectRetention', 's3:PutObjectLegalHold'], { as: administrator, context: { ...tls, ...inside } }, LogPurpose.FLOW],
  ];

  test('every guard of it has a case', () => {
    const guards = policyOf(logs, LogPurpose.TRAIL).document.Statement.filter(({ Effect }: any) => Effect === 'Deny').map(({ Sid }: any) => Sid);
    expect(cases.map(([sid]) => sid).sort()).toEqual(guards.sort());
  });

  test.each(cases)('%s: denied with it, allowed to somebody without it', (sid, actions, options, purpose) => {
    const { name, document } = policyOf(logs, purpose);
    const opened = (statements: any[]) => ({ name, document: { ...document, Statement: [...statements, { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }] } });
    const ask = (statements: any[]) => expect(bare).toNeverAllow(actions[0]!, ...actions.slice(1), { except: [], on: object(purpose), resourcePolicy: opened(statements), ...options });
    ask(document.Statement);
    expect(() => ask(document.Statement.filter(({ Sid }: any) => Sid !== sid))).toThrow('this request is allowed');
  });
});

describe('the organization trail', () => {
  test('is a stack of the management account, after the organization, which trusts CloudTrail, and after the archive', () => {
    const { app, made, stack, template } = zone();
    const trail = made.logging.addTrail();
    expect(stack('Acme-Trail').account).toBe(made.organization.managementAccountId);
    app.synth();
    expect(stack('Acme-Trail').dependencies.map(({ stackName }) => stackName).sort()).toEqual(['Acme-LogArchive-eu-west-1', 'Acme-Organization']);
    template('Acme-Trail').hasResourceProperties('AWS::CloudTrail::Trail', { TrailName: 'landing-zone-acme', IsOrganizationTrail: true });
    Template.fromStack(made.organizationStack).hasResourceProperties('Custom::OrganizationTrustedAccess', { ServicePrincipal: 'cloudtrail.amazonaws.com' });
    expect(made.logging.trail).toBe(trail);
    expect(() => made.logging.addTrail()).toThrow('has an organization trail already');
  });

  test('needs an archive', () => {
    const made = new LandingZone(new App(), 'Acme', { regions: new RegionStandard({ home: 'eu-west-1' }), accountEmail: 'aws+{account}@acme.example' });
    expect(() => made.logging.addTrail()).toThrow('no log archive yet: add it with zone.addLogArchive()');
  });

  test('writes where the bucket\'s policy lets it, and another trail, of this account or another, does not', () => {
    const { made, logs } = zone();
    const account = made.account('log-archive');
    const as = 'cloudtrail.amazonaws.com';
    const at = (owner: string) => ({ as, on: `${logs.bucketArn(LogPurpose.TRAIL)}/AWSLogs/${owner}/*`, resourcePolicy: policyOf(logs, LogPurpose.TRAIL) });
    const service = { 'aws:PrincipalIsAWSService': 'true', 'aws:SourceOrgID': made.organization._literalId, 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3', 'aws:PrincipalArn': null, 'aws:PrincipalOrgID': null };
    for (const owner of [made.organization._literalId, made.organization.managementAccountId]) {
      expect(account).toAllow('s3:PutObject', { ...at(owner), except: [], context: { ...service, 'aws:SourceArn': logs.trailArn } });
      expect(account).toNeverAllow('s3:PutObject', { ...at(owner), except: [], context: { ...service, 'aws:SourceArn': `${logs.trailArn}-2` } });
    }
  });
});
