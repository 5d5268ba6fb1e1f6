import { budgetProblems } from './budget-problems';
import { lineText } from './yaml-source';
import { AccountDefinition, OrganizationDefinition, Place, PolicyReference, Problem, TargetDefinition, UnitDefinition, unitsOf } from '../organization-definition';
import { policyType } from '../policy-types';

/** Units below the root, and levels of them (Organizations quotas, read 2026-11-22). */
const MAX_UNITS = 2_000;
const MAX_DEPTH = 5;

/** Characters of an account's name in AWS (API reference of CreateAccount, read 2026-11-22). */
const MAX_ACCOUNT_NAME = 50;

/** Keys that a construct cannot have: the root's own, and the two that the CDK leaves out of logical ids. */
const TAKEN_KEYS = ['Root', 'Resource', 'Default'];

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
    ...units.flatMap((unit) => [...unit.units, ...unit.accounts]).filter(({ key }) => TAKEN_KEYS.includes(key)).map(({ key, place }) => ({
      place, message: `"${key}" cannot be a key`, hint: 'the name is taken; use another key and give it as name',
    })),
    // A name of its own is held against the schema already.
    ...accounts.filter(({ key, name }) => name === key && name.length > MAX_ACCOUNT_NAME).map(({ key, place }) => ({
      place, message: `account ${key} has a key of ${key.length} characters and no name`, hint: `AWS allows ${MAX_ACCOUNT_NAME} characters in an account's name; give it one: name`,
    })),
    ...(units.length - 1 > MAX_UNITS ? [{ place: definition.root.place, message: `the organization has ${units.length - 1} units`, hint: `AWS allows ${MAX_UNITS}` }] : []),
    ...policyProblems([...units, ...accounts]),
    ...budgetProblems(definition),
  ];
}

function depth({ path }: UnitDefinition): number {
  return path.split('/').length - 1;
}

/** A name stands for one document of its type; the same document at several targets is one policy. */
function policyProblems(targets: readonly TargetDefinition[]): Problem[] {
  const first = new Map<string, PolicyReference>();
  return targets.flatMap(({ policies }) => {
    const here = new Map<string, PolicyReference>();
    return policies.flatMap((policy): Problem[] => {
      const { name, type, place, file, description } = policy;
      const id = `${type}/${name}`;
      const beside = here.get(id);
      const known = first.get(id);
      here.set(id, policy);
      if (!known) first.set(id, policy);
      if (policyType(type)?.awsManaged === name) return [{ place, message: `"${name}" cannot be a policy's name`, hint: 'AWS has a policy of this name; give it another one: { file, name }' }];
      if (known && known.file !== file && JSON.stringify(known.content) !== JSON.stringify(policy.content)) {
        return [{ place, message: `two different policies named "${name}"`, hint: `first ${known.file} (${lineText(known.place)}); give one of them another name: { file, name }` }];
      }
      if (beside) return [{ place, message: `policy "${name}" is attached twice`, hint: `first at ${lineText(beside.place)}; keep one` }];
      if (known?.description !== undefined && description !== undefined && known.description !== description) {
        return [{ place, message: `policy "${name}" has two descriptions`, hint: `first at ${lineText(known.place)}; say it once` }];
      }
      return [];
    });
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
    return [{ place: item.place, ...words(item, lineText(known.place), known) }];
  });
}
