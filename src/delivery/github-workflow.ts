import { stringify } from 'yaml';
import { BASE, MAX_WAVES, PipelineCommands, pipelineCommands, roomFor } from './pipeline-commands';
import { PipelineOptions } from './pipeline-options';

/** What a workflow is made of. */
export interface GithubWorkflow extends PipelineOptions {
  readonly region: string;
  readonly environment: string;
  readonly planRoleArn: string;
  readonly applyRoleArn: string;
}

/** Actions by the commit of a release, which nobody can move; seen in use 2026-11-23. */
const ACTIONS = {
  'actions/checkout': ['08c6903cd8c0fde910a37f88322edcfb5dd907a8', 'v5.0.0'],
  'actions/setup-node': ['a0853c24544627f65ddf259abe73b1d18a591444', 'v5.0.0'],
  'actions/upload-artifact': ['330a01c490aca151604b8cf639adc76d48f6c5d4', 'v5.0.0'],
  'actions/download-artifact': ['018cc2cf5baa6db3ef3c5f8a56943fffe632ef53', 'v6.0.0'],
  'aws-actions/configure-aws-credentials': ['00943011d9042930efac3dcd3a170e4273319bc8', 'v5.1.0'],
} as const;

/** Stack sets take their time in many accounts. */
export const APPLY_SECONDS = 4 * 3600;

const RUNNER = 'ubuntu-24.04';

/**
 * A workflow of GitHub Actions: pull requests are checked and compared without credentials, and with a read-only role where they come from the repository itself; the branch is
 * deployed in waves.
 */
export function githubWorkflow(workflow: GithubWorkflow): string {
  const { branch = 'main', maxWaves = MAX_WAVES } = workflow;
  const text = stringify({
    name: 'Landing zone',
    on: { pull_request: { branches: [branch] }, push: { branches: [branch] } },
    permissions: {},
    concurrency: { 'group': 'landing-zone-${{ github.ref }}', 'cancel-in-progress': false },
    jobs: {
      check: checkJob(workflow),
      plan: planJob(workflow),
      order: orderJob(workflow, maxWaves),
      ...Object.fromEntries(Array.from({ length: maxWaves }, (_, index) => [`wave${index + 1}`, waveJob(workflow, index)])),
    },
  }, { lineWidth: 0, aliasDuplicateObjects: false });
  const versions = Object.values(ACTIONS).reduce((all, [commit, version]) => all.replaceAll(`@${commit}`, `@${commit} # ${version}`), text);
  return `# Made by the landing zone's synthesis: change the pipeline's declaration, not this file.\n${versions}`;
}

/** Without credentials, so for pull requests of anybody. */
function checkJob(workflow: GithubWorkflow): object {
  const { review } = commandsOf(workflow);
  return {
    'if': 'github.event_name == \'pull_request\'',
    'runs-on': RUNNER,
    'permissions': { contents: 'read' },
    'steps': [
      ...synthesized(workflow),
      { name: 'Synthesize what is there', uses: action('actions/checkout'), with: { 'ref': '${{ github.event.pull_request.base.sha }}', 'path': BASE, 'persist-credentials': false } },
      { 'run': synthesis(workflow), 'working-directory': BASE },
      { name: 'Check', run: inSummary(review.check) },
      { name: 'What changes', run: inSummary(review.diff) },
      { name: 'What is deployed', run: ['echo \'```\' >> "$GITHUB_STEP_SUMMARY"', inSummary(review.waves), 'echo \'```\' >> "$GITHUB_STEP_SUMMARY"', ''].join('\n') },
    ],
  };
}

/** Runs code of the pull request, so its role reads and nothing else. Forks get no credentials. */
function planJob(workflow: GithubWorkflow): object {
  return {
    'if': 'github.event_name == \'pull_request\' && github.event.pull_request.head.repo.full_name == github.repository',
    'runs-on': RUNNER,
    'permissions': { 'contents': 'read', 'id-token': 'write' },
    'steps': [
      ...synthesized(workflow),
      credentials(workflow.planRoleArn, workflow.region),
      { name: 'Compare with what is deployed', run: commandsOf(workflow).plan },
    ],
  };
}

function orderJob(workflow: GithubWorkflow, maxWaves: number): object {
  const { check, waves } = commandsOf(workflow);
  return {
    'if': 'github.event_name == \'push\'',
    'runs-on': RUNNER,
    'permissions': { contents: 'read' },
    'outputs': { count: '${{ steps.order.outputs.count }}', waves: '${{ steps.order.outputs.waves }}' },
    'steps': [
      ...synthesized(workflow),
      { name: 'Check', run: check },
      { name: 'Order', id: 'order', run: `${waves} >> "$GITHUB_OUTPUT"` },
      { name: 'Room for all waves', env: { COUNT: '${{ steps.order.outputs.count }}' }, run: roomFor(maxWaves, { count: '$COUNT', error: '::error::' }) },
      { uses: action('actions/upload-artifact'), with: { 'name': 'cdk.out', 'path': 'cdk.out', 'include-hidden-files': true, 'if-no-files-found': 'error' } },
    ],
  };
}

/** Deploys the assembly that was checked. */
function waveJob(workflow: GithubWorkflow, index: number): object {
  const { install, deploy } = commandsOf(workflow);
  return {
    'name': `wave ${index + 1}: \${{ matrix.name }}`,
    'needs': ['order', ...(index > 0 ? [`wave${index}`] : [])],
    'if': `fromJSON(needs.order.outputs.count) > ${index}`,
    'runs-on': RUNNER,
    'environment': workflow.environment,
    'permissions': { 'contents': 'read', 'id-token': 'write' },
    'strategy': { 'fail-fast': false, 'matrix': `\${{ fromJSON(needs.order.outputs.waves)[${index}] }}` },
    'steps': [
      ...checkedOut(workflow),
      { run: install },
      { uses: action('actions/download-artifact'), with: { name: 'cdk.out', path: 'cdk.out' } },
      credentials(workflow.applyRoleArn, workflow.region, APPLY_SECONDS),
      { name: 'Deploy', env: { STACKS: '${{ matrix.stacks }}' }, run: deploy },
    ],
  };
}

function commandsOf(workflow: GithubWorkflow): PipelineCommands {
  return pipelineCommands(workflow, { review: 'markdown', waves: 'github' });
}

function synthesized(workflow: GithubWorkflow): object[] {
  return [...checkedOut(workflow), { name: 'Synthesize', run: synthesis(workflow) }];
}

function checkedOut({ nodeVersion = '22' }: GithubWorkflow): object[] {
  return [
    { uses: action('actions/checkout'), with: { 'persist-credentials': false } },
    { uses: action('actions/setup-node'), with: { 'node-version': nodeVersion } },
  ];
}

function synthesis(workflow: GithubWorkflow): string {
  const { install, synth } = commandsOf(workflow);
  return `${install}\n${synth}\n`;
}

function inSummary(command: string): string {
  return `${command} >> "$GITHUB_STEP_SUMMARY"`;
}

function credentials(role: string, region: string, seconds?: number): object {
  return { uses: action('aws-actions/configure-aws-credentials'), with: { 'role-to-assume': role, 'aws-region': region, ...(seconds !== undefined ? { 'role-duration-seconds': seconds } : {}) } };
}

function action(name: keyof typeof ACTIONS): string {
  return `${name}@${ACTIONS[name][0]}`;
}
