import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CentralLogKey, LogCentralization, LogCentralizationProps, LogGroupFilter } from '../../src';
import { validated } from '../network/aws-solutions';

const PROPS = { ruleName: 'acme', organizationId: 'o-abcdefghij', sourceRegions: ['eu-west-1', 'us-east-1'], accountId: '333344445555', region: 'eu-west-1', keyArn: 'arn:aws:kms:eu-west-1:333344445555:key/1' };

function centralization(options: Partial<LogCentralizationProps> = {}) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Logs', { env: { account: '333344445555', region: 'eu-west-1' } });
  const made = new LogCentralization(stack, 'Central', { ...PROPS, ...options });
  const template = Template.fromStack(stack);
  const [rule] = Object.values(template.findResources('AWS::ObservabilityAdmin::OrganizationCentralizationRule'));
  return { made, template, rule: rule!, source: rule!.Properties.Rule.Source, logs: rule!.Properties.Rule.Destination.DestinationLogsConfiguration };
}

test('all log groups of the organization are copied, but for copies, to names that say where they are from', () => {
  const { source, logs } = centralization();
  expect(source).toEqual({
    Regions: ['eu-west-1', 'us-east-1'], Scope: "OrganizationId = 'o-abcdefghij'", SourceLogsConfiguration: { LogGroupSelectionCriteria: "LogGroupName NOT LIKE '/central/%'", EncryptedLogGroupStrategy: 'ALLOW' },
  });
  expect(logs.LogGroupNameConfiguration).toEqual({ LogGroupNamePattern: '/central/${source.accountId}/${source.region}${source.logGroup}' });
});

test('all new copies are encrypted with the key, and a log group that is there without it gets nothing', () => {
  expect(centralization().logs.LogsEncryptionConfiguration).toEqual({
    EncryptionStrategy: 'CUSTOMER_MANAGED', KmsKeyArn: PROPS.keyArn, EncryptionScope: 'NEW_DESTINATION_LOG_GROUPS', EncryptionConflictResolutionStrategy: 'SKIP',
  });
});

test('log groups with keys of their accounts are left out for a reason, which is in the template', () => {
  const { source, rule } = centralization({ withoutEncrypted: 'They hold card data' });
  expect(source.SourceLogsConfiguration.EncryptedLogGroupStrategy).toBe('SKIP');
  expect(rule.Metadata['cdk-landing-zone']).toEqual({ withoutEncrypted: 'They hold card data' });
  expect(centralization().rule.Metadata).toBeUndefined();
});

test('a second copy has a Region and a key of its own', () => {
  const backup = { backupRegion: 'eu-central-1', backupKeyArn: 'arn:aws:kms:eu-central-1:333344445555:key/2' };
  expect(centralization(backup).logs.BackupConfiguration).toEqual({ Region: 'eu-central-1', KmsKeyArn: backup.backupKeyArn });
  expect(centralization().logs.BackupConfiguration).toBeUndefined();
});

