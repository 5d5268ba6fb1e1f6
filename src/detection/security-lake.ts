import { CfnResource, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnAwsLogSource, CfnDataLake } from 'aws-cdk-lib/aws-securitylake';
import { Construct } from 'constructs';
import { KEY_ALIAS, lakeRoleArn, META_STORE_ROLE, REPLICATION_ROLE } from './security-lake-names';
import { SecurityLakeSource, SecurityLakeSources } from './security-lake-source';
import { SOURCE_VERSION, sourcesOf } from './security-lake-sources';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { InputError } from '../model/input-error';
import { partitionOf } from '../model/partition';

/** A storage class that data moves to. */
export interface SecurityLakeTransition {
  /** Days after which it moves, 30 at least, as S3 asks for. */
  readonly days: number;
  /** The class, as S3 names it: `STANDARD_IA`, `ONEZONE_IA`, `INTELLIGENT_TIERING` or `GLACIER_IR`, which queries read at once. */
  readonly storageClass: string;
}

/** What can be chosen of a data lake. */
export interface SecurityLakeOptions extends SecurityLakeSources {
  /** Days until data expires. @default 365 */
  readonly days?: number;
  /** Storage classes that it moves to before, the first one first. @default - none: it stays in S3 Standard */
  readonly transitions?: SecurityLakeTransition[];
}

/** Properties of a data lake. */
export interface SecurityLakeProps extends SecurityLakeOptions {
  /** Ids of the accounts that it collects of. */
  readonly accountIds: string[];
  /** Region that gets copies of the data: not the data lake's own. It has one already. @default - data stays in its Region */
  readonly rollupRegion?: string;
}

const YEAR = 365;

/** Classes from which queries read without restoring an object (Amazon S3 User Guide, "Understanding and managing Amazon S3 storage classes", read 2026-11-23). */
const CLASSES = ['STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR'];

/** "Expiring and transitioning objects", ibid. */
const FIRST_DAY = 30;

/**
 * Security Lake in one Region: a data lake, encrypted with a key of its own, and what it collects of accounts, one source after the other, as AWS refuses two changes at a time. Data lakes of several Regions have to be made one
 * after the other, too. For the account that administers Security Lake, which has the roles of `SecurityLakeRoles`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-securitylake-datalake.html (read 2026-11-23)
 *
 * Data lake and key stay when they leave the template. A source that leaves it is collected no longer; what it brought stays until it expires. Goes into a stack with a known account and Region.
 *
 * @example
 * new SecurityLake(stack, 'Lake', { accountIds: ['111122223333'], also: [SecurityLakeSource.EKS_AUDIT] });
 */
export class SecurityLake extends Construct {
  /** ARN. */
  public readonly dataLakeArn: string;
  /** ARN of the bucket, whose name AWS gives. */
  public readonly bucketArn: string;
  /** ARN of the key. */
  public readonly keyArn: string;
  /** What it collects. */
  public readonly sources: SecurityLakeSource[];

  public constructor(scope: Construct, id: string, props: SecurityLakeProps) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    const { accountIds, days = YEAR, transitions = [], rollupRegion, without = [] } = props;
    this.check(props, account, region);
    this.sources = sourcesOf(props, `SecurityLake ${this.node.path}`);
    const key = this.addKey(account, region);
    this.keyArn = key.attrArn;
    const lake = new CfnDataLake(this, 'Resource', {
      encryptionConfiguration: { kmsKeyId: key.attrArn },
      metaStoreManagerRoleArn: lakeRoleArn(META_STORE_ROLE, account, region),
      lifecycleConfiguration: { expiration: { days }, transitions: transitions.length > 0 ? transitions.map(({ days: after, storageClass }) => ({ days: after, storageClass })) : undefined },
      replicationConfiguration: rollupRegion === undefined ? undefined : { regions: [rollupRegion], roleArn: lakeRoleArn(REPLICATION_ROLE, account, region) },
    });
    lake.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    if (without.length > 0) lake.addMetadata(METADATA_KEY, { without: Object.fromEntries(without.map(({ source, reason }) => [source, reason])) });
    this.dataLakeArn = lake.attrArn;
    this.bucketArn = lake.attrS3BucketArn;
    let last: CfnResource = lake;
    for (const sourceName of this.sources) {
      const source = new CfnAwsLogSource(this, sourceName, { dataLakeArn: lake.attrArn, sourceName, sourceVersion: SOURCE_VERSION, accounts: accountIds });
      source.addResourceDependency(last);
      last = source;
    }
  }

  private check({ accountIds, days = YEAR, transitions = [], rollupRegion }: SecurityLakeProps, account: string, region: string): void {
    const ids = Token.isUnresolved(accountIds) ? [] : accountIds;
    const isBefore = (at: number) => at === 0 || transitions[at - 1]!.days < transitions[at]!.days;
    const problems = [
      ...(Token.isUnresolved(account) || Token.isUnresolved(region) ? ['its stack has no account and Region of its own, and names follow from them: give env'] : []),
      ...(accountIds.length === 0 ? ['there is no account'] : []),
      ...ids.filter((one) => !/^\d{12}$/.test(one)).map((one) => `the account "${one}" has not twelve digits`),
      ...[...new Set(ids.filter((one, at) => ids.indexOf(one) !== at))].map((one) => `account ${one} is there twice`),
      ...(Number.isInteger(days) && days >= 1 ? [] : [`days is ${days}: whole days from 1 are expected`]),
      ...transitions.flatMap(({ days: after, storageClass }, at) => [
        ...(Number.isInteger(after) && after >= FIRST_DAY && after < days ? [] : [`data moves to ${storageClass} after ${after} days: whole days from ${FIRST_DAY}, below the ${days} that it is kept, are expected`]),
        ...(CLASSES.includes(storageClass) ? [] : [`${storageClass} is none of ${CLASSES.join(', ')}`]),
        ...(isBefore(at) ? [] : [`${storageClass} does not come after what is named before it`]),
      ]),
      ...(rollupRegion === region ? [`the rollup Region ${region} is its own`] : []),
    ];
    if (problems.length > 0) throw new InputError(`SecurityLake ${this.node.path}: ${problems.join('; ')}`);
  }

  /** Who uses it is said by policies of their roles, as the account's own policy of a key allows. */
  private addKey(account: string, region: string): CfnKey {
    const key = new CfnKey(this, 'Key', {
      description: 'Amazon Security Lake',
      enableKeyRotation: true,
      pendingWindowInDays: 30,
      keyPolicy: {
        Version: '2012-10-17',
        Statement: [{ Sid: 'Account', Effect: 'Allow', Principal: { AWS: `arn:${partitionOf(region)}:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }],
      },
    });
    const alias = new CfnAlias(this, 'Alias', { aliasName: KEY_ALIAS, targetKeyId: key.ref });
    for (const resource of [key, alias]) resource.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return key;
  }
}
