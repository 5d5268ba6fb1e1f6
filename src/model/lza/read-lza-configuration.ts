import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { DEFAULTS, fillPolicy, fillYaml, LzaValues } from './replacements';
import { AccountDefinition, OrganizationDefinition, PolicyReference, Problem, UnitDefinition } from '../organization-definition';
import { readPolicyFile } from '../organization-file/policy-file';
import { Remarks } from '../organization-file/write-organization-file';
import { policyType } from '../policy-types';

/** Something that a person must know about an import: what is left to do, what was assumed, what was not carried over. */
export interface Notice {
  readonly kind: 'to do' | 'assumed' | 'not carried over';
  /** By name: a file and section, an account, a policy. */
  readonly subject: string;
  readonly message: string;
}

export interface LzaResult {
  readonly definition?: OrganizationDefinition;
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
  /** Comments for accounts that have something left to do. */
  readonly remarks: Remarks;
}

/** Sections of organization-config.yaml that hold policies, and our names of their types. */
const POLICY_SECTIONS: { readonly [section: string]: string } = {
  serviceControlPolicies: 'service-control',
  resourceControlPolicies: 'resource-control',
  declarativePolicies: 'declarative-ec2',
  taggingPolicies: 'tag',
  backupPolicies: 'backup',
  chatbotPolicies: 'chatbot',
};

/** What we read of each file; every other section is named as not carried over. */
const READ_SECTIONS: { readonly [file: string]: readonly string[] } = {
  'accounts-config.yaml': ['mandatoryAccounts', 'workloadAccounts'],
  'organization-config.yaml': ['enable', 'organizationalUnits', 'quarantineNewAccounts', ...Object.keys(POLICY_SECTIONS)],
  'global-config.yaml': ['homeRegion', 'enabledRegions', 'managementAccountAccessRole', 'controlTower'],
  'replacements-config.yaml': ['globalReplacements'],
};

/** Reads a configuration folder of the Landing Zone Accelerator on AWS. Nothing is lost silently: what is not carried over is a notice, by name. */
export function readLzaConfiguration(dir: string): LzaResult {
  return new LzaReading(dir).read();
}

interface MutableUnit extends UnitDefinition {
  readonly units: MutableUnit[];
  readonly accounts: MutableAccount[];
  readonly policies: PolicyReference[];
}

interface MutableAccount extends AccountDefinition {
  readonly policies: PolicyReference[];
}

class LzaReading {
  private readonly problems: Problem[] = [];
  private readonly notices: Notice[] = [];
  private readonly remarks = { accounts: new Map<string, string>(), policies: new Map<string, string>() };
  private readonly global = new Map<string, string | readonly string[]>();
  private readonly units = new Map<string, MutableUnit>();
  private readonly accounts = new Map<string, MutableAccount>();
  private readonly filledIn = new Set<string>();

  public constructor(private readonly dir: string) {}

  public read(): LzaResult {
    const required = ['accounts-config.yaml', 'organization-config.yaml'].filter((name) => !existsSync(join(this.dir, name)));
    if (required.length > 0) {
      return {
        problems: required.map((name) => ({ place: { file: join(this.dir, name) }, message: 'the file does not exist', hint: 'expected a configuration folder of the Landing Zone Accelerator' })),
        notices: [], remarks: this.remarks,
      };
    }
    for (const { key, value } of list(this.yaml('replacements-config.yaml')?.globalReplacements)) {
      this.global.set(String(key), Array.isArray(value) ? value.map(String) : String(value));
    }
    const global = this.yaml('global-config.yaml') ?? {};
    const accounts = this.yaml('accounts-config.yaml') ?? {};
    const organization = this.yaml('organization-config.yaml') ?? {};
    if (this.problems.length > 0) return { problems: this.problems, notices: this.notices, remarks: this.remarks };

    const values = this.valuesOf(global);
    this.unit('Root');
    for (const { name, ignore } of list(organization.organizationalUnits)) {
      this.unit(`Root/${name}`);
      if (ignore) this.notice('assumed', `unit ${name}`, 'the accelerator ignores it; here it is a unit like any other');
    }
    const management = this.readAccounts(accounts);
    for (const [section, type] of Object.entries(POLICY_SECTIONS)) this.readPolicies(section, type, list(organization[section]), values);
    this.noticeQuarantine(organization.quarantineNewAccounts, organization.serviceControlPolicies);
    this.noticeRest();
    const regions = this.regionsOf(global, values);
    return {
      ...(this.problems.length === 0 ? {
        definition: {
          file: this.dir, managementAccount: management, root: this.units.get('Root')!, ...(regions ? { regions } : {}), ...(global.controlTower?.enable ? { controlTower: true } : {}),
        },
      } : {}),
      problems: this.problems,
      notices: this.notices,
      remarks: this.remarks,
    };
  }

