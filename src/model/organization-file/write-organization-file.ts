import { mkdirSync, writeFileSync } from 'fs';
import { dirname, isAbsolute, join, posix } from 'path';
import { Document, isMap, isNode, isSeq, Node, Scalar } from 'yaml';
import { PERIODS } from './read-budget';
import { AccountDefinition, BudgetDefinition, OrganizationDefinition, PolicyReference, TargetDefinition, UnitDefinition, unitsOf } from '../organization-definition';
import { policyType } from '../policy-types';

/** Remarks that are written as comments above what they are about. */
export interface Remarks {
  /** By the account's key. */
  readonly accounts: ReadonlyMap<string, string>;
  /** By `TYPE/name`: `SERVICE_CONTROL_POLICY/deny-root`. */
  readonly policies: ReadonlyMap<string, string>;
  /** On the Regions. */
  readonly regions?: string;
}

const NO_REMARKS: Remarks = { accounts: new Map(), policies: new Map() };

/**
 * The texts of `organization.yaml` and its policy files, by path relative to the folder. The same definition always gives the same bytes.
 * Policy files keep their paths, except those that would leave the folder or hold two documents: they go to `policies/TYPE/NAME.json`.
 */
export function organizationFiles(definition: OrganizationDefinition, remarks: Remarks = NO_REMARKS): Map<string, string> {
  const files = new Map([['organization.yaml', '']]);
  files.set('organization.yaml', new Writing(files, remarks).organization(definition));
  return files;
}

/** Writes `organization.yaml` and its policies into a folder; gives the paths written. */
export function writeOrganizationFile(definition: OrganizationDefinition, dir: string, remarks: Remarks = NO_REMARKS): string[] {
  const files = organizationFiles(definition, remarks);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return [...files.keys()];
}

/** Of maps, not objects: objects would list keys that are numbers first. */
type Body = Map<string, unknown>;

class Writing {
  private readonly document = new Document(undefined, { aliasDuplicateObjects: false });

  public constructor(private readonly files: Map<string, string>, private readonly remarks: Remarks) {}

  public organization({ root, managementAccount, regions, accountStacks, controlTower }: OrganizationDefinition): string {
    // Paths are given out before anything is written, so that each policy has one.
    for (const unit of unitsOf(root)) for (const target of [unit, ...unit.accounts]) for (const policy of target.policies) this.pathOf(policy);
    const body = compact([
      ['managementAccount', compact([['name', managementAccount.name], ['email', managementAccount.email], ['tags', new Map(Object.entries(managementAccount.tags))], ['budget', budgetBody(managementAccount.budget)]])],
      ['regions', regions && compact([['home', regions.home], ['allowed', regions.allowed]])],
      ['controlTower', controlTower],
      ['accountStacks', accountStacks],
      ...this.targetBody(root),
      ...this.tree(root),
    ]);
    this.document.contents = this.document.createNode(new Map([['organization', body]])) as unknown as typeof this.document.contents;
    this.remark(['organization'], 'managementAccount', this.remarks.accounts.get(managementAccount.key));
    this.remark(['organization'], 'regions', this.remarks.regions);
    for (const { accounts, policies, path } of unitsOf(root)) {
      const unit = ['organization', ...path.split('/').slice(1).flatMap((key) => ['units', key])];
      this.remarkPolicies(unit, policies);
      for (const account of accounts) {
        this.remark([...unit, 'accounts'], account.key, this.remarks.accounts.get(account.key));
        this.remarkPolicies([...unit, 'accounts', account.key], account.policies);
      }
    }
    return this.document.toString({ lineWidth: 0 });
  }

  private tree(unit: UnitDefinition): [string, unknown][] {
    return [
      ['accounts', new Map(unit.accounts.map((account) => [account.key, this.account(account)]))],
      ['units', new Map(unit.units.map((child) => [child.key, compact([...named(child), ...this.targetBody(child), ...this.tree(child)])]))],
    ];
  }

  private account(account: AccountDefinition): Body {
    return compact([['email', account.email], ...named(account), ...lifeBody(account), ...this.targetBody(account)]);
  }

  private targetBody({ controlSets, controls, policies, tags, budget }: TargetDefinition): [string, unknown][] {
    const byType = new Map<string, unknown[]>();
    for (const policy of policies) {
      const type = policyType(policy.type)!.name;
      const file = this.pathOf(policy);
      const { name, description } = policy;
      const isPlain = description === undefined && name === posix.basename(file).replace(/\.json$/, '');
      byType.set(type, [...byType.get(type) ?? [], isPlain ? file : compact([['file', file], ['name', name], ['description', description]])]);
    }
    return [['controlSets', controlSets], ['controls', controls], ['policies', byType], ['tags', new Map(Object.entries(tags))], ['budget', budgetBody(budget)]];
  }

  /** Path of a policy's file; the first with a document takes it. */
  private pathOf({ file, name, type, content }: PolicyReference): string {
    const text = `${JSON.stringify(content, undefined, 2)}\n`;
    const own = posix.normalize(file.replace(/\\/g, '/'));
    const base = `policies/${policyType(type)!.name}/${name.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^\.+/, '')}`;
    let path = isAbsolute(own) || own.startsWith('../') || !own.endsWith('.json') ? `${base}.json` : own;
    for (let attempt = 1; this.files.has(path) && this.files.get(path) !== text; attempt++) path = attempt === 1 && path !== `${base}.json` ? `${base}.json` : `${base}-${attempt + 1}.json`;
    this.files.set(path, text);
    return path;
  }

  private remarkPolicies(target: readonly string[], policies: readonly PolicyReference[]): void {
    const seen = new Map<string, number>();
    for (const { type, name } of policies) {
      const index = seen.get(type) ?? 0;
      seen.set(type, index + 1);
      const remark = this.remarks.policies.get(`${type}/${name}`);
      const list = this.document.getIn([...target, 'policies', policyType(type)!.name]);
      const item = isSeq(list) ? list.items[index] : undefined;
      if (remark !== undefined && isNode(item)) (item as Node).commentBefore = ` ${oneLine(remark)}`;
    }
  }

  private remark(parent: readonly string[], key: string, remark: string | undefined): void {
    if (remark === undefined) return;
    const map = this.document.getIn(parent);
    const pair = isMap(map) ? map.items.find(({ key: node }) => node instanceof Scalar && node.value === key) : undefined;
    if (pair) (pair.key as Scalar).commentBefore = ` ${oneLine(remark)}`;
  }
}

function named({ key, name }: TargetDefinition): [string, unknown][] {
  return name === key ? [] : [['name', name]];
}

/** An active account says nothing. */
function lifeBody({ life }: AccountDefinition): [string, unknown][] {
  if (!life) return [];
  const { state, closedOn, moved } = life;
  return [['state', state === 'active' ? undefined : state], ['closedOn', closedOn], ['moved', moved && compact([['from', moved.from], ['reason', moved.reason]])]];
}

/** The shortest form. */
function budgetBody(budget: BudgetDefinition | undefined): unknown {
  if (!budget) return undefined;
  const { amount, currency } = budget;
  if ('none' in amount) return compact([['none', amount.none]]);
  if (amount.period === 'MONTHLY' && currency === undefined) return amount.value;
  return compact([[Object.keys(PERIODS).find((key) => PERIODS[key] === amount.period)!, amount.value], ['currency', currency]]);
}

/** Without what is empty. */
function compact(entries: readonly (readonly [string, unknown])[]): Body {
  const isEmpty = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0) || (value instanceof Map && value.size === 0);
  return new Map(entries.filter(([, value]) => !isEmpty(value)));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
