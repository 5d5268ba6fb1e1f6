import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { minify } from '../analysis/packing';
import { PolicyDocument } from '../analysis/policy-document';
import { OrganizationDefinition, PolicyReference, TargetDefinition, UnitDefinition, unitsOf } from '../model/organization-definition';
import { organizationFiles } from '../model/organization-file/write-organization-file';
import { OrganizationModel, OrganizationPolicy } from '../model/organization-model';
import { policyType } from '../model/policy-types';
import { OrganizationFile } from '../organization/organization-file';

const LOCK = 'organization.lock.json';

/**
 * Writes the policies that were packed, one a file and without white space, as AWS counts it. Of an organization file there is a copy too that names
 * them, with what else it needs.
 *
 * @param organization path of the organization file. @default - the source is another
 * @returns the paths written, relative to the folder
 */
export function writePackedPolicies(model: OrganizationModel, out: string, organization?: string): string[] {
  const paths = pathsOf(model.data.policies.filter((policy) => isWritten(policy)));
  const files = new Map<string, string>();
  if (organization !== undefined) {
    const definition = OrganizationFile.load(organization)._definition;
    organizationFiles(withPolicies(definition, model, paths)).forEach((text, path) => files.set(path, text));
  }
  paths.forEach((path, { content }) => files.set(path, minify(content as PolicyDocument)));
  files.forEach((text, path) => {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  });
  const lock = organization === undefined ? undefined : join(dirname(organization), LOCK);
  if (lock === undefined || !existsSync(lock)) return [...files.keys()];
  copyFileSync(lock, join(out, LOCK));
  return [...files.keys(), LOCK];
}

/** What control sets become is not written: it is planned from the sets. */
function isWritten({ type, content, controls }: OrganizationPolicy): boolean {
  return content !== undefined && controls.length === 0 && policyType(type)?.iamLanguage === true;
}

/** `policies/service-control/NAME.json`; two names that would share a file get a number. */
function pathsOf(policies: readonly OrganizationPolicy[]): Map<OrganizationPolicy, string> {
  const taken = new Set<string>();
  return new Map(policies.map((policy) => {
    const name = policy.name.split('/').map((part) => part.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^\.+/, '')).filter((part) => part !== '').join('/');
    const base = `policies/${policyType(policy.type)!.name}/${name}`;
    let path = `${base}.json`;
    for (let index = 2; taken.has(path.toLowerCase()); index++) path = `${base}-${index}.json`;
    taken.add(path.toLowerCase());
    return [policy, path] as const;
  }));
}

/** The definition with the packed policies in place of those that its targets name. */
function withPolicies(definition: OrganizationDefinition, model: OrganizationModel, paths: ReadonlyMap<OrganizationPolicy, string>): OrganizationDefinition {
  const former = new Map([...unitsOf(definition.root)].flatMap((unit) => [unit, ...unit.accounts]).flatMap(({ policies }) => policies).map((policy) => [`${policy.type}/${policy.name}`, policy]));
  const ids = new Map([...model.units.map(({ path, id }) => [path, id] as const), ...model.accounts.map(({ unitPath, key, id }) => [`${unitPath}/${key}`, id] as const)]);
  const policiesOf = (path: string, target: TargetDefinition): PolicyReference[] => [
    ...target.policies.filter(({ type }) => policyType(type)?.iamLanguage !== true),
    ...[...paths].filter(([{ targetIds }]) => targetIds.includes(ids.get(path)!)).map(([policy, file]): PolicyReference => {
      const known = former.get(`${policy.type}/${policy.name}`);
      return { ...known, name: policy.name, type: policy.type, file, content: policy.content, place: known?.place ?? target.place };
    }),
  ];
  const unitOf = (unit: UnitDefinition): UnitDefinition => ({
    ...unit,
    policies: policiesOf(unit.path, unit),
    units: unit.units.map(unitOf),
    accounts: unit.accounts.map((account) => ({ ...account, policies: policiesOf(`${unit.path}/${account.key}`, account) })),
  });
  return { ...definition, root: unitOf(definition.root) };
}
