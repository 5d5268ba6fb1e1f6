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
