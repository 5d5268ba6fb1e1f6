import { Stack, Validations } from 'aws-cdk-lib';
import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ArtifactStore } from './artifact-store';
import { RoleStatement } from './pipeline-roles';
import { partitionOf } from '../model/partition';

/** An action of a pipeline. */
export type PipelineAction = CfnPipeline.ActionDeclarationProperty;

/** Properties of a pipeline of CodePipeline. */
export interface CodePipelineProps {
  readonly name: string;
  readonly store: ArtifactStore;
  readonly connectionArn: string;
  /** Names of the projects that it builds by. */
  readonly projects: readonly string[];
  readonly executionMode: 'QUEUED' | 'PARALLEL';
  readonly trigger: CfnPipeline.GitConfigurationProperty;
  readonly stages: CfnPipeline.StageDeclarationProperty[];
}

/** A pipeline of type V2 with a role that starts its builds and fetches from its connection. When a deployment changes the pipeline itself, it runs again. */
export function addCodePipeline(scope: Construct, id: string, { name, store, connectionArn, projects, executionMode, trigger, stages }: CodePipelineProps): CfnPipeline {
  const { account, region } = Stack.of(scope);
  const service = connectionArn.split(':')[2];
  const role = addRole(scope, `${id}Role`, store, [
    { Effect: 'Allow', Action: `${service}:UseConnection`, Resource: connectionArn },
    { Effect: 'Allow', Action: ['codebuild:StartBuild', 'codebuild:BatchGetBuilds'], Resource: projects.map((project) => `arn:${partitionOf(region)}:codebuild:${region}:${account}:project/${project}`) },
  ]);
  return new CfnPipeline(scope, id, {
    name,
    roleArn: role.attrArn,
    pipelineType: 'V2',
    executionMode,
    restartExecutionOnUpdate: true,
    artifactStore: { type: 'S3', location: store.bucketName, encryptionKey: { type: 'KMS', id: store.keyArn } },
    triggers: [{ providerType: 'CodeStarSourceConnection', gitConfiguration: trigger }],
    stages,
  });
}

/** The code of a branch, or of what the trigger says. Without its history, so no build needs credentials of the repository. */
export function sourceOf(name: string, { connectionArn, repository }: { readonly connectionArn: string; readonly repository: string }, branch: string): PipelineAction {
  return {
    name,
    actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeStarSourceConnection', version: '1' },
    // Triggers start the pipeline. All its sources are fetched then, those without a trigger by the last commit of the branch:
    // https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html (read 2026-11-23)
    configuration: { ConnectionArn: connectionArn, FullRepositoryId: repository, BranchName: branch, OutputArtifactFormat: 'CODE_ZIP', DetectChanges: 'false' },
    outputArtifacts: [{ name }],
  };
}

/** What a build gets and gives. */
export interface BuildAction {
  readonly project: string;
  /** Artifacts; the first is the folder that it begins in, the others are in `$CODEBUILD_SRC_DIR_` and their name. */
  readonly inputs: readonly [string, ...string[]];
  /** @default - none */
  readonly output?: string;
  /** @default 1 */
  readonly runOrder?: number;
  /** @default - none */
  readonly variables?: { readonly [name: string]: string };
}

/** A build of CodeBuild. */
export function build(name: string, { project, inputs, output, runOrder = 1, variables = {} }: BuildAction): PipelineAction {
  const environment = Object.entries(variables).map(([variable, value]) => ({ name: variable, value, type: 'PLAINTEXT' }));
  return {
    name,
    runOrder,
    actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
    configuration: { ProjectName: project, PrimarySource: inputs[0], ...(environment.length === 0 ? {} : { EnvironmentVariables: JSON.stringify(environment) }) },
    inputArtifacts: inputs.map((input) => ({ name: input })),
    ...(output === undefined ? {} : { outputArtifacts: [{ name: output }] }),
  };
}

/** Somebody who approves. */
export function approval(name: string, runOrder: number): PipelineAction {
  return { name, runOrder, actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } };
}

function addRole(scope: Construct, id: string, store: ArtifactStore, statements: readonly RoleStatement[]): CfnRole {
  const document = (Statement: readonly RoleStatement[]) => ({ Version: '2012-10-17', Statement });
  const role = new CfnRole(scope, id, {
    description: 'Starts builds and fetches code, for a pipeline of the landing zone',
    // AWS documents no condition for it; roles are passed to pipelines of their own account alone.
    assumeRolePolicyDocument: document([{ Effect: 'Allow', Principal: { Service: 'codepipeline.amazonaws.com' }, Action: 'sts:AssumeRole' }]),
    policies: [{ policyName: 'work', policyDocument: document([...statements, ...store.reading, ...store.writing]) }],
  });
  Validations.of(role).acknowledge(...store.acknowledged);
  return role;
}
