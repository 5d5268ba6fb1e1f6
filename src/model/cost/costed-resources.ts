import { CostedResource } from '../../analysis/cost/estimate';
import { Assembly, StackTemplate } from '../assembly/read-assembly';
import { Resolver } from '../assembly/resolve';
import { Unknown } from '../assembly/resolved';
import { stackSetInstances, targetIds } from '../assembly/stack-set-instances';
import { OrganizationModel } from '../organization-model';

/**
 * Resources of all templates, and of the stacks that stack sets make in accounts that the organization knows. Those whose condition does not hold are left out; where nobody knows, they count.
 */
export function costedResources(assembly: Assembly, organization?: OrganizationModel): CostedResource[] {
  const resolver = new Resolver(assembly, targetIds(organization));
  const accounts = new Map(organization?.accounts.map((account) => [account.id, account]));
  const ofStack = (stack: StackTemplate, local: Resolver): CostedResource[] => {
    const account = stack.account === undefined ? undefined : accounts.get(stack.account);
    const place = {
      ...(stack.account !== undefined && { account: account?.key ?? stack.account }),
      ...(account && { unit: account.unitPath }),
      ...(stack.region !== undefined && { region: stack.region }),
      stack: stack.stackName,
    };
    return Object.entries<any>(stack.resources).flatMap(([logicalId, resource]): CostedResource[] => {
      const isThere = typeof resource.Condition !== 'string' || local.condition(resource.Condition, stack);
      if (isThere === false) return [];
      const self = { type: String(resource.Type), properties: () => known(local.partsOf(resource.Properties ?? {}, stack)), ...place, logicalId };
      if (resource.Type !== 'AWS::CloudFormation::StackSet') return [self];
      const instances = stackSetInstances(logicalId, resource, stack, resolver, organization);
      if (typeof instances === 'string') return [{ ...self, opaque: instances }];
      const inner = new Resolver(new Assembly(assembly.source, instances));
      return [self, ...instances.flatMap((instance) => ofStack(instance, inner))];
    });
  };
  return assembly.templates.flatMap((stack) => ofStack(stack, resolver));
}

/** A list that is not known has no length: it is left out of the properties. */
function known(properties: any): any {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => !(value instanceof Unknown)));
}
