import { PipelineOptions } from './pipeline-options';

/** What a pipeline runs, whoever runs it: each runner has these commands, in this order, and adds how it gets the code, the credentials and the places for waves. */
export interface PipelineCommands {
  /** Installs what synthesis needs. */
  readonly install: string;
  /** Synthesizes, once it is installed. */
  readonly synth: string;
  /** Looks at a change, once it and its base are synthesized. */
  readonly review: { readonly check: string; readonly diff: string; readonly waves: string };
  /** Compares with what is deployed, by the role that reads. */
  readonly plan: string;
  /** Checks what will be deployed. */
  readonly check: string;
  /** Says what to deploy, in which order. */
  readonly waves: string;
  /** Deploys the stacks of `$STACKS`. Those that are as before are deployed too: what they read of others may have changed. */
  readonly deploy: string;
}

/** Formats that a runner can show. */
export interface PipelineFormats {
  /** Of `check` and `diff` of a change. @default - text */
  readonly review?: string;
  /** Of the waves. */
  readonly waves: string;
}

/** Folder of the version before the change. */
export const BASE = 'base';

/** The one list of commands. */
export function pipelineCommands({ installCommand = 'npm ci', synthCommand = 'npx cdk synth --quiet', failOn }: PipelineOptions, { review, waves }: PipelineFormats): PipelineCommands {
  const shown = review === undefined ? '' : ` --format ${review}`;
  return {
    install: installCommand,
    synth: synthCommand,
    review: {
      check: `npx landing-zone check --assembly cdk.out --base ${BASE}/cdk.out${shown}`,
      diff: `npx landing-zone diff ${BASE}/cdk.out cdk.out${shown}${failOn === undefined ? '' : ` --fail-on ${failOn}`}`,
      waves: `npx landing-zone waves --assembly cdk.out --changed ${BASE}/cdk.out`,
    },
    plan: 'npx cdk diff --app cdk.out --method=template',
    check: 'npx landing-zone check --assembly cdk.out',
    waves: `npx landing-zone waves --assembly cdk.out --format ${waves}`,
    deploy: 'npx cdk deploy --app cdk.out --exclusively --force --require-approval never --concurrency 8 $STACKS',
  };
}

/** Waves that a pipeline has places for, where nobody says. */
export const MAX_WAVES = 12;

/** What fails before anything is deployed where there are more waves than places. */
export function roomFor(maxWaves: number, { count, error = '' }: { readonly count: string; readonly error?: string }): string {
  return `if [ "${count}" -gt ${maxWaves} ]; then echo "${error}There are ${count} waves and places for ${maxWaves}: raise maxWaves in the pipeline's declaration."; exit 1; fi`;
}

/** What is wrong with options, as sentences. */
export function pipelineProblems({ organizationId, branch = 'main', maxWaves = MAX_WAVES }: PipelineOptions, mostWaves: number): string[] {
  return [
    ...(/^o-[a-z0-9]{10,32}$/.test(organizationId) ? [] : [`organizationId is "${organizationId}": expected one like o-abcdefghij`]),
    ...(/^[A-Za-z0-9][A-Za-z0-9._/#-]*$/.test(branch) ? [] : [`branch "${branch}": the name of one branch is expected, like main; patterns would let other branches deploy`]),
    ...(Number.isInteger(maxWaves) && maxWaves >= 1 && maxWaves <= mostWaves ? [] : [`maxWaves is ${maxWaves}: a whole number of 1 to ${mostWaves} is expected`]),
  ];
}
