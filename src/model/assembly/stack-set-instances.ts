import { existsSync, readFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { markOf, METADATA_KEY } from './landing-zone-metadata';
import { StackTemplate } from './read-assembly';
import { Resolver } from './resolve';
import { Reference } from './resolved';
import { OrganizationModel, UnitNode } from '../organization-model';

/** The value of a reference to the root, a unit or an account, which a resolver asks for: units and accounts are known by the ids that our constructs mark them with. */
export function targetIds(organization?: OrganizationModel): (reference: Reference) => string | undefined {
  return ({ attribute, stack, logicalId }) => {
    if (attribute === 'RootId') return stack.resources[logicalId]?.Type === 'AWS::Organizations::Organization' ? organization?.data.root.id : undefined;
    return ['Ref', 'Id', 'AccountId'].includes(attribute) ? markOf(stack.resources[logicalId] ?? {}).id : undefined;
  };
}

/** The stacks that a stack set makes in accounts and Regions that are known; why not, where one is not. */
export function stackSetInstances(logicalId: string, resource: any, stack: StackTemplate, resolver: Resolver, organization?: OrganizationModel): StackTemplate[] | string {
  const { TemplateBody: body, StackInstancesGroup: groups, Parameters: parameters } = resolver.partsOf(resource.Properties ?? {}, stack);
  const template = templateOf(body ?? written(resource.Metadata?.[METADATA_KEY]?.templateFile, stack), parameters);
  if (!template) return 'the template of its instances';
  if (!Array.isArray(groups)) return 'where its instances are';
  const places = new Map<string, { account: string; region: string }>();
  for (const { Regions: regions, DeploymentTargets: targets } of groups) {
    const accounts = accountsOf(targets, organization);
    if (!accounts || !Array.isArray(regions) || !regions.every((region) => typeof region === 'string')) return 'in which accounts and Regions its instances are';
    for (const region of regions) for (const account of accounts) places.set(`${account} ${region}`, { account, region });
  }
  return [...places].map(([key, { account, region }]) => new StackTemplate({ id: `${stack.id}/${logicalId}@${key}`, stackName: `${stack.stackName}/${logicalId}`, account, region, file: stack.file, template }));
}

function accountsOf(targets: any, organization?: OrganizationModel): readonly string[] | undefined {
  const { Accounts: named, OrganizationalUnitIds: units, AccountFilterType: filter = 'NONE' } = targets ?? {};
  const listed: string[] | undefined = named === undefined ? [] : Array.isArray(named) && named.every((one) => typeof one === 'string') ? named : undefined;
  if (!listed) return undefined;
  if (units === undefined) return listed;
  if (!Array.isArray(units) || !organization) return undefined;
  const found = units.map((id) => organization.units.find((unit) => unit.id === id));
  if (!found.every((unit): unit is UnitNode => unit !== undefined)) return undefined;
  // The management account is never one of them: service-managed stack sets leave it out.
  const members = [...new Set(found.flatMap(below))];
  switch (filter) {
    case 'INTERSECTION': return members.filter((id) => listed.includes(id));
    case 'DIFFERENCE': return members.filter((id) => !listed.includes(id));
    case 'UNION': return [...new Set([...members, ...listed])];
    default: return members;
  }
}

function below({ accounts, units }: UnitNode): string[] {
  return [...accounts.filter(({ isManagement }) => !isManagement).map(({ id }) => id), ...units.flatMap(below)];
}

/** A template beside that of the stack, where it was too large to be a property. */
function written(file: unknown, stack: StackTemplate): string | undefined {
  const path = typeof file === 'string' ? join(dirname(stack.file), basename(file)) : undefined;
  return path !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** The parsed template, with the values that the set gives its parameters as defaults. YAML is not read. */
function templateOf(text: unknown, given: any = []): { readonly [section: string]: any } | undefined {
  try {
    const template = typeof text === 'string' ? JSON.parse(text) : undefined;
    if (typeof template?.Resources !== 'object' || template.Resources === null) return undefined;
    const parameters = { ...template.Parameters };
    for (const { ParameterKey: key, ParameterValue: value } of Array.isArray(given) ? given : []) {
      if (parameters[key] !== undefined) parameters[key] = { ...parameters[key], Default: typeof value === 'string' ? value : undefined };
    }
    return { ...template, Parameters: parameters };
  } catch {
    return undefined;
  }
}
