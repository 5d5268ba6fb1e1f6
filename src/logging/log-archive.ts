import { Aspects, RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, CfnBucketPolicy, CfnBucketProps } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AfterArchive } from './after-archive';
import { guardsOf } from './log-guards';
import { bucketArn, bucketArnPrefixes, bucketName, keyAlias, keyAliasArn, LogPlace } from './log-place';
import { LogPurpose } from './log-purpose';
import { ChosenRetention, LogRetentions, retentionOf } from './log-retention';
import { keyUsers, LogSources, writersOf } from './log-writers';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { InputError } from '../model/input-error';
import { DnsQueryLogs } from '../network/dns-query-logs';
import { FlowLogs } from '../network/flow-logs';
import { WebFirewallLogs } from '../network/web-firewall-logs';

/** What can be chosen of a log archive. */
export interface LogArchiveOptions {
  /** What is logged. @default LogPurpose.all() */
  readonly purposes?: LogPurpose[];
  /** How long it is kept, where, and how firmly. @default - the trail and AWS Config for 7 years, the rest for a year; the trail locked under governance */
  readonly retention?: LogRetentions;
  /** Role for emergencies, with its path: the only one that deletes. The same as in `PlatformPrincipals`. @default 'break-glass' */
  readonly breakGlassRole?: string;
}

/** Properties of a log archive. */
export interface LogArchiveProps extends LogArchiveOptions {
  /** Part of the names of buckets and key: lower-case letters, digits and hyphens, short. */
  readonly archiveName: string;
  /** Id of the organization, `o-abcdefghij`, whose accounts write. */
  readonly organizationId: string;
  /** Id of the management account, which owns the organization trail. */
  readonly managementAccountId: string;
  /** ARN of the organization trail; CloudTrail writes for no other. */
  readonly trailArn: string;
}

/**
 * Where all logs of an organization go: a bucket a purpose, in the log archive's account, for one Region. Versioned, encrypted, private, for the organization's services alone, over TLS 1.2 or
 * newer; nobody but break-glass deletes. Other accounts name buckets without references, as names follow from the archive's name, account and Region; stacks that write to it are deployed after it.
 *
 * Goes into a stack with a known account and Region, of the log archive's account. `LZ.LOGS.4` there keeps administrators of the account from changing it.
 *
 * @example
 * const archive = new LogArchive(stack, 'Logs', {
 *   archiveName: 'acme', organizationId: 'o-abcdefghij', managementAccountId: '111122223333', trailArn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/landing-zone-acme',
 *   retention: { flow: { days: 400 } },
 * });
 */
export class LogArchive extends Construct {
  /** Purposes that it has a bucket for. */
  public readonly purposes: LogPurpose[];
  /** Region of its buckets. */
  public readonly region: string;
  /** ARN of the alias of its key; serves in other accounts in place of the key's. */
  public readonly keyAliasArn: string;
  /** ARN of the trail that may write to it. */
  public readonly trailArn: string;
  private readonly place: LogPlace;

