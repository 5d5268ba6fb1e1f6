import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const SPEC = loadAwsServiceSpecSync();

/** What must never change of a resource that holds data, lest CloudFormation replaces it. */
export interface Promised {
  readonly type: string;
  /** Properties by which CloudFormation replaces it, or may. */
  readonly replacing: { readonly [property: string]: unknown };
}

/** Resources of a template that hold data, by logical id, as the specification of CloudFormation tells them. */
export function promisedOf(template: any): { readonly [logicalId: string]: Promised } {
  const found = Object.entries<any>(template.Resources).flatMap(([id, { Type, Properties = {} }]): [string, Promised][] => {
    const spec = SPEC.lookup('resource', 'cloudFormationType', 'equals', Type)[0];
    if (!spec?.isStateful) return [];
    const replacing = Object.keys(Properties).filter((name) => spec.properties[name]?.causesReplacement !== undefined && spec.properties[name]!.causesReplacement !== 'no').sort();
    return [[id, { type: Type, replacing: Object.fromEntries(replacing.map((name) => [name, Properties[name]])) }]];
  });
  return Object.fromEntries(found.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What an upgrade would replace or leave behind: by logical id, what was promised and what is there. */
export function broken(promised: { readonly [logicalId: string]: Promised }, template: any): string[] {
  const now = promisedOf(template);
  return Object.entries(promised).flatMap(([id, { type, replacing }]) => {
    const one = now[id];
    if (!one) return [`${id} (${type}) is gone`];
    const names = [...new Set([...Object.keys(replacing), ...Object.keys(one.replacing)])].sort();
    return [
      ...(one.type === type ? [] : [`${id} was a ${type} and is a ${one.type}`]),
      ...names.filter((name) => JSON.stringify(one.replacing[name]) !== JSON.stringify(replacing[name])).map((name) => `${id} (${type}) is replaced: ${name} was ${JSON.stringify(replacing[name])} and is ${JSON.stringify(one.replacing[name])}`),
    ];
  });
}
