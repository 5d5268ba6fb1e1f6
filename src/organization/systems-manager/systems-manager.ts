import { Aws, CfnResource, CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { manageHosts } from './host-management';
import { nodePolicy, sessionLogStatements } from './node-policy';
import { patch } from './patching';
import { SessionPreferences, SystemsManagerOptions } from './systems-manager-options';
import { systemsManagerProblems } from './systems-manager-problems';
import { InputError } from '../../model/input-error';
import { accountSettingFunction, SETTING_TIMEOUT } from '../account-settings/account-setting-function';
import { SESSION_DOCUMENT } from '../account-settings/systems-manager-names';

/** Properties of Systems Manager in an account and Region. */
export interface SystemsManagerProps extends SystemsManagerOptions {}

const METADATA_KEY = 'landing-zone:systems-manager';

/**
 * Systems Manager in an account and Region: instances are managed without an instance profile, sessions end when nobody types and are kept, encrypted, and nodes are looked at for missing patches.
 *
 * `zone.addSystemsManager()` delivers it; it is the content of a baseline of your own, too. Where AWS has a type of CloudFormation it is used; preferences of sessions are set by the function of `AccountSettings`.
 * Nodes with an instance profile of their own use that, and no session starts there before it has the policy `landing-zone-session-logs-REGION`, unless `sessions.evenWithoutLog` says why.
 *
 * @example
 * new SystemsManager(stack, 'SystemsManager', { sessions: { idleMinutes: 10 } });
 */
export class SystemsManager extends Construct {
  public constructor(scope: Construct, id: string, props: SystemsManagerProps = {}) {
    super(scope, id);
    const problems = systemsManagerProblems(props);
    if (problems.length > 0) throw new InputError(`SystemsManager ${this.node.path}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    const { withoutHostManagement, withoutSessionPreferences, withoutPatching, sessions = {}, patching = {} } = props;
    if ([withoutHostManagement, withoutSessionPreferences, withoutPatching].every((reason) => reason !== undefined)) throw new InputError(`SystemsManager ${this.node.path}: everything is left out`);
    const logGroup = withoutSessionPreferences === undefined ? this.keepSessions(sessions) : undefined;
    if (logGroup) nodePolicy(this, logGroup);
    if (withoutHostManagement === undefined) manageHosts(this, logGroup ? statementsOf(logGroup, sessions) : []);
    if (withoutPatching === undefined) patch(this, patching);
    const left = {
      hostManagement: withoutHostManagement, sessionPreferences: withoutSessionPreferences, patching: withoutPatching, reboot: patching.install?.withoutReboot, sessionLog: sessions.evenWithoutLog,
    };
    const reasons = Object.entries(left).filter(([, reason]) => reason !== undefined);
    const first = this.node.findAll().find((one): one is CfnResource => CfnResource.isCfnResource(one));
    if (reasons.length > 0) first!.addMetadata(METADATA_KEY, { reasons: Object.fromEntries(reasons) });
  }

  private keepSessions({ logGroupName = '/landing-zone/sessions', retentionDays = 365, logKeyArn, idleMinutes = 20, maxMinutes, sessionKeyArn = '', runAs, evenWithoutLog }: SessionPreferences): CfnLogGroup {
    const logGroup = new CfnLogGroup(this, 'SessionLog', { logGroupName, retentionInDays: retentionDays, kmsKeyId: logKeyArn ?? this.logKey(logGroupName) });
    logGroup.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    const document = `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:document/${SESSION_DOCUMENT}`;
    const provider = accountSettingFunction(this, {
      description: 'Preferences of sessions, whose document CloudFormation cannot take over',
      statements: [{
        Sid: 'Preferences',
        Effect: 'Allow',
        Action: ['ssm:CreateDocument', 'ssm:DescribeDocument', 'ssm:GetDocument', 'ssm:ListDocumentVersions', 'ssm:UpdateDocument', 'ssm:UpdateDocumentDefaultVersion'],
        Resource: document,
      }],
      wide: {},
    });
    const content = {
      schemaVersion: '1.0',
      description: 'Document to hold regional settings for Session Manager',
      sessionType: 'Standard_Stream',
      inputs: {
        s3BucketName: '',
        s3KeyPrefix: '',
        s3EncryptionEnabled: true,
        cloudWatchLogGroupName: logGroupName,
        // The agent then looks whether the log group is encrypted, and starts no session where it may not look.
        cloudWatchEncryptionEnabled: evenWithoutLog === undefined,
        // What is done is there at once, also when the node goes before the session ends.
        cloudWatchStreamingEnabled: true,
        kmsKeyId: sessionKeyArn,
        runAsEnabled: runAs !== undefined,
        runAsDefaultUser: runAs ?? '',
        idleSessionTimeout: String(idleMinutes),
        maxSessionDuration: maxMinutes === undefined ? '' : String(maxMinutes),
        shellProfile: { windows: '', linux: '' },
      },
    };
    const preferences = new CustomResource(this, 'SessionPreferences', {
      resourceType: 'Custom::SessionPreferences', serviceToken: provider.attrArn, serviceTimeout: SETTING_TIMEOUT.plus(Duration.minutes(1)), properties: { Content: JSON.stringify(content) },
    });
    // No session starts where the log group is not there.
    preferences.node.addDependency(logGroup);
    return logGroup;
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html (read 2026-11-23) */
  private logKey(logGroupName: string): string {
    const key = new CfnKey(this, 'SessionKey', {
      description: 'What is done in sessions of Session Manager',
      enableKeyRotation: true,
      keyPolicy: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Account', Effect: 'Allow', Principal: { AWS: `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:root` }, Action: 'kms:*', Resource: '*' },
          {
            Sid: 'SessionLog',
            Effect: 'Allow',
            Principal: { Service: `logs.${Aws.REGION}.amazonaws.com` },
            Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
            Resource: '*',
            Condition: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${logGroupName}` } },
          },
        ],
      },
    });
    key.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return key.attrArn;
  }
}

/** What the agent of a node without a profile may do for sessions. */
function statementsOf(logGroup: CfnLogGroup, { sessionKeyArn }: SessionPreferences): object[] {
  return [
    ...sessionLogStatements(logGroup),
    ...(sessionKeyArn !== undefined ? [{ Sid: 'SessionKey', Effect: 'Allow', Action: 'kms:Decrypt', Resource: sessionKeyArn }] : []),
  ];
}
