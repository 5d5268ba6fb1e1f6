/** Systems Manager in each account and Region; each part can be left out with a reason. */
export interface SystemsManagerOptions {
  /** Why instances are managed only where their own instance profile allows it. @default - all of them are, by Default Host Management Configuration */
  readonly withoutHostManagement?: string;
  /** How sessions run, and where what is done in them is kept. @default - 20 minutes idle at most; kept for a year, encrypted */
  readonly sessions?: SessionPreferences;
  /** Why the preferences of sessions are left as they are. @default - they are set */
  readonly withoutSessionPreferences?: string;
  /** What is patched, and when nodes are looked at. @default - security updates of seven days; nodes are looked at each day, and nothing is installed */
  readonly patching?: PatchingOptions;
  /** Why patches are left to AWS's predefined baselines, and nobody looks at nodes. @default - they are looked at */
  readonly withoutPatching?: string;
}

/** How sessions of Session Manager run. https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html (read 2026-11-23) */
export interface SessionPreferences {
  /** Log group of each account and Region that holds what is done in sessions. It stays when the stack goes. @default '/landing-zone/sessions' */
  readonly logGroupName?: string;
  /** How long that is kept, as many days as CloudWatch Logs offers. @default 365 */
  readonly retentionDays?: number;
  /** Key that it is encrypted with, by its ARN; `{{resolve:ssm:/landing-zone/keys/data}}` is that of an `EncryptionStandard`. @default - a key of its own in each account and Region */
  readonly logKeyArn?: string;
  /**
   * Why sessions start on nodes that cannot write to the log group, because their instance profile lacks the policy `landing-zone-session-logs-REGION`: what is done there is kept nowhere.
   *
   * @default - they do not start
   */
  readonly evenWithoutLog?: string;
  /** Minutes without input after which a session ends, 1 to 60. @default 20 */
  readonly idleMinutes?: number;
  /** Minutes after which each session ends, 1 to 1,440. @default - it does not */
  readonly maxMinutes?: number;
  /**
   * Key that data of sessions is encrypted with between people and nodes, in addition to TLS, by its ARN. People need `kms:GenerateDataKey` on it and nodes `kms:Decrypt`, or no session
   * starts; instances without a profile of their own have it by host management.
   *
   * @default - TLS alone
   */
  readonly sessionKeyArn?: string;
  /** User of the operating system that sessions run as on Linux, where the tag `SSMSessionRunAs` of the role names no other. It has to be there. @default - `ssm-user`, who may become root */
  readonly runAs?: string;
}

/** What is patched, and when nodes are looked at. */
export interface PatchingOptions {
  /** Operating systems with a default patch baseline of the landing zone. AWS's own stays the default of the others. @default - Amazon Linux 2 and 2023, Red Hat Enterprise Linux, Windows Server */
  readonly systems?: PatchedSystem[];
  /** Days from the release of a security update until it is approved: 0 to 360. @default 7 */
  readonly approveAfterDays?: number;
  /** When nodes are looked at for missing patches, as a cron or rate expression of State Manager in UTC. @default 'cron(0 4 ? * * *)', each day */
  readonly scanSchedule?: string;
  /** What is installed. @default - nothing: nodes are looked at, and their teams install */
  readonly install?: PatchInstallation;
  /** Whether a rule of AWS Config looks for nodes with missing patches. AWS Config has to record in each account and Region, or its deployment fails. @default false */
  readonly complianceRule?: boolean;
  /** Bucket that the state of nodes and patches of all accounts is collected in. @default - none; each account and Region knows its own */
  readonly collectedIn?: PatchStateBucket;
}

/** When approved patches are installed. */
export interface PatchInstallation {
  /** As a cron expression of State Manager in UTC: `cron(0 3 ? * SUN *)`. Nothing is installed before. */
  readonly schedule: string;
  /** Key of a tag of nodes that are patched. @default - all nodes are */
  readonly tagKey?: string;
  /** Values of that tag. Needs `tagKey`. @default - any */
  readonly tagValues?: string[];
  /** Why nodes are not started again where a patch needs it; such patches do not work until somebody does. @default - they are */
  readonly withoutReboot?: string;
  /** Nodes that install at the same time, as a number or a share: `10%`. @default '10%' */
  readonly atOnce?: string;
}

/** A bucket for resource data sync; its policy lets `ssm.amazonaws.com` write for the accounts of the organization. */
export interface PatchStateBucket {
  /** Its name. */
  readonly bucketName: string;
  /** Its Region. */
  readonly region: string;
  /** Key that objects are encrypted with, by its ARN; it has to be in the bucket's Region. @default - as the bucket says */
  readonly keyArn?: string;
}

/** Operating systems whose updates say when they were released; those of Debian and Ubuntu do not, and their AWS baselines approve at once. */
export enum PatchedSystem {
  /** Alma Linux. */
  ALMA_LINUX = 'ALMA_LINUX',
  /** Amazon Linux 2. */
  AMAZON_LINUX_2 = 'AMAZON_LINUX_2',
  /** Amazon Linux 2023. */
  AMAZON_LINUX_2023 = 'AMAZON_LINUX_2023',
  /** Oracle Linux. */
  ORACLE_LINUX = 'ORACLE_LINUX',
  /** Red Hat Enterprise Linux. */
  RED_HAT_ENTERPRISE_LINUX = 'REDHAT_ENTERPRISE_LINUX',
  /** Rocky Linux. */
  ROCKY_LINUX = 'ROCKY_LINUX',
  /** SUSE Linux Enterprise Server. */
  SUSE = 'SUSE',
  /** Windows Server. */
  WINDOWS = 'WINDOWS',
}
