import { table } from './explain';
import { Terminal } from './terminal';
import type { WavesOptions } from './waves';
import { DeploymentPlan, DeploymentReason, PlannedStack } from '../model/deployment/deployment-plan';
import { DeploymentStack } from '../model/deployment/deployment-stacks';
import { githubMatrix } from '../model/deployment/github-matrix';

/** The plan for programs; `schema/waves.schema.json` describes it. */
export function wavesJson(plan: DeploymentPlan, { assembly, changed }: WavesOptions): object {
  return {
    version: 1,
    source: assembly,
    ...(changed !== undefined && { base: changed }),
    waves: plan.waves.map((wave) => wave.map(({ stack, reason, after, reads }) => ({ ...placeOf(stack), reason, after, reads }))),
    unchanged: plan.unchanged.map(({ path }) => path),
    removed: plan.removed.map(placeOf),
    outside: plan.outside.map(({ stack, reading }) => ({ path: stack.path, reads: reading.what })),
  };
}

function placeOf({ path, stackName, account, region }: DeploymentStack): object {
  return { path, stackName, account: account ?? null, region: region ?? null };
}

/** Lines for `$GITHUB_OUTPUT`: how many waves there are, and the matrix of each. */
export function wavesGithub({ waves }: DeploymentPlan): string {
  return [`count=${waves.length}`, `waves=${JSON.stringify(waves.map((wave) => githubMatrix(wave)))}`].join('\n');
}

/** A line a wave, with paths as the CDK command takes them and spaces between. */
export function wavesLines({ waves }: DeploymentPlan): string {
  return waves.map((wave) => wave.map(({ stack }) => stack.path).join(' ')).join('\n');
}

/** The plan as a person reads it. */
export function wavesText(plan: DeploymentPlan, { changed }: WavesOptions, { colors }: Terminal): string {
  const again = plan.waves.flat().filter(({ reason }) => reason === 'reads');
  const lines = table(plan.waves.flatMap((wave) => wave.map((one) => [`  ${one.stack.path}`, one.stack.account ?? 'any account', one.stack.region ?? 'any Region', because(one)])));
  let next = 0;
  return [
    ...(plan.waves.length === 0 ? [`Nothing to deploy: ${count(plan.unchanged.length, 'stack')} as in ${changed}.`] : []),
    ...plan.waves.flatMap((wave, index) => [`${colors.bold(`Wave ${index + 1}`)}  ${count(wave.length, 'stack')}`, ...lines.slice(next, next += wave.length), '']),
    ...(plan.waves.length > 0 && plan.unchanged.length > 0 ? [`${count(plan.unchanged.length, 'stack')} as in ${changed}.`] : []),
    ...(again.length > 0 ? [`${again.length} of these ${again.length === 1 ? 'is' : 'are'} as before and read${again.length === 1 ? 's' : ''} what may change: deploy with --force, because cdk deploy passes over templates that are unchanged.`] : []),
    ...plan.removed.map(({ path, account, region }) => colors.yellow(`${path} is in ${changed} only (${account ?? 'any account'}, ${region ?? 'any Region'}): nothing deletes it.`)),
    ...plan.outside.map(({ stack, reading }) => colors.yellow(`${stack.path} reads ${reading.what}, which no stack of the assembly has: deploy it before.`)),
  ].join('\n').trimEnd();
}

function because({ reason, reads, after }: PlannedStack): string {
  const words: { readonly [reason in DeploymentReason]: string } = { all: '', new: 'new', changed: 'changed', reads: 'as before' };
  const others = after.filter((path) => !reads.includes(path));
  return [words[reason], ...(reads.length > 0 ? [`reads ${some(reads)}`] : []), ...(others.length > 0 ? [`after ${some(others)}`] : [])].filter((part) => part !== '').join(', ');
}

function some(paths: readonly string[]): string {
  return paths.length > 3 ? `${paths.slice(0, 2).join(', ')} and ${paths.length - 2} more` : paths.join(', ');
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}
