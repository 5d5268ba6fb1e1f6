import { DeploymentStack, OutputReading } from './deployment-stacks';
import { orderOf } from '../../analysis/order';
import { InputError } from '../input-error';

/** Why a stack is deployed. */
export type DeploymentReason = 'all' | 'new' | 'changed' | 'reads';

/** A stack that is deployed. */
export interface PlannedStack {
  readonly stack: DeploymentStack;
  /** `reads`: it is as before, and reads outputs of a stack that is deployed. CloudFormation updates it for that only when it is told to. */
  readonly reason: DeploymentReason;
  /** Paths of stacks in earlier waves that it waits for. */
  readonly after: readonly string[];
  /** Paths of the deployed stacks whose outputs it reads. */
  readonly reads: readonly string[];
}

/** An order of deployment. */
export interface DeploymentPlan {
  readonly waves: readonly (readonly PlannedStack[])[];
  /** Stacks that need no deployment. */
  readonly unchanged: readonly DeploymentStack[];
  /** Stacks that were there before and are not any more; nothing deletes them. */
  readonly removed: readonly DeploymentStack[];
  /** Outputs that no stack of the assembly has, and who reads them. */
  readonly outside: readonly { readonly stack: DeploymentStack; readonly reading: OutputReading }[];
}

/**
 * Stacks in waves: all of them, or those that are not as before and those that read their outputs, and so on along the readings.
 *
 * @param base the stacks before. @default - all are deployed
 * @throws InputError when stacks wait for each other: all rings at once
 */
export function deploymentPlan(stacks: readonly DeploymentStack[], base?: readonly DeploymentStack[]): DeploymentPlan {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const producersOf = (stack: DeploymentStack) => [...new Set(stack.readings.flatMap(({ producers }) => producers))].filter((id) => id !== stack.id);
  const beforeOf = (stack: DeploymentStack) => [...new Set([...stack.dependencies, ...producersOf(stack)])];
  // The order of all, so that a ring is told even where nothing in it has changed.
  const { waves, cycles } = orderOf(stacks.map((stack) => ({ id: stack.id, after: beforeOf(stack) })));
  if (cycles.length > 0) throw new InputError(cyclesInWords(cycles, byId));
  const reasons = reasonsOf(stacks, base, waves.flat().map((id) => byId.get(id)!), producersOf);
  const pathOf = (id: string) => byId.get(id)?.path ?? id;
  // What is between two deployed stacks and is not deployed still orders them.
  const above = new Map<string, Set<string>>();
  for (const id of waves.flat()) {
    above.set(id, new Set(beforeOf(byId.get(id)!).flatMap((one) => (reasons.has(one) ? [one] : [...above.get(one) ?? []]))));
  }
  const planned = orderOf([...reasons.keys()].map((id) => ({ id, after: [...above.get(id)!] })));
  return {
    waves: planned.waves.map((wave) => wave.map((id) => {
      const stack = byId.get(id)!;
      return { stack, reason: reasons.get(id)!, after: [...above.get(id)!].map(pathOf).sort(), reads: producersOf(stack).filter((one) => reasons.has(one)).map(pathOf).sort() };
    })),
    unchanged: stacks.filter(({ id }) => !reasons.has(id)),
    removed: (base ?? []).filter((old) => !stacks.some((stack) => placeOf(stack) === placeOf(old))),
    outside: stacks.flatMap((stack) => stack.readings.filter(({ producers }) => producers.length === 0).map((reading) => ({ stack, reading }))),
  };
}

/** Why each stack is deployed, in the given order, which has producers before those who read; without those that need not be. */
function reasonsOf(
  stacks: readonly DeploymentStack[], base: readonly DeploymentStack[] | undefined, inOrder: readonly DeploymentStack[], producersOf: (stack: DeploymentStack) => readonly string[],
): Map<string, DeploymentReason> {
  if (!base) return new Map(stacks.map(({ id }) => [id, 'all']));
  const before = new Map(base.map((stack) => [placeOf(stack), stack.fingerprint]));
  const reasons = new Map<string, DeploymentReason>();
  for (const stack of inOrder) {
    const old = before.get(placeOf(stack));
    if (old === undefined) reasons.set(stack.id, 'new');
    else if (old !== stack.fingerprint) reasons.set(stack.id, 'changed');
    else if (producersOf(stack).some((id) => reasons.has(id))) reasons.set(stack.id, 'reads');
  }
  return new Map(stacks.filter(({ id }) => reasons.has(id)).map(({ id }) => [id, reasons.get(id)!]));
}

/** What CloudFormation tells stacks apart by; constructs may have moved. */
function placeOf({ stackName, account = '', region = '' }: DeploymentStack): string {
  return `${account}/${region}/${stackName}`;
}

function cyclesInWords(cycles: readonly (readonly string[])[], byId: ReadonlyMap<string, DeploymentStack>): string {
  const lines = cycles.map((cycle) => [...cycle, cycle[0]!].map((id, index, ring) => {
    const [stack, before] = [byId.get(id)!, index === 0 ? undefined : byId.get(ring[index - 1]!)!];
    const reading = before?.dependencies.includes(id) ? undefined : before?.readings.find(({ producers }) => producers.includes(id));
    return `${before ? reading ? ` reads ${reading.what} of ` : ' waits for ' : ''}${stack.path}`;
  }).join(','));
  return ['These stacks wait for each other, so none can be the first', ...lines.map((line) => `  ${line}`), 'Take one dependency or one reading of an output out of each ring, or put its stacks into one.'].join('\n');
}
