import { createHash } from 'crypto';
import { Assembly, StackTemplate } from '../assembly/read-assembly';

/** An output of another stack that a stack reads. */
export interface OutputReading {
  /** Ids of the stacks that may be meant; none where it is outside the assembly. */
  readonly producers: readonly string[];
  /** `Stack.Output`; `?` stands for what is decided at deployment. */
  readonly what: string;
}

/** A stack as far as its deployment goes. */
export interface DeploymentStack {
  /** Id in the assembly. */
  readonly id: string;
  /** Path of the construct, as the CDK command takes it. */
  readonly path: string;
  readonly stackName: string;
  /** @default - any account */
  readonly account?: string;
  /** @default - any Region */
  readonly region?: string;
  /** Ids of the stacks that the app says come before. */
  readonly dependencies: readonly string[];
  /** Outputs that it reads by `Fn::GetStackOutput`, which the app's dependencies need not say. */
  readonly readings: readonly OutputReading[];
  /** The same as long as its templates are. */
  readonly fingerprint: string;
}

/** The stacks of an assembly that are deployed on their own, with what they wait for. */
export function deploymentStacks(assembly: Assembly): DeploymentStack[] {
  const places = new Map<string, StackTemplate[]>();
  for (const stack of assembly.stacks) places.set(stack.stackName, [...places.get(stack.stackName) ?? [], stack]);
  return assembly.stacks.map((stack) => {
    const templates = withNested(stack).map(({ template }) => template);
    const { id, stackName, account, region, constructPath } = stack;
    return {
      id,
      path: constructPath ?? id,
      stackName,
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
      dependencies: [...new Set(stack.dependencies)],
      readings: unique(templates.flatMap(callsIn).map((call) => readingOf(call, stack, places)).filter(({ producers }) => !(producers.length === 1 && producers[0] === id))),
      fingerprint: createHash('sha256').update(JSON.stringify(templates)).digest('hex'),
    };
  });
}

function withNested(stack: StackTemplate): StackTemplate[] {
  return [stack, ...[...stack.nested.values()].flatMap(withNested)];
}

function callsIn(value: any): any[] {
  if (Array.isArray(value)) return value.flatMap(callsIn);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [...(key === 'Fn::GetStackOutput' ? [inner] : []), ...callsIn(inner)]);
}

/** Stacks of that name, in the account and Region that are meant as far as these are known. */
function readingOf(call: any, consumer: StackTemplate, places: ReadonlyMap<string, readonly StackTemplate[]>): OutputReading {
  const { StackName: name, OutputName: output, Region: region = consumer.region, RoleArn: role } = call ?? {};
  const account = role === undefined ? consumer.account : typeof role === 'string' ? role.split(':')[4] : undefined;
  const isSame = (one: unknown, other: string | undefined) => typeof one !== 'string' || other === undefined || one === other;
  const meant = typeof name === 'string' ? places.get(name) ?? [] : [];
  return {
    producers: meant.filter((one) => isSame(region, one.region) && isSame(account, one.account)).map(({ id }) => id),
    what: [name, output].map((part) => (typeof part === 'string' ? part : '?')).join('.'),
  };
}

function unique(readings: readonly OutputReading[]): OutputReading[] {
  return [...new Map(readings.map((one) => [`${one.what} ${one.producers.join()}`, one])).values()];
}
