import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DeploymentPipeline, DeploymentPipelineProps, GithubRunnerOptions, GitlabRunnerOptions, PipelineRunner } from '../../src';

export const ORGANIZATION = 'o-abcdefghij';
export const GITHUB: GithubRunnerOptions = { repository: { name: 'acme/landing-zone', ownerId: '12', repositoryId: '34' } };
export const GITLAB: GitlabRunnerOptions = { project: 'acme/landing-zone', projectId: '56' };

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