describe('a filter', () => {
  const criteria = (logGroups: LogGroupFilter, prefix?: string) => centralization({ logGroups, prefix }).source.SourceLogsConfiguration.LogGroupSelectionCriteria;

  test.each([
    ['names', LogGroupFilter.named('/aws/lambda/shop', 'audit'), "LogGroupName IN ('/aws/lambda/shop', 'audit')"],
    ['beginnings', LogGroupFilter.startingWith('/aws/lambda/', '/aws/eks/'), "LogGroupName LIKE '/aws/lambda/%' OR LogGroupName LIKE '/aws/eks/%'"],
    ['all but beginnings, and but for copies', LogGroupFilter.exceptStartingWith('/aws/codebuild/'), "LogGroupName NOT LIKE '/aws/codebuild/%' AND LogGroupName NOT LIKE '/central/%'"],
  ])('by %s', (_, filter, expected) => {
    expect(criteria(filter)).toBe(expected);
  });

  test('never takes in copies, whatever they begin with', () => {
    for (const filter of [LogGroupFilter.startingWith('/'), LogGroupFilter.startingWith('/central/1'), LogGroupFilter.named('/central/x')]) {
      expect(() => criteria(filter)).toThrow('begin with "/central/", which are copies already');
    }
    expect(criteria(LogGroupFilter.startingWith('/central/1'), '/copies/')).toBe("LogGroupName LIKE '/central/1%'");
  });

  test('keeps to what CloudWatch allows', () => {
    const prefixes = (count: number) => Array.from({ length: count }, (_, at) => `/team-${at}/`);
    expect(criteria(LogGroupFilter.startingWith(...prefixes(6)))).toContain('/team-5/');
    expect(() => criteria(LogGroupFilter.startingWith(...prefixes(7)))).toThrow('7 terms in');
    expect(criteria(LogGroupFilter.exceptStartingWith(...prefixes(5)))).toContain('/team-4/');
    expect(() => criteria(LogGroupFilter.exceptStartingWith(...prefixes(6)))).toThrow('7 terms in');
    expect(() => criteria(LogGroupFilter.named(...Array.from({ length: 5 }, (_, at) => `${at}${'a'.repeat(500)}`)))).toThrow('CloudWatch allows 6 terms in 2000 characters');
  });

  test('is refused for what no log group is named', () => {
    expect(() => LogGroupFilter.startingWith()).toThrow('LogGroupFilter.startingWith: a name is missing');
    expect(() => LogGroupFilter.named("x' OR '1", 'a', 'a')).toThrow(/"x' OR '1": letters, digits .*; "a" is named twice/);
  });
});

test('what cannot be is said, all of it', () => {
  expect(() => centralization({
    ruleName: 'a b', organizationId: 'acme', sourceRegions: ['eu-west-1', 'eu-west-1'], accountId: '1', backupRegion: 'eu-west-1', prefix: 'central', withoutEncrypted: ' ',
  })).toThrow(new RegExp(['ruleName is "a b"', 'organizationId is "acme"', 'accountId is "1"', 'source Region eu-west-1 is named twice', 'backupRegion is eu-west-1, which has the copies already', 'go together', 'prefix is "central"',
    'withoutEncrypted is empty'].join('.*; .*')));
  expect(() => centralization({ sourceRegions: [] })).toThrow('sourceRegions is empty');
});

test('the key carries the tag that centralization asks for, serves log groups of its account and Region alone, and is kept', () => {
  const stack = new Stack(new App(), 'Logs', { env: { account: '333344445555', region: 'eu-west-1' } });
  new CentralLogKey(stack, 'Key', { keyName: 'acme' });
  const template = Template.fromStack(stack);
  template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain', Properties: { Tags: [{ Key: 'LogsManaged', Value: 'true' }], EnableKeyRotation: true } });
  const [key] = Object.values(template.findResources('AWS::KMS::Key'));
  expect(key!.Properties.KeyPolicy.Statement.map(({ Principal, Condition }: any) => [Principal, Condition])).toEqual([
    [{ AWS: 'arn:aws:iam::333344445555:root' }, undefined],
    [{ Service: 'logs.eu-west-1.amazonaws.com' }, { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:333344445555:log-group:*' } }],
  ]);
  template.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/landing-zone/acme-central-logs' });
});

test('CloudFormation, AwsSolutions and our own controls find nothing', () => {
  expect(validated((stack) => {
    const key = new CentralLogKey(stack, 'Key', { keyName: 'acme' });
    new LogCentralization(stack, 'Central', { ...PROPS, keyArn: key.keyArn, backupRegion: 'eu-central-1', backupKeyArn: 'arn:aws:kms:eu-central-1:333344445555:key/11111111-2222-3333-4444-555555555555' });
  }).violations).toEqual([]);
});

test('snapshot', () => {
  expect(centralization().template.toJSON().Resources).toMatchSnapshot();
});
