import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** Resources of a stack in the network account, by logical id. */
export function resourcesOf(build: (stack: Stack) => void, region = 'eu-west-1'): { [logicalId: string]: any } {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Network', { env: { account: '444455556666', region } });
  build(stack);
  return Template.fromStack(stack).toJSON().Resources ?? {};
}

/** The same as a template to make assertions on. */
export function templateOf(build: (stack: Stack) => void, region = 'eu-west-1'): Template {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Network', { env: { account: '444455556666', region } });
  build(stack);
  return Template.fromStack(stack);
}

/** Resources that are gone or have changed, in more than the order of deployment and the named properties, which an update takes without replacement. */
export function moved(before: (stack: Stack) => void, after: (stack: Stack) => void, ...mayChange: string[]): string[] {
  const [old, grown] = [resourcesOf(before), resourcesOf(after)];
  const propertiesOf = (properties = {}) => Object.fromEntries(Object.entries(properties).filter(([name]) => !mayChange.includes(name)));
  const kept = ({ Properties, DependsOn: _, ...rest }: any) => JSON.stringify({ ...rest, Properties: propertiesOf(Properties) });
  return Object.entries(old).filter(([id, resource]) => grown[id] === undefined || kept(grown[id]) !== kept(resource)).map(([id]) => id);
}

/** A line a resource: logical id, type and what tells it from its like. */
export function inventory(build: (stack: Stack) => void, ...telling: string[]): string[] {
  return Object.entries(resourcesOf(build)).map(([id, { Type, Properties = {} }]) => [id, Type, ...telling.flatMap((name) => (Properties[name] === undefined ? [] : [JSON.stringify(Properties[name])]))].join(' '));
}
