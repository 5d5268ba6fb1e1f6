import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SystemsManager, SystemsManagerProps } from '../../../src/organization/systems-manager/systems-manager';
import { PatchedSystem } from '../../../src/organization/systems-manager/systems-manager-options';
import { validated } from '../../network/aws-solutions';
import { withoutCode } from '../account-settings/without-code';

const KEY = 'arn:aws:kms:eu-west-1:444455556666:key/11111111-2222-3333-4444-555555555555';

function made(props?: SystemsManagerProps): Template {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Account', { env: { account: '444455556666', region: 'eu-west-1' } });
  new SystemsManager(stack, 'SystemsManager', props);
  return Template.fromStack(stack);
}

const typesOf = (template: Template) => Object.values<any>(template.toJSON().Resources).map(({ Type }) => Type);

function inputsOf(template: Template): any {
  const [preferences] = Object.values<any>(template.findResources('Custom::SessionPreferences'));
  return JSON.parse(preferences.Properties.Content).inputs;
}

test('what there is where nothing is said', () => {
  const template = made();
  expect(withoutCode(template)).toMatchSnapshot();
  expect(inputsOf(template)).toEqual({
    s3BucketName: '', s3KeyPrefix: '', s3EncryptionEnabled: true, cloudWatchLogGroupName: '/landing-zone/sessions', cloudWatchEncryptionEnabled: true, cloudWatchStreamingEnabled: true,
    kmsKeyId: '', runAsEnabled: false, runAsDefaultUser: '', idleSessionTimeout: '20', maxSessionDuration: '', shellProfile: { windows: '', linux: '' },
  });
});

test('instances are managed with a role that writes sessions to their log group, and nowhere else', () => {
  const template = made();
  template.hasResourceProperties('AWS::SSM::ServiceSetting', { SettingId: '/ssm/managed-instance/default-ec2-instance-management-role', SettingValue: { Ref: Match.stringLikeRegexp('HostRole') } });
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: Match.objectLike({ Statement: [Match.objectLike({ Principal: { Service: 'ssm.amazonaws.com' } })] }),
    Policies: [Match.objectLike({
      PolicyDocument: Match.objectLike({
        Statement: [
          { Sid: 'SessionLog', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('SessionLog'), 'Arn'] } },
          { Sid: 'LogGroups', Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' },
        ],
      }),
    })],
  });
  expect(JSON.stringify(made({ sessions: { sessionKeyArn: KEY } }).findResources('AWS::IAM::Role'))).toContain(`"Action":"kms:Decrypt","Resource":"${KEY}"`);
  expect(JSON.stringify(made({ withoutSessionPreferences: 'Nobody signs in' }).findResources('AWS::IAM::Role'))).not.toContain('logs:');
});

test('sessions are kept in an encrypted log group that stays, with a key of its own or another one', () => {
  const template = made();
  template.hasResource('AWS::Logs::LogGroup', {
    Properties: { LogGroupName: '/landing-zone/sessions', RetentionInDays: 365, KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('SessionKey'), 'Arn'] } }, DeletionPolicy: 'RetainExceptOnCreate',
  });
  template.hasResource('AWS::KMS::Key', { Properties: { EnableKeyRotation: true }, DeletionPolicy: 'RetainExceptOnCreate' });
  const other = made({ sessions: { logKeyArn: '{{resolve:ssm:/landing-zone/keys/data}}', logGroupName: '/acme/sessions', retentionDays: 731, idleMinutes: 5, maxMinutes: 480, runAs: 'operator', sessionKeyArn: KEY } });
  other.resourceCountIs('AWS::KMS::Key', 0);
  other.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/acme/sessions', RetentionInDays: 731, KmsKeyId: '{{resolve:ssm:/landing-zone/keys/data}}' });
  expect(inputsOf(other)).toMatchObject({
    cloudWatchLogGroupName: '/acme/sessions', idleSessionTimeout: '5', maxSessionDuration: '480', runAsEnabled: true, runAsDefaultUser: 'operator', kmsKeyId: KEY,
  });
});

