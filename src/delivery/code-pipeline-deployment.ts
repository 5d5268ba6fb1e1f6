import { Construct } from 'constructs';
import { addArtifactKey, addArtifactStore, ArtifactStore } from './artifact-store';
import { BoundPipeline, refuseProblems } from './bound-pipeline';
import { addPipelineBuild, buildProblems } from './code-build';
import { CodePipelineRunnerOptions } from './code-pipeline-runner-options';
import { checkScript, planScript, reviewScript, waveScript } from './code-pipeline-scripts';
import { addCodePipeline, approval, build, PipelineAction, sourceOf } from './code-pipeline-stages';
import { MAX_WAVES, pipelineProblems } from './pipeline-commands';
import { PipelineOptions } from './pipeline-options';
import { pipelineRoleArn } from './pipeline-roles';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';

/** Actions of a stage. https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html (read 2026-11-23) */
const ACTIONS_IN_STAGE = 50;

/** Minutes that a build of a wave may take: stack sets take their time in many accounts. */
const WAVE_MINUTES = 240;

/** Two pipelines of CodePipeline: one for pull requests, one for the branch. What they run, they run by CodeBuild, each task with a role of its own. */
export function codePipelineDeployment(scope: Construct, options: PipelineOptions, runner: CodePipelineRunnerOptions): BoundPipeline {
  refuseProblems(scope, [...runnerProblems(runner, options), ...buildProblems(options), ...pipelineProblems(options, ACTIONS_IN_STAGE)]);
  const key = addArtifactKey(scope);
  addReview(scope, options, runner, addArtifactStore(scope, 'ReviewArtifacts', key, runner.accessLogsBucket));
  addDeployment(scope, options, runner, addArtifactStore(scope, 'Artifacts', key, runner.accessLogsBucket));
  return { planRoleArn: pipelineRoleArn(scope, 'plan'), applyRoleArn: pipelineRoleArn(scope, 'apply') };
}

/** Nothing of it reaches what the branch deploys: it has roles and a bucket of its own. */
function addReview(scope: Construct, options: PipelineOptions, runner: CodePipelineRunnerOptions, store: ArtifactStore): void {
  const { branch = 'main' } = options;
  const review = addPipelineBuild(scope, 'Review', options, { name: 'review', description: `${runner.repository}: checks pull requests, without credentials`, store, script: reviewScript(options) });
  const plan = addPipelineBuild(scope, 'Plan', options, { name: 'plan', description: `${runner.repository}: reads for pull requests`, store, becomes: 'plan', script: planScript(options) });
  const { planWithoutApproval } = runner;
  const pipeline = addCodePipeline(scope, 'ReviewPipeline', {
    name: 'landing-zone-review',
    store,
    connectionArn: runner.connectionArn,
    projects: [review, plan],
    // Pull requests do not wait for each other.
    executionMode: 'PARALLEL',
    trigger: { sourceActionName: 'Change', pullRequest: [{ events: ['OPEN', 'UPDATED'], branches: { includes: [branch] } }] },
    stages: [
      { name: 'Source', actions: [sourceOf('Change', runner, branch), sourceOf('Base', runner, branch)] },
      { name: 'Review', actions: [build('Review', { project: review, inputs: ['Change', 'Base'] })] },
      { name: 'Plan', actions: planWithoutApproval === undefined ? [approval('Approve', 1), build('Plan', { project: plan, inputs: ['Change'], runOrder: 2 })] : [build('Plan', { project: plan, inputs: ['Change'] })] },
    ],
  });
  if (planWithoutApproval !== undefined) pipeline.addMetadata(METADATA_KEY, { planWithoutApproval });
}