  private yaml(name: string): any {
    const file = join(this.dir, name);
    if (!existsSync(file)) return undefined;
    const missing = new Set<string>();
    const text = fillYaml(readFileSync(file, 'utf8'), this.global, missing);
    for (const variable of missing) this.notice('to do', `${name}: {{ ${variable} }}`, 'replacements-config.yaml gives it no value');
    try {
      // Aliases are not part of the accelerator's files, and may expand without bound.
      return parse(text, { maxAliasCount: 0 });
    } catch (error) {
      this.problems.push({ place: { file }, message: `not YAML: ${(error as Error).message.split('\n')[0]}`, hint: 'expected a file of the Landing Zone Accelerator' });
      return undefined;
    }
  }

  private valuesOf(global: any): LzaValues {
    const prefix = this.global.get('AcceleratorPrefix');
    if (typeof prefix !== 'string') this.notice('assumed', 'AcceleratorPrefix', `${DEFAULTS.acceleratorPrefix}, the accelerator's default`);
    if (global.managementAccountAccessRole === undefined) this.notice('assumed', 'managementAccountAccessRole', `${DEFAULTS.managementAccountAccessRole}, the accelerator's default`);
    return {
      global: this.global,
      acceleratorPrefix: typeof prefix === 'string' ? prefix : DEFAULTS.acceleratorPrefix,
      managementAccountAccessRole: String(global.managementAccountAccessRole ?? DEFAULTS.managementAccountAccessRole),
      homeRegion: String(global.homeRegion ?? DEFAULTS.homeRegion),
    };
  }

  private regionsOf(global: any, values: LzaValues): OrganizationDefinition['regions'] {
    if (global.homeRegion === undefined) return undefined;
    const allowed = list(global.enabledRegions).map(String);
    return { home: values.homeRegion, allowed: allowed.includes(values.homeRegion) ? allowed : [values.homeRegion, ...allowed] };
  }

  private unit(path: string): MutableUnit {
    const known = this.units.get(path);
    if (known) return known;
    const segments = path.split('/');
    const key = segments.at(-1)!;
    const unit: MutableUnit = {
      key, name: key, path, controlSets: [], controls: [], policies: [], tags: {}, units: [], accounts: [], place: { file: join(this.dir, 'organization-config.yaml') },
    };
    this.units.set(path, unit);
    if (segments.length > 1) this.unit(segments.slice(0, -1).join('/')).units.push(unit);
    return unit;
  }

  private readAccounts(config: any): AccountDefinition {
    let management: AccountDefinition | undefined;
    for (const entry of [...list(config.mandatoryAccounts), ...list(config.workloadAccounts)]) {
      const key = String(entry.name);
      const account: MutableAccount = {
        key, name: key, email: this.email(key, String(entry.email ?? '')), controlSets: [], controls: [], policies: [], tags: {}, place: { file: join(this.dir, 'accounts-config.yaml') },
      };
      if (key === 'Management') {
        management = { ...account, key: 'management' };
        const remark = this.remarks.accounts.get(key);
        if (remark !== undefined) this.remarks.accounts.set('management', remark);
        continue;
      }
      const unit = this.units.get(unitPath(String(entry.organizationalUnit ?? 'Root')));
      if (!unit) {
        this.problems.push({ place: account.place, message: `account ${key} is in unit "${entry.organizationalUnit}", which organization-config.yaml does not have`, hint: 'add the unit there' });
        continue;
      }
      this.accounts.set(key, account);
      unit.accounts.push(account);
    }
    if (!management) this.problems.push({ place: { file: join(this.dir, 'accounts-config.yaml') }, message: 'no mandatory account named Management', hint: 'the accelerator requires it' });
    return management!;
  }

  /** An address that a user was to fill in and did not becomes a valid one that nobody takes for real. */
  private email(key: string, written: string): string {
    if (/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(written)) return written;
    this.notice('to do', `account ${key}`, `its e-mail is still "${written}": fill it in`);
    this.remarks.accounts.set(key, `TODO e-mail of ${key}: the configuration says "${written}"`);
    return `todo+${key.toLowerCase().replace(/[^a-z0-9]+/g, '-')}@example.com`;
  }

