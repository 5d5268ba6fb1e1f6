import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { attachCustomSynthesis, RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib';
import { CfnOIDCProvider, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { GITHUB_ISSUER, githubTrust } from './github-trust';
import { APPLY_SECONDS, githubWorkflow } from './github-workflow';
import { PipelineOptions } from './pipeline-options';
import { InputError } from '../model/input-error';
import { partitionOf } from '../model/partition';

/** A repository, by its name and by the numbers that stay when it is renamed. */
export interface GithubRepository {
  /** `acme/landing-zone`. */
  readonly name: string;
  /** Number of the owner: `gh api repos/acme/landing-zone --jq .owner.id`. */
  readonly ownerId: string;
  /** Number of the repository: `gh api repos/acme/landing-zone --jq .id`. */
  readonly repositoryId: string;
}

/** Properties of a pipeline of GitHub Actions. */
export interface GithubPipelineProps extends PipelineOptions {
  /** The repository that deploys. */
  readonly repository: GithubRepository;
  /** Environment of GitHub that deploys; limit it to the branch, and name who approves. @default 'landing-zone' */
  readonly environment?: string;
  /** ARN of GitHub's identity provider, where the account has it already; there can be one. @default - it is made */
  readonly identityProviderArn?: string;
  /** Path of the workflow as it is committed: synthesis fails while it is another one. @default - not compared */
  readonly workflowFile?: string;
}

const WORKFLOW = 'landing-zone.github.yml';

/**
 * Deploys the landing zone by GitHub Actions, without keys: a role that reads, for pull requests, and one that deploys, for the branch and its environment alone. Both only pass on to
 * the roles of the CDK bootstrap stacks in the accounts of the organization.
 *
 * Synthesis writes the workflow to `cdk.out/landing-zone.github.yml`; commit it as `.github/workflows/landing-zone.yml`.
 *
 * @example
 * new GithubPipeline(stack, 'Pipeline', {
 *   organizationId: 'o-abcdefghij',
 *   repository: { name: 'acme/landing-zone', ownerId: '123456', repositoryId: '456789' },
 * });
 */
export class GithubPipeline extends Construct {
  /** ARN of the role that reads. */
  public readonly planRoleArn: string;
  /** ARN of the role that deploys. */
  public readonly applyRoleArn: string;
  /** Text of the workflow. */
  public readonly workflow: string;

  public constructor(scope: Construct, id: string, private readonly props: GithubPipelineProps) {
    super(scope, id);
    this.check();
    const { environment = 'landing-zone', branch = 'main' } = props;
    const { account, region } = Stack.of(this);
    const provider = props.identityProviderArn ?? this.addProvider();
    this.addRole('Plan', 'landing-zone-plan', provider, githubTrust(props.repository, 'pull_request', {}), ['lookup']);
    this.addRole('Apply', 'landing-zone-apply', provider, githubTrust(props.repository, `environment:${environment}`, { environment, ref: `refs/heads/${branch}` }), ['deploy', 'file-publishing', 'image-publishing', 'lookup']);
    const arn = (name: string) => `arn:${partitionOf(region)}:iam::${account}:role/${name}`;
    this.planRoleArn = arn('landing-zone-plan');
    this.applyRoleArn = arn('landing-zone-apply');
    this.workflow = githubWorkflow({ ...props, environment, region, planRoleArn: this.planRoleArn, applyRoleArn: this.applyRoleArn });
    attachCustomSynthesis(this, { onSynthesize: ({ assembly }) => writeFileSync(join(assembly.outdir, WORKFLOW), this.workflow) });
    this.node.addValidation({ validate: () => this.fileProblems() });
  }

  private check(): void {
    const { repository: { name, ownerId, repositoryId }, organizationId, maxWaves = 12, environment = 'landing-zone' } = this.props;
    const { account, region } = Stack.of(this);
    const problems = [
      ...(/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/.test(name) ? [] : [`repository "${name}": expected owner and name, like acme/landing-zone`]),
      ...Object.entries({ ownerId, repositoryId }).filter(([, number]) => !/^[0-9]+$/.test(number)).map(([key, number]) => `${key} is "${number}": a number is expected, as "gh api repos/${name}" says it`),
      ...(/^o-[a-z0-9]{10,32}$/.test(organizationId) ? [] : [`organizationId is "${organizationId}": expected one like o-abcdefghij`]),
      ...(Number.isInteger(maxWaves) && maxWaves >= 1 && maxWaves <= 100 ? [] : [`maxWaves is ${maxWaves}: a whole number of 1 to 100 is expected`]),
      ...(/^[A-Za-z0-9._-]+$/.test(environment) ? [] : [`environment "${environment}": letters, digits and . _ - are expected`]),
      ...(Token.isUnresolved(account) || Token.isUnresolved(region) ? ['its stack needs an environment, which the workflow names: env: { account, region }'] : []),
    ];
    if (problems.length > 0) throw new InputError(`Pipeline ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }

  private addProvider(): string {
    const provider = new CfnOIDCProvider(this, 'Provider', { url: `https://${GITHUB_ISSUER}`, clientIdList: ['sts.amazonaws.com'] });
    provider.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return provider.attrArn;
  }

  /** A role that does nothing but become roles of the CDK bootstrap stacks, in accounts of the organization. */
  private addRole(id: string, roleName: string, provider: string, conditions: object, bootstrapRoles: readonly string[]): void {
    const { organizationId, bootstrapQualifier = 'hnb659fds' } = this.props;
    const partition = partitionOf(Stack.of(this).region);
    const resources = bootstrapRoles.map((kind) => `arn:${partition}:iam::*:role/cdk-${bootstrapQualifier}-${kind}-role-*`);
    const role = new CfnRole(this, id, {
      roleName,
      description: `${this.props.repository.name}: ${id === 'Plan' ? 'reads for pull requests' : 'deploys the branch'}`,
      maxSessionDuration: id === 'Plan' ? 3600 : APPLY_SECONDS,
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: conditions }],
      },
      policies: [{
        policyName: 'become-bootstrap-roles',
        policyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: resources, Condition: { StringEquals: { 'aws:ResourceOrgID': organizationId } } }],
        },
      }],
    });
    for (const resource of resources) {
      Validations.of(role).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`, reason: 'The bootstrap role of any account and Region of the organization, and no other role.' });
    }
  }

  private fileProblems(): string[] {
    const { workflowFile } = this.props;
    if (workflowFile === undefined || (existsSync(workflowFile) && readFileSync(workflowFile, 'utf8') === this.workflow)) return [];
    return [`${workflowFile} is ${existsSync(workflowFile) ? 'not what the pipeline\'s declaration says' : 'missing'}: run cp cdk.out/${WORKFLOW} ${workflowFile}, and commit it`];
  }
}
