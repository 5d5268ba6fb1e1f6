import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnFlowLog } from 'aws-cdk-lib/aws-ec2';
import { archive, archiveIn, LOG_ACCOUNT, ORGANIZATION } from './archive';
import { LogArchive, LogLock, LogPurpose } from '../../src';
import { validated } from '../network/aws-solutions';

const bucketsOf = (stack: Stack) => Template.fromStack(stack).findResources('AWS::S3::Bucket');
const properties = (stack: Stack, purpose: string) => Object.values(bucketsOf(stack)).map(({ Properties }) => Properties).find(({ BucketName }) => BucketName.includes(purpose));

test('a bucket for each purpose, whose name follows from archive, account and Region, in the account\'s own namespace', () => {
  const { stack, made } = archive();
  const names = Object.values(bucketsOf(stack)).map(({ Properties }) => Properties.BucketName).sort();
  expect(names).toEqual(['access', 'config', 'dns', 'firewall', 'flow', 'trail'].map((key) => `landing-zone-acme-${key}-${LOG_ACCOUNT}-eu-west-1-an`).concat([`aws-waf-logs-acme-${LOG_ACCOUNT}-eu-west-1-an`]).sort());
  expect(Object.values(bucketsOf(stack)).map(({ Properties }) => Properties.BucketNamespace)).toEqual(names.map(() => 'account-regional'));
  expect(made.bucketName(LogPurpose.TRAIL)).toBe(`landing-zone-acme-trail-${LOG_ACCOUNT}-eu-west-1-an`);
  expect(made.keyAliasArn).toBe(`arn:aws:kms:eu-west-1:${LOG_ACCOUNT}:alias/landing-zone/acme-logs`);
});

test('every bucket is private, versioned, without ACLs, and kept; all but access logs are encrypted with a key that rotates and is kept', () => {
  const { stack } = archive();
  for (const { Properties, DeletionPolicy, UpdateReplacePolicy } of Object.values(bucketsOf(stack))) {
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    expect(Properties.PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
    expect(Properties.OwnershipControls).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
    expect(Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    const [{ ServerSideEncryptionByDefault: { SSEAlgorithm } }] = Properties.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(SSEAlgorithm).toBe(Properties.BucketName.includes('-access-') ? 'AES256' : 'aws:kms');
  }
  Template.fromStack(stack).hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true, PendingWindowInDays: 30 } });
});

test('the trail is locked under governance for as long as it is kept; AWS Config has Object Lock without a default, access logs have none', () => {
  const { stack } = archive();
  expect(properties(stack, 'trail')).toMatchObject({
    ObjectLockEnabled: true, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 2557 } } },
    LifecycleConfiguration: { Rules: [{ ExpirationInDays: 2557, Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 90 }, { StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 365 }] }] },
  });
  expect(properties(stack, 'config')).toMatchObject({ ObjectLockEnabled: true });
  expect(properties(stack, 'config')).not.toHaveProperty('ObjectLockConfiguration');
  expect(properties(stack, 'access')).not.toHaveProperty('ObjectLockEnabled');
  expect(properties(stack, 'access')).not.toHaveProperty('LoggingConfiguration');
  expect(properties(stack, 'flow')).toMatchObject({ LoggingConfiguration: { LogFilePrefix: 's3/flow/' }, LifecycleConfiguration: { Rules: [{ ExpirationInDays: 365, Transitions: [{ StorageClass: 'GLACIER_IR' }] }] } });
});

test('retention, lock and moves are chosen by purpose', () => {
  const { stack } = archive({
    retention: {
      trail: { days: 400, lock: LogLock.compliance('Banking act, section 25a'), deepArchiveAfterDays: 200 },
      flow: { days: 30, lock: LogLock.governance() },
      webFirewall: { days: 365, instantRetrievalAfterDays: 0 },
    },
  });
  expect(properties(stack, 'trail')).toMatchObject({
    ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 400 } } },
    LifecycleConfiguration: { Rules: [{ Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 90 }, { StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 200 }] }] },
  });
  expect(properties(stack, 'flow')).toMatchObject({ ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } } }, LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30 }] } });
  expect(properties(stack, 'waf')!.LifecycleConfiguration.Rules[0].Transitions ?? []).toEqual([]);
});

test('what cannot be is said, all of it', () => {
  const config = { days: 10, lock: LogLock.governance() };
  expect(() => archive({ retention: { config } })).toThrow('Retention of config logs: it cannot be locked');
  expect(() => archive({ retention: { flow: { days: 0.5, instantRetrievalAfterDays: 5 } } })).toThrow(/days is 0.5, .*; a move after 5 days is not before they expire/);
  expect(() => archive({ retention: { trail: { days: 900, instantRetrievalAfterDays: 100, deepArchiveAfterDays: 150 } } })).toThrow('Deep Archive after 150 days is less than 90');
  expect(() => LogLock.compliance(' ')).toThrow('say which rule');
  expect(() => archive({ archiveName: 'Acme' })).toThrow('archiveName is "Acme"');
  expect(() => archive({ archiveName: 'a-name-that-is-long', region: 'ap-southeast-2' })).toThrow('give the log archive an archiveName of at most 12');
  expect(() => archive({ purposes: [LogPurpose.FLOW, LogPurpose.FLOW] })).toThrow('purpose flow is named twice');
  expect(() => archiveIn(new Stack(new App(), 'Anywhere'))).toThrow('give env');
  expect(() => archive({ purposes: [LogPurpose.FLOW] }).made.dnsQueryLogs).toThrow('The log archive of eu-west-1 has no bucket for dns logs. It has: flow. Add it to purposes');
  expect(() => new LogArchive(new Stack(new App(), 'S', { env: { account: LOG_ACCOUNT, region: 'eu-west-1' } }), 'A', { archiveName: 'a', organizationId: 'acme', managementAccountId: '1', trailArn: 'x' }))
    .toThrow(/organizationId is "acme".*managementAccountId is "1".*trailArn is "x"/);
});

