import { EXIT, Terminal } from './terminal';
import { wavesGithub, wavesJson, wavesLines, wavesText } from './waves-views';
import { AssemblyError, readAssembly } from '../model/assembly/read-assembly';
import { DeploymentPlan, deploymentPlan } from '../model/deployment/deployment-plan';
import { deploymentStacks } from '../model/deployment/deployment-stacks';
import { InputError } from '../model/input-error';

/** Options of `landing-zone waves`. */
export interface WavesOptions {
  readonly assembly: string;
  /** Assembly that is deployed. @default - all stacks are to be deployed */
  readonly changed?: string;
  readonly format: string;
}

/** Says what to deploy, in which order. */
export function waves(options: WavesOptions, terminal: Terminal): number {
  const plan = planOf(options, terminal);
  const views: { readonly [format: string]: () => string } = {
    json: () => JSON.stringify(wavesJson(plan, options), undefined, 2),
    github: () => wavesGithub(plan),
    lines: () => wavesLines(plan),
  };
  terminal.print((views[options.format] ?? (() => wavesText(plan, options, terminal)))());
  return EXIT.clean;
}

function planOf({ assembly, changed }: WavesOptions, terminal: Terminal): DeploymentPlan {
  const stacks = stacksOf(assembly, terminal);
  if (stacks.length === 0) throw new InputError(`${assembly} has no stacks`);
  return deploymentPlan(stacks, changed === undefined ? undefined : stacksOf(changed, terminal));
}

function stacksOf(dir: string, terminal: Terminal) {
  terminal.progress(`Reading ${dir}`);
  try {
    return deploymentStacks(readAssembly(dir));
  } catch (error) {
    if (error instanceof AssemblyError) throw new InputError(error.message);
    throw error;
  }
}
