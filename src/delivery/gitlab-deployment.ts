import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BoundPipeline, refuseProblems } from './bound-pipeline';
import { GitlabRunnerOptions } from './gitlab-runner-options';
import { GITLAB_AUDIENCE, GITLAB_HOST, gitlabProblems, gitlabTrust } from './gitlab-trust';
import { gitlabWorkflow } from './gitlab-workflow';
import { pipelineProblems } from './pipeline-commands';
import { PipelineOptions } from './pipeline-options';
import { addPipelineRole, pipelineRoleArn, webIdentityTrust } from './pipeline-roles';
import { addWebIdentityProvider } from './web-identity-provider';
import { addWorkflowFile } from './workflow-file';

/** Roles and a file for GitLab CI. */
export function gitlabDeployment(scope: Construct, options: PipelineOptions, runner: GitlabRunnerOptions): BoundPipeline {
  refuseProblems(scope, [...gitlabProblems(runner), ...runnerProblems(runner), ...pipelineProblems(options, 100)]);
  const { project, host = GITLAB_HOST, audience = GITLAB_AUDIENCE } = runner;
  const trust = gitlabTrust(runner, options.branch ?? 'main');
  const provider = runner.identityProviderArn ?? addWebIdentityProvider(scope, host, audience);
  addPipelineRole(scope, 'Plan', options, { name: 'plan', becomes: 'plan', description: `${project}: reads for merge requests`, trust: webIdentityTrust(provider, trust.plan) });
  addPipelineRole(scope, 'Apply', options, { name: 'apply', becomes: 'apply', description: `${project}: deploys the branch`, trust: webIdentityTrust(provider, trust.apply) });
  const roles = { planRoleArn: pipelineRoleArn(scope, 'plan'), applyRoleArn: pipelineRoleArn(scope, 'apply') };
  const workflow = gitlabWorkflow({ options, runner, region: Stack.of(scope).region, audience, ...roles });
  addWorkflowFile(scope, { name: 'landing-zone.gitlab-ci.yml', text: workflow, committed: runner.workflowFile });
  return { ...roles, workflow };
}

function runnerProblems({ environment = 'landing-zone', jobsPerWave = 1, workflowFile = '.gitlab-ci.yml', image = 'node' }: GitlabRunnerOptions): string[] {
  return [
    ...(/^[A-Za-z0-9._-]+$/.test(environment) ? [] : [`environment "${environment}": letters, digits and . _ - are expected`]),
    ...(Number.isInteger(jobsPerWave) && jobsPerWave >= 1 && jobsPerWave <= 200 ? [] : [`jobsPerWave is ${jobsPerWave}: a whole number of 1 to 200 is expected`]),
    ...(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*\.ya?ml$/.test(workflowFile) && !workflowFile.startsWith('..') ? [] : [`workflowFile "${workflowFile}": a path from the root of the repository is expected, like .gitlab-ci.yml`]),
    ...(image.trim() === '' ? ['image is empty: name one with Node.js and Git, like node:22'] : []),
  ];
}
