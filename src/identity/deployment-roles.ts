import { RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib';
import { CfnOIDCProvider, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DeploymentSource } from './deployment-source';
import { InputError } from '../model/input-error';
import { partitionOf } from '../model/partition';

/** Properties of the roles of one repository or project in one account. */
export interface DeploymentRolesProps {
  /** How the roles are called: `shop`, for `shop-plan` and `shop-apply`. */
  readonly roleName: string;
  /** Whose pipelines. */
  readonly source: DeploymentSource;
  /** ARN of the identity provider of the issuer, where the account has it already; there can be one of an issuer. @default - it is made, and kept */
  readonly identityProviderArn?: string;
  /** Qualifier of the CDK bootstrap stack. @default 'hnb659fds' */
  readonly bootstrapQualifier?: string;
  /** Hours after which a session that deploys ends: 1 to 12. @default 1 */
  readonly applyHours?: number;
}

/**
 * Pipelines of GitHub or GitLab deploy a CDK app to this account without keys: a role that reads, for what is not merged yet, and one that deploys the branch. Each does nothing but become
 * roles of this account's CDK bootstrap stack.
 *
 * @example
 * new DeploymentRoles(stack, 'Shop', {
 *   roleName: 'shop',
 *   source: DeploymentSource.github({ repository: { name: 'acme/shop', ownerId: '12', repositoryId: '34' }, environment: 'production' }),
 * });
 */
export class DeploymentRoles extends Construct {
  /** ARN of the role that reads. */
  public readonly planRoleArn: string;
  /** ARN of the role that deploys. */
  public readonly applyRoleArn: string;
  /** ARN of the identity provider. */
  public readonly identityProviderArn: string;

  public constructor(scope: Construct, id: string, private readonly props: DeploymentRolesProps) {
    super(scope, id);
    const { roleName, source, applyHours = 1 } = props;
    if (!/^[A-Za-z0-9_+=,.@-]{1,58}$/.test(roleName)) throw new InputError(`roleName "${roleName}": 1 to 58 letters, digits and _ + = , . @ - are expected; -plan and -apply follow`);
    if (!(Number.isInteger(applyHours) && applyHours >= 1 && applyHours <= 12)) throw new InputError(`applyHours is ${applyHours}: a whole number of 1 to 12 is expected`);
    this.identityProviderArn = props.identityProviderArn ?? this.addProvider();
    this.planRoleArn = this.addRole('Plan', `${roleName}-plan`, source._plan, ['lookup'], 1);
    this.applyRoleArn = this.addRole('Apply', `${roleName}-apply`, source._apply, ['deploy', 'file-publishing', 'image-publishing', 'lookup'], applyHours);
  }

  private addProvider(): string {
    const { source: { issuer, audience } } = this.props;
    const provider = new CfnOIDCProvider(this, 'Provider', { url: `https://${issuer}`, clientIdList: [audience] });
    provider.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return provider.attrArn;
  }

  private addRole(id: string, roleName: string, conditions: object, bootstrapRoles: readonly string[], hours: number): string {
    const { source, bootstrapQualifier = 'hnb659fds' } = this.props;
    const { account, region, partition } = Stack.of(this);
    const iam = `arn:${Token.isUnresolved(region) ? partition : partitionOf(region)}:iam::${account}:role`;
    const resources = bootstrapRoles.map((kind) => `${iam}/cdk-${bootstrapQualifier}-${kind}-role-*`);
    const role = new CfnRole(this, id, {
      roleName,
      description: `${source.name}: ${id === 'Plan' ? 'reads, for what is not merged yet' : 'deploys the branch'}`,
      maxSessionDuration: hours * 3600,
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Federated: this.identityProviderArn }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: conditions }],
      },
      policies: [{ policyName: 'become-bootstrap-roles', policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: resources }] } }],
    });
    for (const kind of bootstrapRoles) {
      const place = Token.isUnresolved(account) || Token.isUnresolved(region);
      const resource = place ? `arn:<AWS::Partition>:iam::<AWS::AccountId>:role/cdk-${bootstrapQualifier}-${kind}-role-*` : `${iam}/cdk-${bootstrapQualifier}-${kind}-role-*`;
      Validations.of(role).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`, reason: 'The bootstrap role of this account, in any Region, and no other role.' });
    }
    return `${iam}/${roleName}`;
  }
}
