import { CfnResource, Stack } from 'aws-cdk-lib';

/** What was read while nothing changes. */
let memory: Map<unknown, any> | undefined;

/** Reads the properties of each resource once, however many rules ask for them. Nothing may change a resource meanwhile. */
export function whileNothingChanges<T>(work: () => T): T {
  if (memory !== undefined) return work();
  memory = new Map();
  try {
    return work();
  } finally {
    memory = undefined;
  }
}

/** What was computed of something before, while nothing changes; else it is computed. */
export function remembered<T>(of: unknown, compute: () => T): T {
  if (memory === undefined) return compute();
  if (!memory.has(of)) memory.set(of, compute());
  return memory.get(of);
}

/** Properties as their template will hold them, from CDK's internal rendering; undefined for a resource that stays out of its template. */
export function propertiesOf(resource: CfnResource): any {
  return remembered(resource, () => rendered(resource));
}

/**
 * The same, of which each property is rendered when it is first asked for: most of what defaults look at are one or two of many. Values are those of the moment in which this is called,
 * whatever becomes of the resource.
 */
export function propertiesToAsk(resource: CfnResource): any {
  const internal = resource as any;
  if (!internal.shouldSynthesize() || Object.keys(internal.rawOverrides ?? {}).length > 0) return propertiesOf(resource);
  const stack = Stack.of(resource);
  const values: { readonly [attribute: string]: unknown } = internal.cfnProperties;
  const shape = shapeOf(resource, values);
  if (!shape) return propertiesOf(resource);
  const { names, blank } = shape;
  const properties = {};
  for (const [name, attribute] of names) {
    if (values[attribute] === undefined) continue;
    const render = () => internal.renderProperties({ ...blank, [attribute]: stack.resolve(values[attribute]) })[name];
    Object.defineProperty(properties, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const value = render();
        Object.defineProperty(properties, name, { enumerable: true, value });
        return value;
      },
    });
  }
  return properties;
}

interface Shape {
  /** Attributes of the L1 construct by the names of their properties in a template. */
  readonly names: ReadonlyMap<string, string>;
  /** An intrinsic function for each attribute, which CDK's checks of types do not look into. */
  readonly blank: { readonly [attribute: string]: object };
}

const shapes = new Map<unknown, Shape | undefined>();

/** By class; a plain `CfnResource` has its own names. Undefined where CDK does not tell which attribute a property comes from. */
function shapeOf(resource: CfnResource, values: { readonly [attribute: string]: unknown }): Shape | undefined {
  if (shapes.has(resource.constructor)) return shapes.get(resource.constructor);
  const blank = Object.fromEntries(Object.keys(values).map((attribute) => [attribute, { Ref: attribute }]));
  const attributes = new Map<unknown, string>(Object.entries(blank).map(([attribute, token]) => [token, attribute]));
  const named = Object.entries<unknown>((resource as any).renderProperties(blank)).map(([name, token]): [string, string | undefined] => [name, attributes.get(token)]);
  const shape = named.every((one): one is [string, string] => one[1] !== undefined) ? { names: new Map(named), blank } : undefined;
  if (resource.constructor !== CfnResource) shapes.set(resource.constructor, shape);
  return shape;
}

function rendered(resource: CfnResource): any {
  const internal = resource as any;
  if (!internal.shouldSynthesize()) return undefined;
  const stack = Stack.of(resource);
  // The rendering of the whole alone holds raw overrides; that of the properties is half the work.
  if (Object.keys(internal.rawOverrides ?? {}).length > 0) return Object.values<any>(stack.resolve(internal._toCloudFormation()).Resources)[0].Properties ?? {};
  return internal.renderProperties(stack.resolve(internal.cfnProperties) ?? {}) ?? {};
}
