import { stringify } from 'yaml';
import { GitlabRunnerOptions } from './gitlab-runner-options';
import { BASE, MAX_WAVES, PipelineCommands, pipelineCommands, roomFor } from './pipeline-commands';
import { PipelineOptions } from './pipeline-options';

/** What a file for GitLab CI is made of. */
export interface GitlabWorkflow {
  readonly options: PipelineOptions;
  readonly runner: GitlabRunnerOptions;
  readonly region: string;
  readonly audience: string;
  readonly planRoleArn: string;
  readonly applyRoleArn: string;
}

/** A line a wave, in the assembly, so that it goes with it. */
const WAVES = 'cdk.out/landing-zone.waves';

/**
 * Jobs of GitLab CI: merge requests are checked without credentials, and compared with what is deployed by a role that reads; the branch is deployed in waves. All that deploys is a child
 * pipeline of the same file, because a lock on the job that starts it holds for all waves
 * (https://docs.gitlab.com/ci/resource_groups/, "Pipeline-level concurrency control", read 2026-11-23).
 */
export function gitlabWorkflow(workflow: GitlabWorkflow): string {
  const { maxWaves = MAX_WAVES } = workflow.options;
  const text = stringify({
    'landing-zone-check': checkJob(workflow),
    'landing-zone-plan': planJob(workflow),
    'landing-zone': deploymentJob(workflow),
    'landing-zone-order': orderJob(workflow, maxWaves),
    ...Object.fromEntries(Array.from({ length: maxWaves }, (_, index) => [`landing-zone-wave${index + 1}`, waveJob(workflow, index)])),
  }, { lineWidth: 0, aliasDuplicateObjects: false });
  return `# Made by the landing zone's synthesis: change the pipeline's declaration, not this file.\n${text}`;
}

/** Without credentials, so for merge requests of anybody. */
function checkJob(workflow: GitlabWorkflow): object {
  const { install, synth, review } = commandsOf(workflow);
  return {
    ...job(workflow, 'test'),
    // The base is not in a shallow clone.
    variables: { GIT_DEPTH: '0' },
    rules: [{ if: mergeRequests(workflow) }],
    script: [
      install,
      synth,
      // In a pipeline of merged results the target's head is what is merged into; else it is where the branch began. Runners that keep their folder know the last one's worktree.
      `git worktree add --force --detach ${BASE} "\${CI_MERGE_REQUEST_TARGET_BRANCH_SHA:-$CI_MERGE_REQUEST_DIFF_BASE_SHA}"`,
      `cd ${BASE}`,
      install,
      synth,
      'cd ..',
      review.check,
      review.diff,
      review.waves,
    ],
  };
}

/** Runs code of the merge request, so its role reads and nothing else. AWS does not trust forks; they do not get that far. */
function planJob(workflow: GitlabWorkflow): object {
  const { install, synth, plan } = commandsOf(workflow);
  return {
    ...job(workflow, 'test'),
    ...credentials(workflow, workflow.planRoleArn),
    rules: [{ if: `${mergeRequests(workflow)} && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID && ${ofProject(workflow)}` }],
    script: [install, synth, ...signIn(), plan],
  };
}

/** One deployment at a time, from the check to the last wave. */
function deploymentJob(workflow: GitlabWorkflow): object {
  return {
    stage: 'deploy',
    rules: [{ if: `$CI_PIPELINE_SOURCE == "push" && ${ofBranch(workflow)}` }],
    resource_group: 'landing-zone',
    trigger: { include: [{ local: workflow.runner.workflowFile ?? '.gitlab-ci.yml' }], strategy: 'depend' },
  };
}

function orderJob(workflow: GitlabWorkflow, maxWaves: number): object {
  const { install, synth, check, waves } = commandsOf(workflow);
  return {
    ...job(workflow, 'test'),
    rules: [{ if: inDeployment(workflow) }],
    script: [install, synth, check, `${waves} > ${WAVES}`, roomFor(maxWaves, { count: `$(wc -l < ${WAVES})` })],
    artifacts: { paths: ['cdk.out'], expire_in: '1 week' },
  };
}

/** Deploys the assembly that was checked. GitLab makes jobs before it knows how many waves there are: a job without a wave ends at once. */
function waveJob(workflow: GitlabWorkflow, index: number): object {
  const { install, deploy } = commandsOf(workflow);
  const { environment = 'landing-zone', jobsPerWave = 1 } = workflow.runner;
  return {
    ...job(workflow, 'deploy'),
    ...credentials(workflow, workflow.applyRoleArn),
    rules: [{ if: inDeployment(workflow) }],
    needs: [{ job: 'landing-zone-order' }, ...(index > 0 ? [{ job: `landing-zone-wave${index}`, artifacts: false }] : [])],
    environment,
    timeout: '4 hours',
    ...(jobsPerWave > 1 ? { parallel: jobsPerWave } : {}),
    script: [
      `STACKS="$(sed -n ${index + 1}p ${WAVES}${jobsPerWave > 1 ? ' | tr " " "\\n" | awk "NR % $CI_NODE_TOTAL == $CI_NODE_INDEX % $CI_NODE_TOTAL"' : ''})"`,
      `if [ -z "$STACKS" ]; then echo "Nothing to do in wave ${index + 1}."; exit 0; fi`,
      install,
      ...signIn(),
      deploy,
    ],
  };
}

function commandsOf({ options }: GitlabWorkflow): PipelineCommands {
  return pipelineCommands(options, { waves: 'lines' });
}

function job({ options: { nodeVersion = '22' }, runner: { image = `node:${nodeVersion}`, runnerTags = [] } }: GitlabWorkflow, stage: string): object {
  return { stage, image, ...(runnerTags.length > 0 ? { tags: runnerTags } : {}) };
}

/** A token of the job, and what AWS's SDK asks for with it. */
function credentials({ region, audience }: GitlabWorkflow, role: string): object {
  return {
    id_tokens: { LANDING_ZONE_TOKEN: { aud: audience } },
    variables: { AWS_REGION: region, AWS_ROLE_ARN: role, AWS_ROLE_SESSION_NAME: 'landing-zone-$CI_PIPELINE_ID' },
  };
}

/** SDKs read the token from a file, and again when a session ends. */
function signIn(): string[] {
  return ['export AWS_WEB_IDENTITY_TOKEN_FILE="$(mktemp)"', 'printf "%s" "$LANDING_ZONE_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"'];
}

function mergeRequests({ options: { branch = 'main' } }: GitlabWorkflow): string {
  return `$CI_PIPELINE_SOURCE == "merge_request_event" && $CI_MERGE_REQUEST_TARGET_BRANCH_NAME == "${branch}"`;
}

function inDeployment(workflow: GitlabWorkflow): string {
  return `$CI_PIPELINE_SOURCE == "parent_pipeline" && ${ofBranch(workflow)}`;
}

function ofBranch(workflow: GitlabWorkflow): string {
  return `$CI_COMMIT_BRANCH == "${workflow.options.branch ?? 'main'}" && ${ofProject(workflow)}`;
}

/** A fork has the file too. */
function ofProject({ runner: { project } }: GitlabWorkflow): string {
  return `$CI_PROJECT_PATH == "${project}"`;
}
