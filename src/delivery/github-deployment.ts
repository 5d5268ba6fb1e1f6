import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BoundPipeline, refuseProblems } from './bound-pipeline';
import { GithubRunnerOptions } from './github-runner-options';
import { GITHUB_ISSUER, githubTrust } from './github-trust';
import { APPLY_SECONDS, githubWorkflow } from './github-workflow';
import { pipelineProblems } from './pipeline-commands';
import { PipelineOptions } from './pipeline-options';
import { addPipelineRole, pipelineRoleArn, webIdentityTrust } from './pipeline-roles';
import { addWebIdentityProvider } from './web-identity-provider';
import { addWorkflowFile } from './workflow-file';

/** Roles and a workflow for GitHub Actions. */
export function githubDeployment(scope: Construct, options: PipelineOptions, runner: GithubRunnerOptions): BoundPipeline {
  refuseProblems(scope, [...repositoryProblems(runner), ...pipelineProblems(options, 100)]);
  const { repository, environment = 'landing-zone' } = runner;
  const { branch = 'main' } = options;
  const provider = runner.identityProviderArn ?? addWebIdentityProvider(scope, GITHUB_ISSUER, 'sts.amazonaws.com');
  addPipelineRole(scope, 'Plan', options, {
    name: 'plan', becomes: 'plan', description: `${repository.name}: reads for pull requests`, trust: webIdentityTrust(provider, githubTrust(repository, 'pull_request', {})),
  });
  addPipelineRole(scope, 'Apply', options, {
    name: 'apply',
    becomes: 'apply',
    description: `${repository.name}: deploys the branch`,
    trust: webIdentityTrust(provider, githubTrust(repository, `environment:${environment}`, { environment, ref: `refs/heads/${branch}` })),
    seconds: APPLY_SECONDS,
  });
  const roles = { planRoleArn: pipelineRoleArn(scope, 'plan'), applyRoleArn: pipelineRoleArn(scope, 'apply') };
  const workflow = githubWorkflow({ ...options, ...roles, environment, region: Stack.of(scope).region });
  addWorkflowFile(scope, { name: 'landing-zone.github.yml', text: workflow, committed: runner.workflowFile });
  return { ...roles, workflow };
}

function repositoryProblems({ repository: { name, ownerId, repositoryId }, environment = 'landing-zone' }: GithubRunnerOptions): string[] {
  return [
    ...(/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/.test(name) ? [] : [`repository "${name}": expected owner and name, like acme/landing-zone`]),
    ...Object.entries({ ownerId, repositoryId }).filter(([, number]) => !/^[0-9]+$/.test(number)).map(([key, number]) => `${key} is "${number}": a number is expected, as "gh api repos/${name}" says it`),
    ...(/^[A-Za-z0-9._-]+$/.test(environment) ? [] : [`environment "${environment}": letters, digits and . _ - are expected`]),
  ];
}