/** All waves are in one stage, because CodePipeline lets the next execution into a stage that is free: stages for waves would have two versions deployed at one time. */
function addDeployment(scope: Construct, options: PipelineOptions, runner: CodePipelineRunnerOptions, store: ArtifactStore): void {
  const { branch = 'main' } = options;
  const check = addPipelineBuild(scope, 'Check', options, { name: 'check', description: `${runner.repository}: checks the branch, without credentials`, store, script: checkScript(options), keepsAssembly: true });
  const apply = addPipelineBuild(scope, 'Apply', options, {
    name: 'apply', description: `${runner.repository}: deploys the branch`, store, becomes: 'apply', script: waveScript(options, runner.buildsPerWave ?? 1), minutes: WAVE_MINUTES,
  });
  addCodePipeline(scope, 'Pipeline', {
    name: 'landing-zone',
    store,
    connectionArn: runner.connectionArn,
    projects: [check, apply],
    executionMode: 'QUEUED',
    trigger: { sourceActionName: 'Change', push: [{ branches: { includes: [branch] } }] },
    stages: [
      { name: 'Source', actions: [sourceOf('Change', runner, branch)] },
      { name: 'Check', actions: [build('Check', { project: check, inputs: ['Change'], output: 'Assembly' })] },
      { name: 'Deploy', actions: waveActions(options, runner, apply) },
    ],
  });
}

/** One wave after the other, each with its approval before it. */
function waveActions({ maxWaves = MAX_WAVES }: PipelineOptions, { approvalBeforeWaves = [], buildsPerWave = 1 }: CodePipelineRunnerOptions, project: string): PipelineAction[] {
  let order = 0;
  return Array.from({ length: maxWaves }, (_, index) => index + 1).flatMap((wave) => {
    const before = approvalBeforeWaves.includes(wave) ? [approval(`Approve${wave}`, ++order)] : [];
    const runOrder = ++order;
    return [...before, ...Array.from({ length: buildsPerWave }, (_, share) => build(buildsPerWave === 1 ? `Wave${wave}` : `Wave${wave}-${share + 1}`, {
      project, inputs: ['Change', 'Assembly'], runOrder, variables: { WAVE: String(wave), ...(buildsPerWave > 1 ? { SHARE: String(share) } : {}) },
    }))];
  });
}

function runnerProblems(runner: CodePipelineRunnerOptions, { maxWaves = MAX_WAVES }: PipelineOptions): string[] {
  const { connectionArn, repository, approvalBeforeWaves = [], buildsPerWave = 1, planWithoutApproval } = runner;
  const actions = maxWaves * buildsPerWave + approvalBeforeWaves.length;
  return [
    ...(/^arn:aws[a-z-]*:(codeconnections|codestar-connections):[a-z0-9-]+:[0-9]{12}:connection\/[0-9a-f-]+$/.test(connectionArn) ? []
      : [`connectionArn "${connectionArn}": expected one like arn:aws:codeconnections:eu-west-1:111122223333:connection/11111111-2222-3333-4444-555555555555`]),
    ...(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)+$/.test(repository) ? [] : [`repository "${repository}": expected owner and name, like acme/landing-zone`]),
    ...approvalBeforeWaves.filter((wave) => !Number.isInteger(wave) || wave < 1 || wave > maxWaves).map((wave) => `approvalBeforeWaves has ${wave}: there are places for waves 1 to ${maxWaves}`),
    ...approvalBeforeWaves.filter((wave, at) => approvalBeforeWaves.indexOf(wave) !== at).map((wave) => `approvalBeforeWaves has ${wave} twice`),
    ...(Number.isInteger(buildsPerWave) && buildsPerWave >= 1 ? [] : [`buildsPerWave is ${buildsPerWave}: a whole number of at least 1 is expected`]),
    ...(actions > ACTIONS_IN_STAGE ? [`waves and approvals are ${actions} actions, a stage has ${ACTIONS_IN_STAGE}: lower maxWaves to the waves there are, or buildsPerWave`] : []),
    ...(planWithoutApproval?.trim() === '' ? ['planWithoutApproval is empty: say why code of pull requests may run with the role that reads'] : []),
  ];
}
