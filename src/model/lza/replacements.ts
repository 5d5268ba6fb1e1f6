import { PlaceholderIds } from '../lock-file';
import { partitionOf } from '../partition';

/** What the accelerator fills into its files, as far as its configuration says it. */
export interface LzaValues {
  /** `globalReplacements` of replacements-config.yaml that have a value there. */
  readonly global: ReadonlyMap<string, string | readonly string[]>;
  readonly acceleratorPrefix: string;
  readonly managementAccountAccessRole: string;
  readonly homeRegion: string;
}

/** An account of accounts-config.yaml as policies can name it. */
export interface LzaAccount {
  readonly name: string;
  /** As written: `Workloads/Prod`. */
  readonly unit: string;
  readonly id: string;
}

/**
 * The accelerator's defaults and variables:
 * https://docs.aws.amazon.com/solutions/latest/landing-zone-accelerator-on-aws/working-with-solution-specific-variables.html and
 * https://awslabs.github.io/landing-zone-accelerator-on-aws/latest/user-guide/replacement-variables/ (read 2026-11-22).
 */
export const DEFAULTS = { acceleratorPrefix: 'AWSAccelerator', managementAccountAccessRole: 'AWSControlTowerExecution', homeRegion: 'us-east-1' } as const;

/** Fills `{{ Name }}` and `{{ account Name }}` in a YAML text. `missing` collects names that nobody gives; comments stay as they are. */
export function fillYaml(text: string, global: LzaValues['global'], missing: Set<string>): string {
  return text.replace(/^([ \t]*#.*)$|\{\{\s*(account\s+)?([A-Za-z0-9_.-]+)\s*\}\}/gm, (whole, comment: string | undefined, account: string | undefined, name: string) => {
    if (comment !== undefined) return comment;
    if (account !== undefined) return PlaceholderIds.account(lzaKey(name));
    const value = global.get(name);
    if (value === undefined) {
      missing.add(name);
      return whole;
    }
    return typeof value === 'string' ? value : value.map((item) => JSON.stringify(item)).join(', ');
  });
}

/** Our key of an account of the accelerator; only the management account's differs from its name. */
export function lzaKey(name: string): string {
  return name === 'Management' ? 'management' : name;
}

/** Result of filling a policy: what was put in instead of an id that only AWS knows, and what nobody gives. */
export interface FilledPolicy {
  readonly text: string;
  readonly placeholderIds: readonly string[];
  readonly missing: readonly string[];
}

/** Fills the accelerator's variables `${NAME}` in a policy. Policy variables of IAM (`${aws:...}`) and of backup policies (`$account`) stay. */
export function fillPolicy(text: string, values: LzaValues, accounts: readonly LzaAccount[]): FilledPolicy {
  const placeholderIds = new Set<string>();
  const missing = new Set<string>();
  const known = variables(values);
  // A list that turns out empty takes the comma before it along, as in the accelerator.
  const filled = text.replace(/(,?\s*)\$\{([A-Za-z][A-Za-z0-9_:./ -]*)\}/g, (whole, before: string, name: string, offset: number) => {
    const ids = idsOf(name, accounts);
    if (ids !== undefined) {
      placeholderIds.add(name);
      return ids === '' ? '' : `${before}${ids}`;
    }
    const value = known.get(name);
    if (value !== undefined) return `${before}${value}`;
    if (!/^[A-Z][A-Z0-9_]*$/.test(name) && !name.startsWith('ACCEL_LOOKUP')) return whole;
    missing.add(name);
    // Where the accelerator would put a list in, the rest stays JSON only with quotes.
    return isInText(text, offset) ? whole : `${before}"\${${name}}"`;
  });
  return { text: filled, placeholderIds: [...placeholderIds].sort(), missing: [...missing].sort() };
}

/** Variables whose values the configuration gives. */
function variables({ global, acceleratorPrefix: prefix, managementAccountAccessRole, homeRegion }: LzaValues): Map<string, string> {
  const bare = prefix.replace(/-$/, '');
  return new Map([
    ['PARTITION', partitionOf(homeRegion)],
    ['HOME_REGION', homeRegion],
    ['MANAGEMENT_ACCOUNT_ACCESS_ROLE', managementAccountAccessRole],
    ['ACCELERATOR_PREFIX', prefix],
    ['ACCELERATOR_PREFIX_ND', bare],
    ['ACCELERATOR_PREFIX_LND', bare.toLowerCase()],
    ['ACCELERATOR_DEFAULT_PREFIX_SHORTHAND', prefix.slice(0, 4).toUpperCase()],
    ['ACCELERATOR_SSM_PREFIX', prefix === DEFAULTS.acceleratorPrefix ? '/accelerator' : `/${prefix}`],
    ...[...global].map(([key, value]): [string, string] => [`ACCEL_LOOKUP::CUSTOM:${key}`, typeof value === 'string' ? value : JSON.stringify(value)]),
  ]);
}

/** The accounts whose ids have a variable of their own; a policy of the organization is deployed to the management account. */
const ACCOUNT_VARIABLES: ReadonlyMap<string, string> = new Map([
  ['AUDIT_ACCOUNT_ID', 'Audit'], ['LOGARCHIVE_ACCOUNT_ID', 'LogArchive'], ['MANAGEMENT_ACCOUNT_ID', 'Management'], ['ACCOUNT_ID', 'Management'],
]);

/** Ids that a variable stands for, as they are written; undefined when it stands for none or for an account nobody declares. */
function idsOf(name: string, accounts: readonly LzaAccount[]): string | undefined {
  if (name === 'ORG_ID') return PlaceholderIds.ORGANIZATION;
  const mandatory = ACCOUNT_VARIABLES.get(name);
  if (mandatory !== undefined) return accounts.find((account) => account.name === mandatory)?.id;
  const [, scope, what] = /^ACCEL_LOOKUP::ACCOUNT_ID:(ACCOUNT|OU|ORG)(?::(.+))?$/.exec(name) ?? [];
  if (scope === undefined) return undefined;
  const found = accounts.filter((account) => scope === 'ORG' || (scope === 'ACCOUNT' ? account.name : account.unit) === what);
  return scope === 'ACCOUNT' && found.length === 0 ? undefined : found.map(({ id }) => `"${id}"`).join(',');
}

/** Whether an offset of a JSON text is inside a string. */
function isInText(text: string, offset: number): boolean {
  return (text.slice(0, offset).replace(/\\./g, '').match(/"/g) ?? []).length % 2 === 1;
}
