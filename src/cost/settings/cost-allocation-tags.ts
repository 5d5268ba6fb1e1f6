/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { CostExplorerClient, ListCostAllocationTagsCommand, UpdateCostAllocationTagsStatusCommand } from '@aws-sdk/client-cost-explorer';
/* eslint-enable import/no-extraneous-dependencies */
import { Setting } from '../../custom-resource/custom-resource';
import { SettingTime } from '../../custom-resource/lambda';
import { pages } from '../../custom-resource/pages';
import { withRetries } from '../../custom-resource/retry';
import { patiently } from '../../custom-resource/waiting';

/** What the activation of tags needs from outside. */
export interface CostAllocationClients extends SettingTime {
  /** Of us-east-1, where Cost Explorer is. */
  readonly costExplorer: CostExplorerClient;
  /** Says something to people, in the function's log. */
  readonly say: (message: string) => void;
}

/** https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_UpdateCostAllocationTagsStatus.html (read 2026-11-23) */
const KEYS_OF_A_CHANGE = 20;
const NOT_KNOWN_YET = 'TagKeysNotFoundException';

/** https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_ListCostAllocationTags.html (read 2026-11-23) */
const KEYS_OF_A_LIST = 100;

/** The setting that a custom resource stands for. Fails for another type, and for keys that are none. */
export function settingOf(type: string, { Keys: keys }: { readonly [name: string]: unknown }, clients: CostAllocationClients): Setting {
  if (type !== 'Custom::CostAllocationTags') throw new Error(`${type} is no setting of costs`);
  return costAllocationTags(keysOf(keys), clients);
}

/**
 * Tags by which costs are told apart. They are activated and never deactivated: the bill would lose its columns, also those that others read.
 *
 * AWS knows a key a day after its first use. Those that it does not know yet are named in the log and left to a later run; other errors fail, after all other keys are activated.
 */
export function costAllocationTags(keys: readonly string[], clients: CostAllocationClients): Setting {
  return {
    id: 'cost-allocation-tags',
    isOn: async () => (await notActive(keys, clients)).length === 0,
    turnOn: async () => activate(keys, clients),
    turnOff: async () => {},
  };
}

/** Activates what is not active yet: each day, for keys that had not been used when they were declared. */
export async function activateWhatIsMissing(keys: unknown, clients: CostAllocationClients): Promise<void> {
  const missing = await notActive(keysOf(keys), clients);
  if (missing.length > 0) await activate(missing, clients);
}

async function notActive(keys: readonly string[], clients: CostAllocationClients): Promise<string[]> {
  const active = new Set<string>();
  for (const TagKeys of batches(keys, KEYS_OF_A_LIST)) {
    const tags = await pages(
      clients, async (NextToken) => patiently(async () => throttled(async () => clients.costExplorer.send(new ListCostAllocationTagsCommand({ Status: 'Active', TagKeys, NextToken }))), clients),
      (page) => page.CostAllocationTags,
    );
    for (const { TagKey } of tags) active.add(TagKey!);
  }
  return keys.filter((key) => !active.has(key));
}

async function activate(keys: readonly string[], clients: CostAllocationClients): Promise<boolean> {
  const waiting: string[] = [];
  const failed: string[] = [];
  for (const batch of batches(keys, KEYS_OF_A_CHANGE)) {
    const command = new UpdateCostAllocationTagsStatusCommand({ CostAllocationTagsStatus: batch.map((TagKey) => ({ TagKey, Status: 'Active' })) });
    const { Errors = [] } = await patiently(async () => withRetries(async () => throttled(async () => clients.costExplorer.send(command)), clients), clients);
    for (const { TagKey, Code, Message } of Errors) {
      if (Code === NOT_KNOWN_YET) waiting.push(TagKey!);
      else failed.push(`${TagKey} (${Code}: ${Message})`);
    }
  }
  if (waiting.length > 0) clients.say(`AWS does not know these tags yet: ${waiting.join(', ')}. It does a day after their first use; they are tried again each day.`);
  if (failed.length > 0) throw new Error(`Tags are not activated for cost allocation: ${failed.join('; ')}`);
  return true;
}

/** Cost Explorer says that it is busy in words that other services have for quotas. */
async function throttled<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const { name, message } = error as Error;
    throw name === 'LimitExceededException' ? Object.assign(new Error(message), { name: 'ThrottlingException' }) : error;
  }
}

function keysOf(keys: unknown): string[] {
  if (Array.isArray(keys) && keys.length > 0 && keys.every((key) => typeof key === 'string' && key !== '')) return keys as string[];
  throw new Error(`Expected Keys, a list of tag keys, found ${JSON.stringify(keys)}`);
}

function batches(keys: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(keys.length / size) }, (_, at) => keys.slice(at * size, (at + 1) * size));
}
