import { existsSync, readFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { NetworkResource, resourceId } from './network-resources';
import { PhysicalValues } from './physical-values';
import { coverageOf, NETWORK_SERVICES } from './type-coverage';
import { METADATA_KEY } from '../assembly/landing-zone-metadata';
import { Assembly, StackTemplate } from '../assembly/read-assembly';
import { Reference, Unknown } from '../assembly/resolved';

/**
 * An assembly with the stacks that its stack sets make, where these hold networks: in each Region, one for each account that is named. Accounts of units are not known: one stands for all
 * of them, and another one beside it where IPAM chooses addresses, so that what passes between two of them is seen.
 */
export function withStackSets(assembly: Assembly): Assembly {
  const sets = assembly.templates.flatMap((stack) => Object.entries(stack.resources)
    .filter(([, json]) => json?.Type === 'AWS::CloudFormation::StackSet'
      && networkTypesIn(JSON.stringify(json.Properties?.TemplateBody ?? writtenTemplate(json.Metadata?.[METADATA_KEY]?.templateFile, stack) ?? '')).length > 0)
    .map(([logicalId, json]) => ({ stack, logicalId, json })));
  if (sets.length === 0) return assembly;
  const { resolver } = new PhysicalValues(assembly);
  const made = sets.flatMap(({ stack, logicalId, json }) => instancesOf(new NetworkResource(resourceId(stack, logicalId), json.Type, logicalId, stack, json, resolver)));
  return made.length === 0 ? assembly : new Assembly(assembly.source, [...assembly.stacks, ...made]);
}

/** Whether the stacks of a set are among those that are read. */
export function isExpanded({ id }: NetworkResource, assembly: Assembly): boolean {
  return assembly.stacks.some((stack) => stack.id.startsWith(`${id}@`));
}

/** Types of a template's text that a network is read from, or that are unknown. */
export function networkTypesIn(text: string): string[] {
  return [...new Set(text.match(/AWS::\w+::\w+/g) ?? [])].filter((type) => NETWORK_SERVICES.includes(type.split('::')[1]!) && coverageOf(type) !== 'irrelevant');
}

function instancesOf(set: NetworkResource): StackTemplate[] {
  const template = templateOf(set);
  const groups = set.value('StackInstancesGroup');
  if (!template || !Array.isArray(groups)) return [];
  const sites = groups.flatMap((group) => {
    const { Regions: regions, DeploymentTargets: targets, ParameterOverrides: overrides } = group ?? {};
    const own = withParameters(template, overrides);
    const accounts = Array.isArray(targets?.Accounts) && targets.AccountFilterType === undefined ? targets.Accounts : standIns(template);
    const isKnownWhere = Array.isArray(regions) && isPlain(targets) && isPlain(targets?.Accounts);
    if (!isKnownWhere || !own) return [{ region: undefined, account: undefined, index: 0, own: template }];
    return regions.flatMap((region) => accounts.map((account: any, index: number) => ({ region, account, index, own })));
  });
  // One place that is not known leaves all of them to the gap.
  if (!sites.every(({ region, account }) => typeof region === 'string' && (account === undefined || typeof account === 'string'))) return [];
  return sites.map(({ region, account, index, own }) => new StackTemplate({
    id: `${set.id}@${region}/${account ?? index}`, stackName: `${set.logicalId}-${region}-${account ?? index}`, ...(account === undefined ? {} : { account }), region, file: set.stack.file, template: own,
  }));
}

function isPlain(value: any): boolean {
  return !(value instanceof Unknown) && !(value instanceof Reference);
}

function standIns(template: { readonly [section: string]: any }): undefined[] {
  return JSON.stringify(template).includes('"Ipv4IpamPoolId"') ? [undefined, undefined] : [undefined];
}

/** The text of a set's template: in the resource, or in a file of the assembly where that is known; `Reference` and `Unknown` where it is not. */
export function templateTextOf(set: NetworkResource): any {
  return set.value('TemplateBody') ?? writtenTemplate(set.mark.templateFile, set.stack);
}

/** A template that our constructs wrote beside the one that its stack set stands in, because it was too large for the resource. */
function writtenTemplate(file: unknown, stack: StackTemplate): string | undefined {
  const path = typeof file === 'string' ? join(dirname(stack.file), basename(file)) : undefined;
  return path !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** The template with the parameters that the set gives. YAML is not read. */
function templateOf(set: NetworkResource): { readonly [section: string]: any } | undefined {
  const body = templateTextOf(set);
  try {
    const template = typeof body === 'string' ? JSON.parse(body) : undefined;
    return typeof template?.Resources !== 'object' || template.Resources === null ? undefined : withParameters(template, set.value('Parameters'));
  } catch {
    return undefined;
  }
}

/** A template whose parameters have values that are given as a list; one that is not known is no default either. Undefined when the list, or whose value one is, is not known. */
function withParameters(template: { readonly [section: string]: any }, given: any = []): { readonly [section: string]: any } | undefined {
  if (!Array.isArray(given) || !given.every((one) => typeof one?.ParameterKey === 'string')) return undefined;
  const parameters = { ...template.Parameters };
  for (const { ParameterKey: key, ParameterValue: value } of given) {
    if (parameters[key] !== undefined) parameters[key] = { ...parameters[key], Default: ['string', 'number'].includes(typeof value) ? String(value) : undefined };
  }
  return { ...template, Parameters: parameters };
}
