import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parse } from 'yaml';
import { CodePipelineRunnerOptions, DeploymentPipeline, DeploymentPipelineProps, GithubRunnerOptions, GitlabRunnerOptions, PipelineRunner } from '../../src';

export const ORGANIZATION = 'o-abcdefghij';
export const GITHUB: GithubRunnerOptions = { repository: { name: 'acme/landing-zone', ownerId: '12', repositoryId: '34' } };
export const GITLAB: GitlabRunnerOptions = { project: 'acme/landing-zone', projectId: '56' };
export const CODE_PIPELINE: CodePipelineRunnerOptions = {
  connectionArn: 'arn:aws:codeconnections:eu-west-1:111122223333:connection/11111111-2222-3333-4444-555555555555', repository: 'acme/landing-zone',
};

/** A pipeline in a stack of its own. */
export function pipeline(runner: PipelineRunner, options: Partial<DeploymentPipelineProps> = {}, region = 'eu-west-1') {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Pipeline', { env: { account: '111122223333', region } });
  const made = new DeploymentPipeline(stack, 'Pipeline', { organizationId: ORGANIZATION, ...options, runner });
  return { app, stack, made };
}

/** Properties of the role of a name. */
export function role(stack: Stack, name: string): any {
  return Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::Role', { Properties: { RoleName: name } }))[0]?.Properties;
}

/** Script of a build of CodeBuild, by the name of its project without `landing-zone-`. */
export function scriptOf(stack: Stack, name: string): string {
  const [project] = Object.values<any>(Template.fromStack(stack).findResources('AWS::CodeBuild::Project', { Properties: { Name: `landing-zone-${name}` } }));
  return parse(project.Properties.Source.BuildSpec).phases.build.commands.join('\n');
}
