import { PlannedStack } from './deployment-plan';

/** Jobs of a matrix (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax, `jobs.<job_id>.strategy.matrix`, read 2026-11-23). */
export const MAX_MATRIX_JOBS = 256;

/** A job of a matrix. */
export interface MatrixJob {
  readonly name: string;
  /** Paths of its stacks, as the CDK command takes them, with spaces between. */
  readonly stacks: string;
  /** @default - any */
  readonly account?: string;
  /** @default - any */
  readonly region?: string;
}

/** The value of `strategy.matrix`. */
export interface GithubMatrix {
  readonly include: readonly MatrixJob[];
}

/** A wave as jobs: one a stack, or where these are too many, as even shares of the stacks of each account and Region as fit. */
export function githubMatrix(wave: readonly PlannedStack[], maxJobs = MAX_MATRIX_JOBS): GithubMatrix {
  for (let size = Math.ceil(wave.length / maxJobs); ; size++) {
    const jobs = groupsOf(wave).flatMap((group) => sharesOf(group, size));
    if (jobs.length <= maxJobs || size >= wave.length) return { include: jobs.length <= maxJobs ? jobs.map(jobOf) : sharesOf(wave, Math.ceil(wave.length / maxJobs)).map(jobOf) };
  }
}

function groupsOf(wave: readonly PlannedStack[]): PlannedStack[][] {
  const groups = new Map<string, PlannedStack[]>();
  for (const one of wave) {
    const place = `${one.stack.account}/${one.stack.region}`;
    groups.set(place, [...groups.get(place) ?? [], one]);
  }
  return [...groups.values()];
}

function sharesOf(stacks: readonly PlannedStack[], size: number): PlannedStack[][] {
  return Array.from({ length: Math.ceil(stacks.length / size) }, (_, index) => stacks.slice(index * size, (index + 1) * size));
}

function jobOf(stacks: readonly PlannedStack[]): MatrixJob {
  const [{ stack: first }] = stacks as [PlannedStack];
  const same = (of: (one: PlannedStack) => string | undefined) => (stacks.every((one) => of(one) === of(stacks[0]!)) ? of(stacks[0]!) : undefined);
  const [account, region] = [same(({ stack }) => stack.account), same(({ stack }) => stack.region)];
  return {
    name: stacks.length === 1 ? first.stackName : `${first.stackName} and ${stacks.length - 1} more`,
    stacks: stacks.map(({ stack }) => stack.path).join(' '),
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
  };
}
