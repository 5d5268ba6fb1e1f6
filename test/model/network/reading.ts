import { App, Stack } from 'aws-cdk-lib';
import { NetworkTopology, RouteTable, Subnet, TransitTable, Vpc } from '../../../src/analysis/network/topology';
import { Assembly, readAssembly } from '../../../src/model/assembly/read-assembly';
import { networkFromAssembly } from '../../../src/model/network/network-from-assembly';
import { assemblyOf, StackSketch } from '../assembly/stacks';

export const ACCOUNT = '111111111111';
export const REGION = 'eu-west-1';

/** Resources by logical id: a type's end, like `EC2::VPC`, and properties. */
export type Sketch = { readonly [logicalId: string]: readonly [type: string, properties?: object, attributes?: object] };

/** A stack of resources, in the account and Region of these tests unless others are given. */
export function stackOf(name: string, sketch: Sketch, { template = {}, ...env }: Partial<StackSketch> = {}): StackSketch {
  const resources = Object.entries(sketch).map(([logicalId, [type, properties = {}, attributes = {}]]) => [logicalId, { Type: type.includes('Custom::') ? type : `AWS::${type}`, Properties: properties, ...attributes }]);
  return { name, account: ACCOUNT, region: REGION, ...env, template: { ...template, Resources: Object.fromEntries(resources) } };
}

/** The topology of stacks that were never on disk. */
export function topologyOf(...stacks: readonly StackSketch[]): NetworkTopology {
  return networkFromAssembly(assemblyOf(...stacks)).topology;
}

/** The topology of one stack, whose ids are `id(logicalId)`. */
export function topologyOfOne(sketch: Sketch, template: StackSketch['template'] = {}): NetworkTopology {
  return topologyOf(stackOf('S', sketch, { template }));
}

/** Id of a resource in the stack of `topologyOfOne`. */
export function id(logicalId: string, stack = 'S', account = ACCOUNT, region = REGION): string {
  return `${stack}/${account}/${region}.${logicalId}`;
}

/** The topology of a CDK app, by its synthesized files. */
export function topologyOfApp(build: (app: App, stack: Stack) => void): NetworkTopology {
  return networkFromAssembly(synthesized(build)).topology;
}

export function synthesized(build: (app: App, stack: Stack) => void): Assembly {
  const app = new App({ analyticsReporting: false });
  build(app, new Stack(app, 'App', { env: { account: ACCOUNT, region: REGION } }));
  return readAssembly(app.synth().directory);
}

/** The network of an app that is built already. */
export function synthesizedNetwork(app: App): ReturnType<typeof networkFromAssembly> {
  return networkFromAssembly(readAssembly(app.synth().directory));
}

/** Routes of a table in a line each: `10.0.0.0/16 -> local`. */
export function routesOf(table: RouteTable | undefined): string[] {
  return (table?.routes ?? []).map(({ destinations, target }) => {
    const { kind, ...named } = target;
    return `${destinations.join(' ')} -> ${[kind, ...Object.values(named)].join(' ')}`;
  });
}

export function transitRoutesOf(table: TransitTable | undefined): string[] {
  return (table?.routes ?? []).map(({ destination, attachment }) => `${destination} -> ${attachment ?? 'black hole'}`);
}

export function tableOf(vpc: Vpc, subnet: Subnet): RouteTable {
  return vpc.routeTables.find((table) => table.id === subnet.routeTable)!;
}

/** What is not known, without ids of parts: `what` and how many parts it affects. */
export function unknownsOf({ unknowns }: NetworkTopology): string[] {
  return unknowns.map(({ what }) => what);
}
