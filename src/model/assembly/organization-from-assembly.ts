import { readPolicies } from './organization-policies';
import { OrganizationResources } from './organization-resources';
import { OrganizationTree } from './organization-tree';
import { Assembly } from './read-assembly';
import { Problem } from '../organization-definition';
import { OrganizationModel, UnitNode } from '../organization-model';

export { METADATA_KEY } from './landing-zone-metadata';
export type { AssemblyProblem } from './organization-resources';

/**
 * The organization as the templates say it: the tree from the parents, the policies with their documents and targets.
 *
 * Keys, ids, controls and platform principals come from our constructs' metadata. Without it, keys come from names, ids are placeholders, a parameter
 * with `root` in its name is the root where nothing else says which that is, and there are no controls to prove.
 * What cannot be told is in `unresolved` of the model or of a policy, by name; `problems` is what AWS would refuse.
 * No model when the assembly has no resource of an organization.
 */
export function organizationFromAssembly(assembly: Assembly): { model?: OrganizationModel; problems: Problem[] } {
  const found = new OrganizationResources(assembly);
  if (found.isEmpty) {
    const message = `none of ${assembly.templates.length} templates has a resource of type AWS::Organizations::*`;
    return { problems: [{ place: { file: assembly.source }, message, hint: 'Synthesize an app with a LandingZone or an Organization.' }] };
  }
  refuseSeveral(found);
  const note = found.notes[0]?.note;
  const tree = new OrganizationTree(assembly, found, note);
  refuseDuplicates(tree.root, found);
  const policies = readPolicies(assembly, found, tree);
  const model = new OrganizationModel({
    source: assembly.source,
    organizationId: tree.organizationId,
    root: tree.root,
    managementAccount: tree.managementAccount,
    policies,
    platform: note?.platform ?? [],
    controls: note?.controls ?? [],
    quotas: note?.quotas ?? {},
    controlTower: note?.controlTower ?? false,
    ...(note?.homeRegion !== undefined ? { homeRegion: note.homeRegion } : {}),
    allowedRegions: note?.allowedRegions ?? [],
    unresolved: found.unresolved,
  });
  return { model, problems: found.problems };
}

/** One assembly, one organization: with two, nobody can tell which of them a tree or a policy belongs to. */
function refuseSeveral(found: OrganizationResources): void {
  const others = [
    ...found.of('Organization').slice(1).map(({ origin }) => origin),
    ...found.notes.slice(1).filter(({ stack }) => !found.of('Organization').some((resource) => resource.stack === stack))
      .map(({ stack }) => ({ stack: stack.stackName, template: stack.file })),
  ];
  for (const origin of others) {
    found.unresolved.push(`what belongs to the organization of stack ${origin.stack}`);
    found.problem(origin, `stack ${origin.stack} has another organization`, 'An account has one organization: keep one in an app, or check each assembly alone.');
  }
}

function refuseDuplicates(root: UnitNode, found: OrganizationResources): void {
  const emails = new Map<string, string>();
  const visit = (unit: UnitNode) => {
    const names = new Set<string>();
    for (const child of unit.units) {
      if (names.has(child.name)) found.problem(child.origin, `two units below ${unit.path} are named ${child.name}`, 'AWS wants different names: rename one.');
      names.add(child.name);
    }
    for (const account of unit.accounts.filter(({ email }) => email !== '')) {
      const first = emails.get(account.email.toLowerCase());
      if (first !== undefined) found.problem(account.origin, `e-mail ${account.email} of account ${account.key} is used by ${first} already`, 'AWS wants one address an account.');
      else emails.set(account.email.toLowerCase(), account.key);
    }
    unit.units.forEach(visit);
  };
  visit(root);
}
