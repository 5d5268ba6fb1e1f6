import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { KEY_ALIAS, META_STORE_ROLE, REPLICATION_ROLE, ROLE_PATH } from './security-lake-names';
import { InputError } from '../model/input-error';
import { partitionOf } from '../model/partition';

/** Properties of the roles of a data lake. */
export interface SecurityLakeRolesProps {
  /** Regions that have a data lake. */
  readonly regions: string[];
  /** Region that gets copies of what all others collect. @default - none */
  readonly rollupRegion?: string;
}

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition: object;
}

/**
 * The roles of Security Lake, once in the account that administers it, which has to exist before data lakes are made: of the functions that keep its tables, and, with a rollup Region, of S3, which copies to it.
 * Where the account has them, because its console made them, take them over by `cdk import`. They stay when they leave the template: data lakes would stop working.
 * https://docs.aws.amazon.com/security-lake/latest/userguide/add-rollup-region.html (read 2026-11-23)
 *
 * Goes into a stack with a known account.
 *
 * @example
 * new SecurityLakeRoles(stack, 'Roles', { regions: ['eu-west-1', 'us-east-1'], rollupRegion: 'eu-west-1' });
 */
export class SecurityLakeRoles extends Construct {
  public constructor(scope: Construct, id: string, { regions, rollupRegion }: SecurityLakeRolesProps) {
    super(scope, id);
    if (rollupRegion !== undefined && !regions.includes(rollupRegion)) throw new InputError(`SecurityLakeRoles ${this.node.path}: the rollup Region ${rollupRegion} is none of the Regions ${regions.join(', ')}`);
    const { account, region } = Stack.of(this);
    const partition = partitionOf(region);
    const policy = `arn:${partition}:iam::aws:policy/service-role/AmazonSecurityLakeMetastoreManager`;
    const keys = (of: string) => `arn:${partition}:kms:${of}:${account}:key/*`;
    const ofLake = { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [KEY_ALIAS] } };
    const metaStore = this.role('MetaStoreManager', META_STORE_ROLE, 'lambda.amazonaws.com', [
      { Sid: 'Key', Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: regions.map(keys), Condition: ofLake },
    ], [policy]);
    Validations.of(metaStore).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM4[Policy::${policy}]`, reason: 'Security Lake asks for this policy, and AWS keeps it with what its functions do.' });
    const sources = regions.filter((one) => one !== rollupRegion);
    if (rollupRegion === undefined || sources.length === 0) return;
    // Names of the buckets end in what only AWS knows, hence the account.
    const bucket = (of: string) => `arn:${partition}:s3:::aws-security-data-lake-${of}*`;
    const inAccount = { StringEquals: { 's3:ResourceAccount': [account] } };
    const through = (some: string[]) => ({ ...ofLake, StringLike: { 'kms:ViaService': some.map((of) => `s3.${of}.amazonaws.com`), 'kms:EncryptionContext:aws:s3:arn': some.map(bucket) } });
    this.role('Replication', REPLICATION_ROLE, 's3.amazonaws.com', [
      {
        Sid: 'Read',
        Effect: 'Allow',
        Action: [
          's3:GetObjectLegalHold', 's3:GetObjectRetention', 's3:GetObjectVersion', 's3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging', 's3:GetReplicationConfiguration',
          's3:ListBucket',
        ],
        Resource: sources.flatMap((of) => [bucket(of), `${bucket(of)}/*`]),
        Condition: inAccount,
      },
      { Sid: 'Copy', Effect: 'Allow', Action: ['s3:GetObjectVersionTagging', 's3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'], Resource: [`${bucket(rollupRegion)}/*`], Condition: inAccount },
      { Sid: 'Decrypt', Effect: 'Allow', Action: ['kms:Decrypt'], Resource: sources.map(keys), Condition: through(sources) },
      { Sid: 'Encrypt', Effect: 'Allow', Action: ['kms:Encrypt'], Resource: [keys(rollupRegion)], Condition: through([rollupRegion]) },
    ]);
  }

  private role(id: string, roleName: string, service: string, statements: Statement[], managedPolicyArns?: string[]): CfnRole {
    const role = new CfnRole(this, id, {
      roleName,
      path: ROLE_PATH,
      description: 'Amazon Security Lake',
      assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] },
      managedPolicyArns,
      policies: [{ policyName: 'security-lake', policyDocument: { Version: '2012-10-17', Statement: statements } }],
    });
    role.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    Validations.of(role).acknowledge({ id: 'NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy', reason: 'The policy is written for this one role, and goes with it.' });
    const reason = 'Buckets and keys have names that AWS gives them in another stack: the account, the alias and the service narrow them.';
    for (const resource of new Set(statements.flatMap(({ Resource }) => Resource))) Validations.of(role).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`, reason });
    return role;
  }
}
