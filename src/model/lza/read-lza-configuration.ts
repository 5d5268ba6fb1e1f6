import { join } from 'path';
import { isUnfilled, list, LzaFile, LzaFiles, Notice, POLICY_SECTIONS } from './lza-files';
import { noticeRest } from './not-carried-over';
import { DEFAULTS, fillPolicy, LzaAccount, lzaKey, LzaValues } from './replacements';
import { PlaceholderIds } from '../lock-file';
import { AccountDefinition, OrganizationDefinition, Place, PolicyReference, Problem, UnitDefinition } from '../organization-definition';
import { readPolicyFile } from '../organization-file/policy-file';
import { inOrder, parseOrganizationFile } from '../organization-file/read-organization-file';
import { semanticProblems } from '../organization-file/semantic-problems';
import { organizationFiles, Remarks } from '../organization-file/write-organization-file';
import { policyType } from '../policy-types';

export type { Notice } from './lza-files';

/** What an import gives: a definition, or everything that is wrong with the configuration; and what a person must know in both cases. */
export interface LzaResult {
  readonly definition?: OrganizationDefinition;
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
  /** Comments for what has something left to do. */
  readonly remarks: Remarks;
}

const ACCOUNTS = 'accounts-config.yaml';
const ORGANIZATION = 'organization-config.yaml';
const GLOBAL = 'global-config.yaml';

/** Longest description of a policy in AWS. */
const MAX_DESCRIPTION = 512;

/**
 * Reads a configuration folder of the Landing Zone Accelerator on AWS: units, accounts, policies of the organization and Regions.
 * Nothing is lost silently: what is not carried over is a notice, by name.
 */