test('instance profiles take a policy of their Region; sessions start without a log for a reason alone', () => {
  made().hasResourceProperties('AWS::IAM::ManagedPolicy', {
    ManagedPolicyName: { 'Fn::Join': ['', ['landing-zone-session-logs-', { Ref: 'AWS::Region' }]] },
    PolicyDocument: { Statement: [Match.objectLike({ Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('SessionLog'), 'Arn'] } }), Match.objectLike({ Action: 'logs:DescribeLogGroups' })] },
  });
  made({ withoutSessionPreferences: 'Nobody signs in' }).resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  const open = made({ sessions: { evenWithoutLog: 'Profiles follow in May' } });
  expect(inputsOf(open)).toMatchObject({ cloudWatchEncryptionEnabled: false, cloudWatchLogGroupName: '/landing-zone/sessions' });
  open.hasResource('AWS::KMS::Key', { Metadata: { 'landing-zone:systems-manager': { reasons: { sessionLog: 'Profiles follow in May' } } } });
});

test('nodes are looked at each day, and nothing is installed', () => {
  const template = made();
  const systems = Object.values<any>(template.findResources('AWS::SSM::PatchBaseline')).map(({ Properties, DeletionPolicy }) => [Properties.OperatingSystem, Properties.DefaultBaseline, DeletionPolicy]);
  expect(systems).toEqual(['AMAZON_LINUX_2', 'AMAZON_LINUX_2023', 'REDHAT_ENTERPRISE_LINUX', 'WINDOWS'].map((system) => [system, true, 'Retain']));
  const associations = Object.values<any>(template.findResources('AWS::SSM::Association'));
  expect(associations.map(({ Properties }) => [Properties.Name, Properties.Parameters, Properties.ScheduleExpression])).toEqual([['AWS-RunPatchBaseline', { Operation: ['Scan'] }, 'cron(0 4 ? * * *)']]);
});

test('patches are installed when that is asked for, at the time that is said alone, on nodes of a tag', () => {
  const install = (props: object) => made({ patching: { install: { schedule: 'cron(0 3 ? * SUN *)', ...props } } });
  install({}).hasResourceProperties('AWS::SSM::Association', {
    Parameters: { Operation: ['Install'], RebootOption: ['RebootIfNeeded'] }, ApplyOnlyAtCronInterval: true, ScheduleExpression: 'cron(0 3 ? * SUN *)', MaxConcurrency: '10%', Targets: [{ Key: 'InstanceIds', Values: ['*'] }],
  });
  install({ tagKey: 'patching', withoutReboot: 'Teams restart' }).hasResourceProperties('AWS::SSM::Association', { Parameters: { RebootOption: ['NoReboot'] }, Targets: [{ Key: 'tag-key', Values: ['patching'] }] });
  install({ tagKey: 'patching', tagValues: ['sunday'] }).hasResourceProperties('AWS::SSM::Association', { Targets: [{ Key: 'tag:patching', Values: ['sunday'] }] });
});

test('a system that is added moves nothing', () => {
  const before = made({ patching: { systems: [PatchedSystem.WINDOWS] } }).toJSON().Resources;
  const after = made({ patching: { systems: [PatchedSystem.SUSE, PatchedSystem.WINDOWS] } });
  expect(after.toJSON().Resources).toMatchObject(Object.fromEntries(Object.entries<any>(before).filter(([, { Type }]) => Type !== 'AWS::SSM::Association')));
  after.hasResourceProperties('AWS::SSM::PatchBaseline', { OperatingSystem: 'SUSE', ApprovalRules: { PatchRules: [Match.objectLike({ ApproveAfterDays: 7 })] } });
});

test('the state of nodes is collected, and a rule of AWS Config looks at it, where that is asked for', () => {
  const template = made({ patching: { complianceRule: true, collectedIn: { bucketName: 'acme-patches', region: 'eu-west-1' } } });
  template.hasResourceProperties('AWS::Config::ConfigRule', { Source: { Owner: 'AWS', SourceIdentifier: 'EC2_MANAGEDINSTANCE_PATCH_COMPLIANCE_STATUS_CHECK' } });
  template.hasResourceProperties('AWS::SSM::ResourceDataSync', { SyncType: 'SyncToDestination', S3Destination: { BucketName: 'acme-patches', BucketRegion: 'eu-west-1', SyncFormat: 'JsonSerDe' } });
  expect(typesOf(made()).filter((type) => /AWS::Config|DataSync/.test(type))).toEqual([]);
});

