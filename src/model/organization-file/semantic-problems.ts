import { AccountDefinition, OrganizationDefinition, Place, PolicyReference, Problem, TargetDefinition, UnitDefinition, unitsOf } from '../organization-definition';
import { placeText } from './format-problems';

/** Units below the root, and levels of them (Organizations quotas, read 2026-11-22). */
const MAX_UNITS = 2_000;
const MAX_DEPTH = 5;

/** What no schema can say: what must be unique in the whole tree, how deep and how large it may be. */
export function semanticProblems(definition: OrganizationDefinition): Problem[] {
  const units = [...unitsOf(definition.root)];
  const accounts = units.flatMap((unit) => unit.accounts);
  const all: AccountDefinition[] = [definition.managementAccount, ...accounts];
  return [
    ...repeated(all, ({ key }) => key, ({ key }, first) => ({ message: `account ${key} is declared twice`, hint: `first at ${first}; keys are unique in the whole organization` })),
    ...repeated(all.filter(({ email }) => email !== ''), ({ email }) => email.toLowerCase(), ({ email, key }, first, other) => ({
      message: `e-mail ${email} of account ${key} is used twice`, hint: `first by ${other.key} (${first}); AWS wants one address an account`,
    })),
    ...units.flatMap((unit) => repeated(unit.units, ({ name }) => name, ({ name }, first) => ({
      message: `two units named ${name} under ${unit.path}`, hint: `first at ${first}; AWS wants one name among siblings`,
    }))),
    ...units.filter((unit) => depth(unit) > MAX_DEPTH).map((unit) => ({
      place: unit.place, message: `unit ${unit.path} is at level ${depth(unit)}`, hint: `AWS allows ${MAX_DEPTH} levels of units below the root; move it up`,
    })),
    ...units.flatMap((unit) => [...unit.units, ...unit.accounts]).filter(({ key }) => key === 'Root' || key === 'Resource').map(({ key, place }) => ({
      place, message: `"${key}" cannot be a key`, hint: 'the name is taken; use another key and give it as name',
    })),
    ...(units.length - 1 > MAX_UNITS ? [{ place: definition.root.place, message: `the organization has ${units.length - 1} units`, hint: `AWS allows ${MAX_UNITS}` }] : []),
    ...policyNames([...units, ...accounts]),
  ];
}

function depth({ path }: UnitDefinition): number {
  return path.split('/').length - 1;
}

/** A name stands for one document of its type; the same file at several targets is one policy. */
function policyNames(targets: readonly TargetDefinition[]): Problem[] {
  const first = new Map<string, PolicyReference>();
  return targets.flatMap(({ policies }) => policies).flatMap((policy) => {
    const key = `${policy.type}/${policy.name}`;
    const known = first.get(key);
    if (!known) first.set(key, policy);
    if (!known || known.file === policy.file || JSON.stringify(known.content) === JSON.stringify(policy.content)) return [];
    return [{ place: policy.place, message: `two different policies named "${policy.name}"`, hint: `first ${known.file} (${placeText(known.place)}); give one of them another name: { file, name }` }];
  });
}

function repeated<T extends { readonly place: Place }>(items: readonly T[], key: (item: T) => string, words: (item: T, first: string, other: T) => { message: string; hint: string }): Problem[] {
  const first = new Map<string, T>();
  return items.flatMap((item) => {
    const known = first.get(key(item));
    if (!known) {
      first.set(key(item), item);
      return [];
    }
    return [{ place: item.place, ...words(item, known.place.line !== undefined ? `line ${known.place.line}` : placeText(known.place), known) }];
  });
}
