import { OrganizationResource, OrganizationResources } from './organization-resources';
import { OrganizationTree } from './organization-tree';
import { Assembly } from './read-assembly';
import { Resolver } from './resolve';
import { policySize } from '../../analysis/packing';
import { PolicyKind, validatePolicyDocument } from '../../analysis/parse-policy';
import { OrganizationPolicy } from '../organization-model';

/** Policies whose documents are evaluated, and so must be ones that AWS takes. */
const EVALUATED: { readonly [type: string]: PolicyKind } = {
  SERVICE_CONTROL_POLICY: 'service-control',
  RESOURCE_CONTROL_POLICY: 'resource-control',
};

/** The organization's policies with their resolved documents and the ids of their targets. */
export function readPolicies(assembly: Assembly, found: OrganizationResources, tree: OrganizationTree): OrganizationPolicy[] {
  const structure = new Resolver(assembly);
  const values = new Resolver(assembly, tree.valueOf);
  return found.of('Policy').map((resource) => {
    const { properties, stack, mark, origin } = resource;
    const named = values.resolve(properties.Name, stack);
    const name = named.kind === 'value' && typeof named.value === 'string' ? named.value : resource.logicalId;
    const typed = values.resolve(properties.Type, stack);
    const type = typed.kind === 'value' ? String(typed.value) : '';
    if (typed.kind !== 'value') found.unresolved.push(`the type of policy ${name}`);
    return {
      name,
      type,
      ...contentOf(name, type, resource, values, found),
      targetIds: targetsOf(name, structure.partsOf(properties.TargetIds, stack), resource, tree, found),
      controls: mark.controls ?? [],
      origin: { ...origin, ...(mark.origin ? { place: mark.origin } : {}) },
    };
  });
}

function contentOf(
  name: string, type: string, { properties, stack, origin }: OrganizationResource, values: Resolver, found: OrganizationResources,
): Pick<OrganizationPolicy, 'content' | 'bytes' | 'unresolved'> {
  const resolved = values.resolve(properties.Content, stack);
  if (resolved.kind === 'reference') return { bytes: 0, unresolved: [resolved.reference.text] };
  if (resolved.kind === 'unknown') return { bytes: 0, unresolved: [resolved.what] };
  if (resolved.kind === 'partial') return { bytes: 0, unresolved: resolved.unknown };
  const refuse = (why: string, hint: string, bytes: number) => {
    found.problem(origin, `policy ${name}: ${why}`, hint);
    return { bytes, unresolved: [why] };
  };
  let content = resolved.value;
  // AWS counts a text as it is, with its white space.
  const bytes = typeof content === 'string' ? Buffer.byteLength(content, 'utf8') : policySize(content ?? '');
  if (typeof content === 'string') {
    try {
      content = JSON.parse(content);
    } catch (error) {
      return refuse(`its content is not JSON: ${(error as Error).message}`, 'Give it as an object, so that CDK writes the JSON.', bytes);
    }
  }
  if (typeof content !== 'object' || content === null) return refuse('it has no content', 'Give it a document.', 0);
  const kind = EVALUATED[type];
  const problems = kind ? validatePolicyDocument(content, name, kind).problems : [];
  if (problems.length > 0) {
    const why = problems.map(({ path, message, expected }) => `${path === '' ? '' : `${path}: `}${message}, expected ${expected}`).join('; ');
    return refuse(why, 'AWS would refuse this document.', bytes);
  }
  return { content, bytes, unresolved: [] };
}

function targetsOf(name: string, targets: any, { origin }: OrganizationResource, tree: OrganizationTree, found: OrganizationResources): string[] {
  const ids = new Set<string>();
  for (const target of Array.isArray(targets) ? targets : targets === undefined ? [] : [targets]) {
    const known = tree.target(target);
    if ('id' in known) {
      ids.add(known.id);
    } else {
      found.unresolved.push(`a target of policy ${name}: ${known.why}`);
      if (known.isBroken) found.problem(origin, `a target of policy ${name} is ${known.why}`, 'Expected the root, a unit or an account: a Ref to one, the RootId of the organization, or an id.');
    }
  }
  return [...ids];
}
