import { PlaceholderIds } from '../lock-file';

/** What the accelerator fills into its files, as far as its configuration says it. */
export interface LzaValues {
  /** `{{ Name }}` of replacements-config.yaml. */
  readonly global: ReadonlyMap<string, string | readonly string[]>;
  readonly acceleratorPrefix: string;
  readonly managementAccountAccessRole: string;
  readonly homeRegion: string;
}

/** The accelerator's defaults (its implementation guide, "working with solution-specific variables", read 2026-11-22). */
export const DEFAULTS = { acceleratorPrefix: 'AWSAccelerator', managementAccountAccessRole: 'AWSControlTowerExecution', partition: 'aws', homeRegion: 'us-east-1' } as const;

/** Fills `{{ Name }}` in a YAML text. `missing` collects names that nobody gives. */
export function fillYaml(text: string, global: LzaValues['global'], missing: Set<string>): string {
  return text.replace(/\{\{\s*([A-Za-z0-9_.-]+)\s*\}\}/g, (whole, name: string) => {
    const value = global.get(name);
    if (value === undefined) {
      missing.add(name);
      return whole;
    }
    return typeof value === 'string' ? value : value.map((item) => JSON.stringify(item)).join(', ');
  });
}

/** Result of filling a policy: what was put in instead of an id that only AWS knows, and what nobody gives. */
export interface FilledPolicy {
  readonly text: string;
  readonly placeholderIds: readonly string[];
  readonly missing: readonly string[];
}

/** Fills the accelerator's variables `${NAME}` in a policy. Policy variables of IAM (`${aws:...}`) and of backup policies (`$account`) stay. */
export function fillPolicy(text: string, values: LzaValues, accountKeys: readonly string[]): FilledPolicy {
  const placeholderIds = new Set<string>();
  const missing = new Set<string>();
  const placeholder = (name: string, id: string): string => {
    placeholderIds.add(name);
    return id;
  };
  const filled = text.replace(/\$\{([A-Za-z0-9_:.-]+)\}/g, (whole, name: string) => {
    switch (name) {
      case 'PARTITION': return DEFAULTS.partition;
      case 'ACCELERATOR_PREFIX': return values.acceleratorPrefix;
      case 'ACCELERATOR_SSM_PREFIX': return `/${values.acceleratorPrefix === DEFAULTS.acceleratorPrefix ? 'accelerator' : values.acceleratorPrefix}`;
      case 'MANAGEMENT_ACCOUNT_ACCESS_ROLE': return values.managementAccountAccessRole;
      case 'HOME_REGION': return values.homeRegion;
      case 'ORG_ID': return placeholder(name, PlaceholderIds.ORGANIZATION);
      default:
    }
    const custom = /^ACCEL_LOOKUP::CUSTOM:(.+)$/.exec(name)?.[1];
    if (custom !== undefined && values.global.has(custom)) {
      const value = values.global.get(custom)!;
      return typeof value === 'string' ? value : JSON.stringify(value);
    }
    const account = /^(.+)_ACCOUNT_ID$/.exec(name)?.[1];
    const key = account && accountKeys.find((candidate) => candidate.toLowerCase() === account.replace(/_/g, '').toLowerCase());
    if (key) return placeholder(name, PlaceholderIds.account(key));
    if (/^[A-Z][A-Z0-9_]*$/.test(name) || name.startsWith('ACCEL_LOOKUP')) missing.add(name);
    return whole;
  });
  return { text: filled, placeholderIds: [...placeholderIds].sort(), missing: [...missing].sort() };
}