  public constructor(scope: Construct, id: string, private readonly props: LogArchiveProps) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    this.place = { archiveName: props.archiveName, account, region };
    this.purposes = props.purposes ?? LogPurpose.all();
    this.region = region;
    this.check();
    this.keyAliasArn = keyAliasArn(this.place);
    this.trailArn = props.trailArn;
    const key = this.purposes.every((purpose) => purpose === LogPurpose.ACCESS) ? undefined : this.addKey();
    const access = this.purposes.includes(LogPurpose.ACCESS) ? this.addBucket(LogPurpose.ACCESS) : undefined;
    for (const purpose of this.purposes.filter((one) => one !== LogPurpose.ACCESS)) this.addBucket(purpose, key, access);
    Aspects.of(this.node.root).add(new AfterArchive(Stack.of(this), this.purposes.map((purpose) => bucketName(this.place, purpose))));
  }

  /** Flow logs of VPCs and gateways to here. Fails where it has no bucket for them. */
  public get flowLogs(): FlowLogs {
    return FlowLogs.toBucket(this.bucketArn(LogPurpose.FLOW));
  }

  /** Logs of network firewalls to here, where they are not to lie with the flow logs. Fails where it has no bucket for them. */
  public get firewallLogs(): FlowLogs {
    return FlowLogs.toBucket(this.bucketArn(LogPurpose.FIREWALL));
  }

  /** Queries of the resolver to here. Fails where it has no bucket for them. */
  public get dnsQueryLogs(): DnsQueryLogs {
    return DnsQueryLogs.toBucket(this.bucketArn(LogPurpose.DNS));
  }

  /** Logs of web firewalls to here. Fails where it has no bucket for them. */
  public get webFirewallLogs(): WebFirewallLogs {
    return WebFirewallLogs.toBucket(this.bucketArn(LogPurpose.WEB_FIREWALL));
  }

  /** Name of the bucket for access logs of load balancers. Fails where it has none. */
  public get accessLogsBucket(): string {
    return this.bucketName(LogPurpose.ACCESS);
  }

  /** Name of the bucket of a purpose. Fails with the purposes it has. */
  public bucketName(purpose: LogPurpose): string {
    if (!this.purposes.includes(purpose)) {
      throw new InputError(`The log archive of ${this.region} has no bucket for ${purpose.key} logs. It has: ${this.purposes.map(({ key }) => key).join(', ')}. Add it to purposes`);
    }
    return bucketName(this.place, purpose);
  }

  /** ARN of the bucket of a purpose. Fails with the purposes it has. */
  public bucketArn(purpose: LogPurpose): string {
    this.bucketName(purpose);
    return bucketArn(this.place, purpose);
  }

  /** How the ARNs of its buckets begin, in every Region. */
  public get bucketArnPrefixes(): string[] {
    return bucketArnPrefixes(this.place);
  }

  private check(): void {
    const { archiveName, organizationId, managementAccountId, trailArn } = this.props;
    const problems = [
      ...(Token.isUnresolved(this.place.account) || Token.isUnresolved(this.place.region) ? ['its stack has no account and Region of its own, and names follow from them: give env'] : []),
      ...(/^[a-z0-9][a-z0-9-]*$/.test(archiveName) ? [] : [`archiveName is "${archiveName}": lower-case letters, digits and hyphens are expected`]),
      ...(/^o-[a-z0-9]{10,32}$/.test(organizationId) ? [] : [`organizationId is "${organizationId}": an id like o-abcdefghij is expected`]),
      ...(/^\d{12}$/.test(managementAccountId) ? [] : [`managementAccountId is "${managementAccountId}": twelve digits are expected`]),
      ...(/^arn:[^:]+:cloudtrail:[^:]+:\d{12}:trail\/[^*]+$/.test(trailArn) ? [] : [`trailArn is "${trailArn}": the ARN of one trail is expected`]),
      ...(this.purposes.length === 0 ? ['purposes is empty'] : []),
      ...[...new Set(this.purposes.filter((purpose, at) => this.purposes.indexOf(purpose) !== at))].map(({ key }) => `purpose ${key} is named twice`),
    ];
    if (problems.length > 0) throw new InputError(`LogArchive ${this.node.path}: ${problems.join('; ')}`);
  }

  private addKey(): CfnKey {
    const key = new CfnKey(this, 'Key', {
      description: `Logs of the organization: ${this.props.archiveName}`,
      enableKeyRotation: true,
      pendingWindowInDays: 30,
      keyPolicy: { Version: '2012-10-17', Statement: keyUsers(this.place, this.sources) },
    });
    const alias = new CfnAlias(this, 'KeyAlias', { aliasName: keyAlias(this.place), targetKeyId: key.ref });
    for (const resource of [key, alias]) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return key;
  }

  private addBucket(purpose: LogPurpose, key?: CfnKey, access?: CfnBucket): CfnBucket {
    const retention = retentionOf(purpose, this.props.retention ?? {});
    const bucket = new CfnBucket(this, purpose._id, {
      bucketName: bucketName(this.place, purpose),
      bucketNamespace: 'account-regional',
      bucketEncryption: { serverSideEncryptionConfiguration: [encryption(key)] },
      publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      versioningConfiguration: { status: 'Enabled' },
      ...(purpose === LogPurpose.ACCESS ? {} : objectLock(retention)),
      lifecycleConfiguration: lifecycle(retention),
      ...(access ? { loggingConfiguration: { destinationBucketName: access.ref, logFilePrefix: `s3/${purpose.key}/` } } : {}),
    });
    Validations.of(bucket).acknowledge(
      { id: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled', reason: 'S3 keeps logs in three zones, versioned and locked; a copy in another Region is what a resilience tier asks for.' },
      ...(key ? [] : [{ id: 'NIST.800.53.R5::NIST.800.53.R5-S3DefaultEncryptionKMS', reason: 'S3 and load balancers write access logs to no bucket with a key of KMS.' }]),
    );
    bucket.addMetadata(METADATA_KEY, { logs: purpose.key, ...(retention.lock.reason !== undefined ? { lock: retention.lock.reason } : {}) });
    const policy = new CfnBucketPolicy(this, `${purpose._id}Policy`, {
      bucket: bucketName(this.place, purpose),
      policyDocument: {
        Version: '2012-10-17',
        Statement: [...guardsOf(purpose, this.place, this.props.organizationId, this.props.breakGlassRole ?? 'break-glass'), ...writersOf(purpose, this.place, this.sources)],
      },
    });
    policy.addResourceDependency(bucket);
    for (const resource of [bucket, policy]) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return bucket;
  }

  private get sources(): LogSources {
    const { organizationId, managementAccountId, trailArn } = this.props;
    return { organizationId, managementAccountId, trailArn };
  }
}

function encryption(key?: CfnKey): CfnBucket.ServerSideEncryptionRuleProperty {
  // Load balancers and S3 itself write their access logs to no bucket with a key of one's own.
  return key ? { bucketKeyEnabled: true, serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.attrArn } } : { serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } };
}

function objectLock({ days, lock }: ChosenRetention): Pick<CfnBucketProps, 'objectLockEnabled' | 'objectLockConfiguration'> {
  return {
    objectLockEnabled: true,
    ...(lock.mode !== undefined ? { objectLockConfiguration: { objectLockEnabled: 'Enabled', rule: { defaultRetention: { mode: lock.mode, days } } } } : {}),
  };
}

function lifecycle({ days, transitions }: ChosenRetention): CfnBucket.LifecycleConfigurationProperty {
  return {
    rules: [{
      id: 'keep',
      status: 'Enabled',
      transitions,
      expirationInDays: days,
      // What expired, and what break-glass deleted, can be brought back for a month.
      noncurrentVersionExpiration: { noncurrentDays: 30 },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    }],
  };
}