test('what is left out has a reason, which the template keeps', () => {
  const template = made({ withoutHostManagement: 'Each has a profile', withoutPatching: 'Images are replaced' });
  expect(typesOf(template).filter((type) => /ServiceSetting|Patch|Association/.test(type))).toEqual([]);
  template.hasResource('AWS::KMS::Key', { Metadata: { 'landing-zone:systems-manager': { reasons: { hostManagement: 'Each has a profile', patching: 'Images are replaced' } } } });
  expect(typesOf(made({ withoutSessionPreferences: 'Nobody signs in' }))).not.toContain('AWS::Lambda::Function');
  expect(() => made({ withoutHostManagement: 'a', withoutPatching: 'b', withoutSessionPreferences: 'c' })).toThrow('everything is left out');
});

test('all mistakes are told together', () => {
  expect(() => made({
    withoutHostManagement: ' ', withoutSessionPreferences: 'x', withoutPatching: 'y',
    sessions: { logGroupName: 'a b', retentionDays: 100, logKeyArn: 'alias/data', sessionKeyArn: 'alias/sessions', evenWithoutLog: '', idleMinutes: 61, maxMinutes: 0, runAs: 'Root!' },
    patching: {
      approveAfterDays: 361, systems: [PatchedSystem.SUSE, PatchedSystem.SUSE], scanSchedule: 'daily', install: { schedule: 'rate(1 day)', tagValues: [], withoutReboot: '', atOnce: '0' },
      collectedIn: { bucketName: 'acme-patches', region: 'Ireland', keyArn: 'alias/data' },
    },
  })).toThrow([
    '  withoutHostManagement asks for the reason',
    '  sessions is set, and withoutSessionPreferences leaves them out',
    '  patching is set, and withoutPatching leaves it out',
    '  sessions.logGroupName is "a b": up to 512 letters, digits and . - _ / # are expected',
    '  sessions.retentionDays is 100: one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 is expected',
    '  sessions.logKeyArn is "alias/data": the ARN of a key is expected, not of an alias',
    '  sessions.sessionKeyArn is "alias/sessions": the ARN of a key is expected, not of an alias',
    '  sessions.evenWithoutLog asks for the reason',
    '  sessions.idleMinutes is 61: 1 to 60 is expected',
    '  sessions.maxMinutes is 0: 1 to 1440 is expected',
    '  sessions.runAs is "Root!": the name of a Linux user is expected',
    '  patching.approveAfterDays is 361: 0 to 360 is expected',
    '  patching.systems names SUSE twice',
    '  patching.scanSchedule is "daily": cron(0 4 ? * * *) or rate(12 hours) is expected',
    '  patching.install.schedule is "rate(1 day)": cron(0 3 ? * SUN *) is expected; with a rate, patches would be installed at once',
    '  patching.install.tagValues needs tagKey',
    '  patching.install.tagValues is empty: leave it out for any value',
    '  patching.install.withoutReboot asks for the reason',
    '  patching.install.atOnce is "0": a number like 5 or a share like 10% is expected',
    '  patching.collectedIn.region is "Ireland": a Region like eu-west-1 is expected',
    '  patching.collectedIn.keyArn is "alias/data": the ARN of a key is expected, not of an alias',
  ].join('\n'));
});

test('two are byte for byte the same', () => {
  expect(JSON.stringify(made().toJSON())).toBe(JSON.stringify(made().toJSON()));
});

test('passes AwsSolutions, our controls and the validation of CloudFormation', () => {
  const { violations } = validated((stack) => {
    new SystemsManager(stack, 'SystemsManager', { patching: { complianceRule: true, install: { schedule: 'cron(0 3 ? * SUN *)' }, collectedIn: { bucketName: 'acme-patches', region: 'eu-west-1' } } });
  });
  expect(violations).toEqual([]);
});