  private readPolicies(section: string, typeName: string, entries: readonly any[], values: LzaValues): void {
    for (const entry of entries) {
      const policy = this.policy(section, typeName, entry, values);
      if (!policy) continue;
      const targets = entry.deploymentTargets ?? {};
      for (const name of list(targets.organizationalUnits)) this.attach(policy, section, `unit ${name}`, this.units.get(unitPath(String(name))));
      for (const name of list(targets.accounts)) this.attach(policy, section, `account ${name}`, this.accounts.get(String(name)));
      for (const name of list(targets.excludedAccounts)) this.notice('not carried over', `${section}: ${policy.name}`, `it excludes account ${name}; AWS attaches a unit's policies to all accounts of the unit`);
      if (list(targets.organizationalUnits).length + list(targets.accounts).length === 0) this.notice('not carried over', `${section}: ${policy.name}`, 'it is attached to nothing');
    }
  }

  private policy(section: string, typeName: string, entry: any, values: LzaValues): PolicyReference | undefined {
    const name = String(entry.name);
    const path = join(this.dir, String(entry.policy));
    if (!existsSync(path)) {
      this.problems.push({ place: { file: join(this.dir, 'organization-config.yaml') }, message: `policy file ${entry.policy} of ${name} does not exist`, hint: 'expected it in the configuration folder' });
      return undefined;
    }
    const { text, placeholderIds, missing } = fillPolicy(readFileSync(path, 'utf8'), values, [...this.accounts.keys()]);
    for (const variable of missing) this.notice('to do', `${section}: ${name}`, `\${${variable}} has no value here; it is left as it is`);
    for (const variable of placeholderIds) {
      if (this.filledIn.has(`${name} ${variable}`)) continue;
      this.filledIn.add(`${name} ${variable}`);
      this.notice('to do', `${section}: ${name}`, `\${${variable}} became a placeholder id: replace it by the real one after "npx landing-zone pull"`);
    }
    const { content, problems } = readPolicyFile(text, path, typeName);
    this.problems.push(...problems);
    if (content === undefined) return undefined;
    const file = `policies/${typeName}/${name.replace(/[^A-Za-z0-9_.-]+/g, '-')}.json`;
    return {
      name, type: policyType(typeName)!.type, file, content, place: { file: path },
      ...(typeof entry.description === 'string' ? { description: entry.description.trim().slice(0, 512) } : {}),
    };
  }

  private attach(policy: PolicyReference, section: string, what: string, target: MutableUnit | MutableAccount | undefined): void {
    if (target) target.policies.push(policy);
    else if (what === 'account Management') this.notice('not carried over', `${section}: ${policy.name}`, 'AWS exempts the management account from organization policies');
    else this.problems.push({ place: { file: join(this.dir, 'organization-config.yaml') }, message: `policy ${policy.name} is for ${what}, which the configuration does not have`, hint: 'correct its deploymentTargets' });
  }

  private noticeQuarantine(quarantine: any, policies: any): void {
    if (!quarantine?.enable) return;
    const name = String(quarantine.scpPolicyName);
    const exists = list(policies).some((policy) => String(policy.name) === name);
    this.notice('not carried over', 'organization-config.yaml: quarantineNewAccounts',
      `${name}${exists ? '' : ', which does not exist,'} was attached to each new account by the accelerator; here a unit with the control set "quarantine" receives new accounts`);
  }

  private noticeRest(): void {
    for (const name of readdirSync(this.dir, { recursive: true, encoding: 'utf8' }).filter((item) => item.endsWith('.yaml')).sort()) {
      const known = READ_SECTIONS[name] ?? [];
      let sections: string[];
      try {
        sections = Object.keys(parse(fillYaml(readFileSync(join(this.dir, name), 'utf8'), this.global, new Set()), { maxAliasCount: 0 }) ?? {});
      } catch {
        sections = ['the whole file, which is not YAML'];
      }
      for (const section of sections.filter((item) => !known.includes(item))) this.notice('not carried over', `${name}: ${section}`, 'there is nothing like it here yet');
      if (name === 'global-config.yaml' && sections.includes('controlTower')) this.notice('not carried over', `${name}: controlTower`, 'only that it is enabled: its policy slots are reserved');
    }
  }

  private notice(kind: Notice['kind'], subject: string, message: string): void {
    this.notices.push({ kind, subject, message });
  }
}

function unitPath(name: string): string {
  return name === 'Root' ? 'Root' : `Root/${name}`;
}

function list(value: any): any[] {
  return Array.isArray(value) ? value : [];
}