test('the longest names fit: every Region there is, and an archive name of ten', () => {
  expect(archive({ archiveName: 'production', region: 'ap-southeast-2' }).made.bucketName(LogPurpose.FIREWALL)).toHaveLength(63);
});

test('it gives out what networks ask for', () => {
  const { made } = archive();
  expect(made.flowLogs.bucketArn).toBe(`arn:aws:s3:::landing-zone-acme-flow-${LOG_ACCOUNT}-eu-west-1-an`);
  expect(made.firewallLogs.bucketArn).toBe(`arn:aws:s3:::landing-zone-acme-firewall-${LOG_ACCOUNT}-eu-west-1-an`);
  expect(made.dnsQueryLogs.destinationArn).toBe(`arn:aws:s3:::landing-zone-acme-dns-${LOG_ACCOUNT}-eu-west-1-an`);
  expect(made.webFirewallLogs.destinationArn).toBe(`arn:aws:s3:::aws-waf-logs-acme-${LOG_ACCOUNT}-eu-west-1-an`);
  expect(made.accessLogsBucket).toBe(`landing-zone-acme-access-${LOG_ACCOUNT}-eu-west-1-an`);
});

test('stacks that write to it are deployed after it, others are not', () => {
  const { stack, made } = archive();
  const app = stack.node.root as App;
  const writer = new Stack(app, 'Writer', { env: { account: '333344445555', region: 'eu-west-1' } });
  const other = new Stack(app, 'Other', { env: { account: '333344445555', region: 'eu-west-1' } });
  const flowLog = (scope: Stack, destination: string) => new CfnFlowLog(scope, 'Log', { resourceId: 'vpc-1', resourceType: 'VPC', trafficType: 'ALL', logDestinationType: 's3', logDestination: destination });
  flowLog(writer, made.flowLogs.bucketArn!);
  flowLog(other, 'arn:aws:s3:::elsewhere');
  app.synth();
  expect([writer.dependencies, other.dependencies]).toEqual([[stack], []]);
});

test('CloudTrail writes for one trail, others for the organization, and load balancers to one bucket alone', () => {
  const { stack } = archive();
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy')).map(({ Properties }) => Properties.PolicyDocument.Statement);
  const allowed = policies.map((statements) => statements.filter(({ Effect }: any) => Effect === 'Allow'));
  const conditions = allowed.flat().map(({ Principal, Condition }: any) => [Principal.Service, Object.keys(Object.assign({}, ...Object.values(Condition ?? {}))).sort().join()]);
  expect([...new Set(conditions.map((one: string[]) => one.join(' ')))].sort()).toEqual([
    'cloudtrail.amazonaws.com aws:SourceArn',
    'config.amazonaws.com aws:SourceOrgID',
    'delivery.logs.amazonaws.com aws:SourceOrgID',
    'logdelivery.elasticloadbalancing.amazonaws.com ',
    'logging.s3.amazonaws.com aws:SourceAccount,aws:SourceArn',
  ]);
  expect(allowed.filter((statements) => statements.some(({ Principal }: any) => Principal.Service.includes('elasticloadbalancing')))).toHaveLength(1);
  Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Sid: 'CloudTrailWrites', Resource: [Match.stringLikeRegexp('/AWSLogs/111122223333/\\*$'), Match.stringLikeRegexp(`/AWSLogs/${ORGANIZATION}/\\*$`)] }),
      ]),
    },
  });
});

test('a purpose more moves nothing, and two syntheses are the same', () => {
  const few = Template.fromStack(archive({ purposes: [LogPurpose.TRAIL, LogPurpose.FLOW] }).stack).toJSON().Resources;
  const more = Template.fromStack(archive({ purposes: [LogPurpose.DNS, LogPurpose.TRAIL, LogPurpose.FLOW] }).stack).toJSON().Resources;
  expect(more).toMatchObject(few);
  expect(Template.fromStack(archive().stack).toJSON()).toEqual(Template.fromStack(archive().stack).toJSON());
});

test('CloudFormation, AwsSolutions and our own controls find nothing', () => {
  const { violations, acknowledged } = validated((stack) => archiveIn(stack));
  expect({ violations, acknowledged }).toEqual({ violations: [], acknowledged: [] });
});

test('snapshot of one bucket and its policy', () => {
  const { Resources } = Template.fromStack(archive({ purposes: [LogPurpose.TRAIL] }).stack).toJSON();
  expect(Resources).toMatchSnapshot();
});
