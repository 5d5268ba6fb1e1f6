import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { stringify } from 'yaml';
import { ArtifactStore } from './artifact-store';
import { PipelineOptions } from './pipeline-options';
import { addPipelineRole } from './pipeline-roles';
import { partitionOf } from '../model/partition';

/** Image of CodeBuild, and its versions of Node.js (al/x86_64/standard/5.0/runtimes.yml of https://github.com/aws/aws-codebuild-docker-images, read 2026-11-23). */
const IMAGE = 'aws/codebuild/amazonlinux-x86_64-standard:5.0';
const NODE_VERSIONS = ['18', '20', '22', '24'];

/** What CodeBuild cannot run, as sentences. */
export function buildProblems({ nodeVersion = '22' }: PipelineOptions): string[] {
  return NODE_VERSIONS.includes(nodeVersion) ? [] : [`nodeVersion is "${nodeVersion}": CodeBuild has ${NODE_VERSIONS.slice(0, -1).join(', ')} and ${NODE_VERSIONS.at(-1)}`];
}

/** Properties of what CodeBuild runs for an action. */
export interface PipelineBuildProps {
  /** Name of the project, after `landing-zone-`. */
  readonly name: string;
  readonly description: string;
  readonly store: ArtifactStore;
  /** Which bootstrap roles it becomes. @default - none: it has no credentials but those for its own log and artifacts */
  readonly becomes?: 'plan' | 'apply';
  /** Lines of one script of Bash, which ends where one fails. */
  readonly script: readonly string[];
  /** Whether `cdk.out` goes to actions that come after. @default false */
  readonly keepsAssembly?: boolean;
  /** Minutes until it ends. @default 60 */
  readonly minutes?: number;
}

/** A project of CodeBuild and its name; its role has the id, as roles of other runners have, so that a change of runners keeps them. */
export function addPipelineBuild(scope: Construct, id: string, options: PipelineOptions, props: PipelineBuildProps): string {
  const { account, region } = Stack.of(scope);
  const { store, keepsAssembly = false } = props;
  const name = `landing-zone-${props.name}`;
  const partition = partitionOf(region);
  const log = new CfnLogGroup(scope, `${id}Log`, { retentionInDays: 365 });
  log.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const role = addPipelineRole(scope, id, options, {
    name: props.name,
    description: props.description,
    // https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html (read 2026-11-23)
    trust: {
      Effect: 'Allow', Principal: { Service: 'codebuild.amazonaws.com' }, Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': `arn:${partition}:codebuild:${region}:${account}:project/${name}` } },
    },
    becomes: props.becomes,
    further: [{ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: log.attrArn }, ...store.reading, ...(keepsAssembly ? store.writing : [])],
  });
  Validations.of(role).acknowledge(...store.acknowledged);
  new CfnProject(scope, `${id}Build`, {
    name,
    description: props.description,
    serviceRole: role.attrArn,
    encryptionKey: store.keyArn,
    source: { type: 'CODEPIPELINE', buildSpec: buildSpec(options, props.script, keepsAssembly) },
    artifacts: { type: 'CODEPIPELINE' },
    environment: { type: 'LINUX_CONTAINER', image: IMAGE, computeType: 'BUILD_GENERAL1_MEDIUM' },
    logsConfig: { cloudWatchLogs: { status: 'ENABLED', groupName: log.ref } },
    timeoutInMinutes: props.minutes ?? 60,
  });
  return name;
}

function buildSpec({ nodeVersion = '22' }: PipelineOptions, script: readonly string[], keepsAssembly: boolean): string {
  return stringify({
    version: 0.2,
    env: { shell: 'bash' },
    phases: {
      install: { 'runtime-versions': { nodejs: nodeVersion } },
      // In a shell of its own: to end it is not to end what CodeBuild does around it.
      build: { commands: [['(', 'set -eo pipefail', ...script, ')', ''].join('\n')] },
    },
    ...(keepsAssembly ? { artifacts: { files: ['cdk.out/**/*'] } } : {}),
  }, { lineWidth: 0 });
}
