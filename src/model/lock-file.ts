import { createHash } from 'crypto';
import { readFileSync } from 'fs';
import { Problem } from './organization-definition';
import { inOrder } from './organization-file/format-problems';
import { isFile } from './organization-file/read-organization-file';
import { schemaProblems } from './organization-file/schema-problems';
import { YamlSource } from './organization-file/yaml-source';

/** `organization.lock.json`: names to ids, written by `landing-zone pull`, never by hand. */
export interface OrganizationLock {
  readonly version: 1;
  readonly organizationId: string;
  readonly rootId: string;
  readonly managementAccountId: string;
  /** Path below the root by the names AWS shows (`unitPath`) to the unit's id. */
  readonly units: { readonly [path: string]: string };
  /** Account e-mail (lower case; unique in AWS and never reused) to its id. */
  readonly accounts: { readonly [email: string]: string };
}

/**
 * Ids that let everything work with no AWS account: the same name always has the same id, and none of them is deployable.
 * Account ids start with `000`, unit and root ids with `0000`.
 */
export class PlaceholderIds {
  public static readonly ORGANIZATION = 'o-placeholder0';
  public static readonly ROOT = 'r-0000';

  /** Twelve digits, from the account's key. */
  public static account(key: string): string {
    const digits = BigInt(`0x${digest(`account:${key}`).slice(0, 16)}`) % 1_000_000_000n;
    return `000${digits.toString().padStart(9, '0')}`;
  }

  /** `ou-0000-` and sixteen characters, from the unit's path: so many that no two paths share them. */
  public static unit(path: string): string {
    return `ou-0000-${digest(`unit:${path}`).slice(0, 16)}`;
  }
}

/** The path of a unit by its names in AWS, which may hold slashes: `Workloads/Prod`, `R~1D/Prod` for a unit that is called R/D. */
export function unitPath(names: readonly string[]): string {
  return names.map((name) => name.replace(/~/g, '~0').replace(/\//g, '~1')).join('/');
}

/** Reads a lock file: it, or everything that is wrong with it. */
export function readLockFile(file: string): { lock?: OrganizationLock; problems: readonly Problem[] } {
  if (!isFile(file)) return { problems: [{ place: { file }, message: 'the file does not exist', hint: 'run "npx landing-zone pull"' }] };
  // JSON is YAML, and the YAML reader knows places.
  const { source, problems } = YamlSource.parse(readFileSync(file, 'utf8'), file);
  if (!source) return { problems };
  const data = source.data;
  const wrong = schemaProblems('organization.lock.schema.json', data, source);
  if (wrong.length > 0) return { problems: inOrder(wrong) };
  const mixed = mixedUp(data, source);
  return mixed.length > 0 ? { problems: inOrder(mixed) } : { lock: data, problems: [] };
}

/** What no schema can say: each id stands for one thing, and all units hang under this root. */
function mixedUp({ rootId, units, accounts }: OrganizationLock, source: YamlSource): Problem[] {
  const again = 'run "npx landing-zone pull" again';
  const first = new Map<string, string>();
  const twice = ([...Object.entries(units).map((entry) => ['units', ...entry]), ...Object.entries(accounts).map((entry) => ['accounts', ...entry])] as [string, string, string][])
    .flatMap(([list, name, id]) => {
      const other = first.get(id);
      if (other === undefined) first.set(id, name);
      return other === undefined ? [] : [{ place: source.valueAt([list, name]), message: `${id} is the id of ${name} and of ${other}`, hint: again }];
    });
  const foreign = Object.entries(units).filter(([, id]) => !id.startsWith(`ou-${rootId.slice('r-'.length)}-`))
    .map(([path, id]) => ({ place: source.valueAt(['units', path]), message: `unit ${path} has the id ${id}, which is not under the root ${rootId}`, hint: `it is of another organization; ${again}` }));
  return [...twice, ...foreign];
}

/** The lock file's text: the same ids always give the same bytes. */
export function formatLock(lock: OrganizationLock): string {
  const sorted = (map: { readonly [key: string]: string }) => Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
  const { version, organizationId, rootId, managementAccountId } = lock;
  return `${JSON.stringify({ version, organizationId, rootId, managementAccountId, units: sorted(lock.units), accounts: sorted(lock.accounts) }, undefined, 2)}\n`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