export function readLzaConfiguration(dir: string): LzaResult {
  return new LzaReading(new LzaFiles(dir)).read();
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
  private readonly remarks = { accounts: new Map<string, string>(), policies: new Map<string, string>(), regions: undefined as string | undefined };
  private readonly units = new Map<string, MutableUnit>();
  private readonly accounts = new Map<string, MutableAccount>();
  private readonly emails = new Set<string>();

  public constructor(private readonly files: LzaFiles) {}

  public read(): LzaResult {
    const missing = [ACCOUNTS, ORGANIZATION].filter((name) => !this.files.has(name));
    if (missing.length > 0) {
      this.files.problems.push(...missing.map((name) => ({ place: this.file(name), message: 'the file does not exist', hint: 'expected a configuration folder of the Landing Zone Accelerator' })));
      return this.result();
    }
    const [accounts, organization, global] = [this.files.yaml(ACCOUNTS), this.files.yaml(ORGANIZATION), this.files.yaml(GLOBAL)];
    if (!accounts || !organization || this.files.problems.length > 0) return this.result();

    const values = this.valuesOf(global?.data ?? {});
    this.readUnits(organization);
    const management = this.readAccounts(accounts);
    for (const [section, type] of Object.entries(POLICY_SECTIONS)) this.readPolicies(section, type, organization, values);
    this.noticeSwitches(organization.data);
    noticeRest(this.files, organization.data, this.remarks);
    const regions = this.regionsOf(global?.data ?? {}, values);
    if (!management || this.files.problems.length > 0) return this.result();
    const definition: OrganizationDefinition = {
      file: this.files.dir, managementAccount: management, root: this.units.get('Root')!,
      ...(regions ? { regions } : {}), ...(global?.data.controlTower?.enable ? { controlTower: true } : {}),
    };
    this.files.problems.push(...semanticProblems(definition));
    if (this.files.problems.length === 0) this.files.problems.push(...this.unwritable(definition));
    return this.result(definition);
  }

  private result(definition?: OrganizationDefinition): LzaResult {
    const { problems, notices } = this.files;
    const { regions, ...remarks } = this.remarks;
    return { ...(definition && problems.length === 0 ? { definition } : {}), problems: inOrder(problems), notices, remarks: { ...remarks, ...(regions !== undefined ? { regions } : {}) } };
  }

  /** What the written file would be refused for: names and addresses that AWS would refuse, keys that we cannot use. */
  private unwritable(definition: OrganizationDefinition): Problem[] {
    const files = organizationFiles(definition);
    const { problems } = parseOrganizationFile(files.get('organization.yaml')!, 'organization.yaml', { controlIds: [], controlSets: [] }, (path) => ({ file: path, text: files.get(path)! }));
    return problems.map(({ message, hint }) => ({ place: this.file(ACCOUNTS), message, ...(hint !== undefined ? { hint } : {}) }));
  }

  private valuesOf(global: any): LzaValues {
    const given = (name: string, value: unknown, fallback: string): string => {
      if (typeof value === 'string') return value;
      this.notice('assumed', name, `${fallback}, the accelerator's default`);
      return fallback;
    };
    return {
      global: this.files.global,
      acceleratorPrefix: given('AcceleratorPrefix', this.files.global.get('AcceleratorPrefix'), DEFAULTS.acceleratorPrefix),
      managementAccountAccessRole: given('managementAccountAccessRole', global.managementAccountAccessRole, DEFAULTS.managementAccountAccessRole),
      homeRegion: given('homeRegion', global.homeRegion, DEFAULTS.homeRegion),
    };
  }

  private regionsOf(global: any, { homeRegion: home }: LzaValues): OrganizationDefinition['regions'] {
    const allowed = list(global.enabledRegions).map(String);
    return { home, allowed: allowed.includes(home) ? allowed : [home, ...allowed] };
  }

  /** The entries of a section, each with its place. */
  private entries({ data, source }: LzaFile, section: string): { entry: any; place: Place }[] {
    return list(data[section]).flatMap((entry, index) => {
      const place = source.valueAt([section, index]);
      if (entry !== null && typeof entry === 'object' && !Array.isArray(entry)) return [{ entry, place }];
      this.files.problems.push({ place, message: `item ${index + 1} of ${section} is not a map`, hint: 'expected an entry of the Landing Zone Accelerator' });
      return [];
    });
  }

  private readUnits(file: LzaFile): void {
    this.unit('Root', this.file(ORGANIZATION));
    this.entries(file, 'organizationalUnits').forEach(({ entry: { name, ignore, ...rest }, place }) => {
      this.unit(unitPath(String(name)), place);
      if (ignore) this.notice('assumed', `unit ${name}`, 'the accelerator ignores it; here it is a unit like any other');
      this.noticeKeys(`unit ${name}`, rest);
    });
  }

  private unit(path: string, place: Place): MutableUnit {
    const known = this.units.get(path);
    if (known) return known;
    const segments = path.split('/');
    const key = segments.at(-1)!;
    const unit: MutableUnit = { key, name: key, path, controlSets: [], controls: [], policies: [], tags: {}, units: [], accounts: [], place };
    this.units.set(path, unit);
    if (segments.length > 1) this.unit(segments.slice(0, -1).join('/'), place).units.push(unit);
    return unit;
  }

  private readAccounts(file: LzaFile): AccountDefinition | undefined {
    let management: AccountDefinition | undefined;
    const left = new Map<string, string[]>();
    for (const section of ['mandatoryAccounts', 'workloadAccounts']) {
      this.entries(file, section).forEach(({ entry: { name: written, email, organizationalUnit, ...rest }, place }) => {
        const name = String(written);
        const key = lzaKey(name);
        for (const what of Object.keys(rest)) left.set(what, [...left.get(what) ?? [], name]);
        const account: MutableAccount = { key, name, email: this.email(name, key, String(email ?? '')), controlSets: [], controls: [], policies: [], tags: {}, place };
        if (name === 'Management') {
          if (management) this.files.problems.push({ place, message: 'the management account is declared twice', hint: `first at line ${management.place.line}; keep one` });
          management ??= account;
          return;
        }
        const unit = this.units.get(unitPath(String(organizationalUnit ?? 'Root')));
        if (!unit) this.files.problems.push({ place, message: `account ${name} is in unit "${organizationalUnit}", which ${ORGANIZATION} does not have`, hint: 'add the unit there' });
        this.accounts.set(name, account);
        unit?.accounts.push(account);
      });
    }
    if (!management) this.files.problems.push({ place: this.file(ACCOUNTS), message: 'no mandatory account named Management', hint: 'the accelerator requires it' });
    for (const [what, names] of left) this.notice('not carried over', `${ACCOUNTS}: ${what}`, `of ${names.join(', ')}: an account has nothing like it here`);
    this.notice('assumed', `${ACCOUNTS}: name`, 'each account is called in AWS as it is here; correct "name" where it is not, or a deployment renames it');
    return management;
  }

  /** An address that a user was to fill in and did not becomes a valid one that nobody takes for real. */
  private email(name: string, key: string, written: string): string {
    if (/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(written)) return written;
    this.notice('to do', `account ${name}`, isUnfilled(written) ? `its e-mail is still "${written}": fill it in` : `"${written}" is not an e-mail: fill it in`);
    this.remarks.accounts.set(key, `TODO e-mail of ${name}: the configuration says "${written}"`);
    const base = `todo+${key.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 40)}`;
    let email = `${base}@example.com`;
    for (let next = 2; this.emails.has(email); next++) email = `${base}-${next}@example.com`;
    this.emails.add(email);
    return email;
  }

  private readPolicies(section: string, typeName: string, file: LzaFile, values: LzaValues): void {
    this.entries(file, section).forEach(({ entry, place }) => {
      const subject = `${section}: ${entry.name}`;
      const { name: _name, description: _description, policy: _policy, type, strategy, deploymentTargets: targets, ...rest } = entry;
      this.noticeKeys(subject, rest);
      if (type === 'awsManaged') return this.notice('not carried over', subject, 'AWS manages it; only AWS\'s policies that every target has are assumed here');
      if (strategy === 'allow-list') this.notice('to do', subject, 'it allows by a list, so the accelerator detaches AWS\'s full access from its targets; here that stays attached, and more is allowed until you detach it');
      const policy = this.policy(subject, typeName, entry, place, values);
      if (!policy) return;
      const { organizationalUnits, accounts, excludedAccounts, excludedRegions: _regions, ...others } = targets ?? {};
      this.noticeKeys(subject, others);
      for (const name of list(organizationalUnits)) this.attach(policy, subject, `unit ${name}`, place, this.units.get(unitPath(String(name))));
      for (const name of list(accounts)) this.attach(policy, subject, `account ${name}`, place, this.accounts.get(String(name)));
      for (const name of list(excludedAccounts)) this.notice('not carried over', subject, `it excludes account ${name}; AWS attaches a unit's policies to all accounts of the unit`);
      if (list(organizationalUnits).length + list(accounts).length === 0) this.notice('not carried over', subject, `it is attached to nothing; its document stays in ${entry.policy}`);
    });
  }

  private policy(subject: string, typeName: string, entry: any, place: Place, values: LzaValues): PolicyReference | undefined {
    const name = String(entry.name);
    const source = String(entry.policy);
    if (!this.files.has(source)) {
      this.files.problems.push({ place, message: `there is no policy file ${source} for ${name}`, hint: 'expected it in the configuration folder' });
      return undefined;
    }
    const { text, placeholderIds, missing } = fillPolicy(this.files.text(source), values, this.lzaAccounts());
    const type = policyType(typeName)!.type;
    const todo = (words: string) => {
      this.notice('to do', subject, words);
      const before = this.remarks.policies.get(`${type}/${name}`);
      this.remarks.policies.set(`${type}/${name}`, before === undefined ? `TODO ${words}` : `${before}; ${words}`);
    };
    for (const variable of missing) todo(`\${${variable}} has no value (${this.files.whereIs(variable.replace('ACCEL_LOOKUP::CUSTOM:', ''))}); it is left as it is`);
    if (placeholderIds.length > 0) {
      todo(`${placeholderIds.map((variable) => `\${${variable}}`).join(', ')} became ${placeholderIds.length === 1 ? 'a placeholder id' : 'placeholder ids'}: replace by the real after "npx landing-zone pull"`);
    }
    const { content, problems } = readPolicyFile(text, join(this.files.dir, source), typeName);
    this.files.problems.push(...problems);
    if (content === undefined) return undefined;
    const description = typeof entry.description === 'string' ? entry.description.trim() : '';
    if (description.length > MAX_DESCRIPTION) this.notice('not carried over', subject, `its description beyond ${MAX_DESCRIPTION} characters, which AWS would refuse`);
    return {
      name, type, file: `policies/${typeName}/${name.replace(/[^A-Za-z0-9_.-]+/g, '-')}.json`, content, place,
      ...(description !== '' ? { description: description.slice(0, MAX_DESCRIPTION) } : {}),
    };
  }

  private lzaAccounts(): LzaAccount[] {
    const members = [...this.accounts].map(([name, { key }]): LzaAccount => ({ name, id: PlaceholderIds.account(key), unit: this.unitOf(name) }));
    return [{ name: 'Management', id: PlaceholderIds.account('management'), unit: 'Root' }, ...members];
  }

  private unitOf(name: string): string {
    const unit = [...this.units.values()].find(({ accounts }) => accounts.some((account) => account.name === name));
    return unit ? unit.path.replace(/^Root\//, '') : '';
  }

  private attach(policy: PolicyReference, subject: string, what: string, place: Place, target: MutableUnit | MutableAccount | undefined): void {
    if (target) {
      if (!target.policies.includes(policy)) target.policies.push(policy);
    } else if (what === 'account Management') {
      this.notice('not carried over', subject, 'AWS exempts the management account from organization policies');
    } else {
      this.files.problems.push({ place, message: `policy ${policy.name} is for ${what}, which the configuration does not have`, hint: 'correct its deploymentTargets' });
    }
  }

  private noticeSwitches({ enable, quarantineNewAccounts: quarantine, serviceControlPolicies: policies }: any): void {
    if (enable === false) this.notice('assumed', `${ORGANIZATION}: enable`, 'the accelerator does not manage the organization; here its units, accounts and policies are managed');
    if (!quarantine?.enable) return;
    const name = String(quarantine.scpPolicyName);
    const exists = list(policies).some((policy) => String(policy.name) === name);
    this.notice('not carried over', `${ORGANIZATION}: quarantineNewAccounts`,
      `${name}${exists ? '' : ', which does not exist,'} was attached to each new account by the accelerator; here a unit with the control set "quarantine" receives new accounts`);
  }

  private noticeKeys(subject: string, left: object): void {
    for (const key of Object.keys(left)) this.notice('not carried over', subject, `"${key}": there is nothing like it here`);
  }

  private notice(kind: Notice['kind'], subject: string, message: string): void {
    this.files.notices.push({ kind, subject, message });
  }

  private file(name: string): Place {
    return { file: join(this.files.dir, name) };
  }
}

function unitPath(name: string): string {
  return name === 'Root' ? 'Root' : `Root/${name}`;
}
