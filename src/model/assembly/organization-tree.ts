import { ExistingTarget, OrganizationNote } from './landing-zone-metadata';
import { OrganizationResource, OrganizationResources } from './organization-resources';
import { Assembly, StackTemplate } from './read-assembly';
import { Reference, Resolver, Unknown } from './resolve';
import { PlaceholderIds } from '../lock-file';
import { AccountNode, UnitNode } from '../organization-model';

/** A unit while its place is looked for. */
interface Branch {
  readonly kind: 'root' | 'unit';
  readonly key: string;
  readonly name: string;
  readonly resource?: OrganizationResource;
  /** Set where the unit exists without a resource. */
  readonly existing?: ExistingTarget;
  parent?: Branch;
  readonly units: Branch[];
  readonly accounts: OrganizationResource[];
  readonly existingAccounts: ExistingTarget[];
  /** Known when the tree is whole. */
  path: string;
  id: string;
}

/** Where a resource says it belongs: a branch, or why none can be named. */
type Parent = Branch | { readonly why: string; readonly isBroken: boolean; readonly id?: string };

/** Types whose attributes may be the id of something outside the assembly. */
const LOOKS_UP = /^(Custom::|AWS::CloudFormation::)/;

/**
 * The tree of the organization as the parents of its units and accounts say it.
 *
 * What has no known parent hangs below the root under a unit named in brackets; then what binds it is not known, and `unresolved` says so.
 */
export class OrganizationTree {
  public readonly root: UnitNode;
  public readonly managementAccount: AccountNode;
  public readonly organizationId: string;
  private readonly top: Branch;
  private readonly branches = new Map<string, Branch>();
  private readonly byMarkedId = new Map<string, Branch>();
  private readonly accountKeys = new Map<string, string>();
  private readonly accountIds = new Map<string, string>();
  private readonly strays = new Map<string, Branch>();
  private readonly structure: Resolver;
  private readonly rootId: string;

  public constructor(assembly: Assembly, private readonly found: OrganizationResources, private readonly note: OrganizationNote | undefined) {
    this.structure = new Resolver(assembly);
    this.organizationId = note?.id ?? PlaceholderIds.ORGANIZATION;
    this.rootId = note?.rootId ?? this.literalRoot() ?? PlaceholderIds.ROOT;
    this.top = { kind: 'root', key: 'Root', name: 'Root', path: 'Root', id: this.rootId, units: [], accounts: [], existingAccounts: [] };
    this.nameAccounts();
    this.growUnits();
    this.placeAccounts();
    for (const stray of this.strays.values()) this.top.units.push(stray);
    this.name(this.top);
    this.managementAccount = this.management();
    this.root = this.nodeOf(this.top);
  }

  /** The id that an attribute of a unit, an account or the organization will have, from the lock file or as a placeholder. */
  public readonly valueOf = (reference: Reference): string | undefined => {
    const { attribute, resourceKey } = reference;
    if (this.found.of('Organization').some((resource) => resource.resourceKey === resourceKey)) {
      switch (attribute) {
        case 'Ref':
        case 'Id': return this.organizationId;
        case 'RootId': return this.rootId;
        case 'ManagementAccountId': return this.managementAccount.id;
        case 'ManagementAccountEmail': return this.managementAccount.email || undefined;
        default: return undefined;
      }
    }
    if (attribute === 'Ref' || attribute === 'Id') {
      const unit = this.branches.get(resourceKey);
      if (unit) return unit.id;
    }
    return attribute === 'Ref' || attribute === 'AccountId' ? this.accountIds.get(resourceKey) : undefined;
  };

  /** Id of what a policy names as its target; else why it is not known. */
  public target(tree: any): { readonly id: string } | { readonly why: string; readonly isBroken: boolean } {
    if (tree instanceof Reference) {
      const account = ['Ref', 'AccountId'].includes(tree.attribute) ? this.accountIds.get(tree.resourceKey) : undefined;
      if (account !== undefined) return { id: account };
    }
    if (typeof tree === 'string' && /^\d{12}$/.test(tree)) return this.literalAccount(tree);
    const parent = this.parentOf(tree);
    if (!('why' in parent)) return { id: parent.id };
    const { id, why, isBroken } = parent;
    // A unit outside the assembly is known to hold something of it, or to be none of the units here, where each has its real id.
    const isOutside = id !== undefined && (this.strays.has(why) || this.hasRealIds([...this.branches.values()].map((branch) => branch.id), /^ou-0000-/));
    return isOutside ? { id } : { why, isBroken };
  }

  private literalAccount(id: string): { readonly id: string } | { readonly why: string; readonly isBroken: boolean } {
    const ids = [...this.accountIds.values(), this.managementAccount.id, ...this.existing('account').map((account) => account.id)];
    if (ids.includes(id) || this.hasRealIds(ids, /^000/)) return { id };
    return { why: `account ${id}, which may be one whose id is a placeholder here`, isBroken: false };
  }

  private hasRealIds(ids: readonly string[], placeholder: RegExp): boolean {
    return ids.every((id) => !placeholder.test(id));
  }

  private literalRoot(): string | undefined {
    const literals = [
      ...this.found.of('OrganizationalUnit').map(({ properties }) => properties.ParentId),
      ...this.found.of('Account').flatMap(({ properties }) => properties.ParentIds),
    ];
    return literals.find((id) => typeof id === 'string' && ROOT_ID.test(id));
  }

  private growUnits(): void {
    for (const resource of this.found.of('OrganizationalUnit')) {
      const name = this.text(resource.properties.Name, resource.stack) ?? resource.mark.key ?? resource.logicalId;
      const branch: Branch = {
        kind: 'unit', key: (resource.mark.key ?? name).replace(/\//g, '.'), name, resource, path: '', id: resource.mark.id ?? '', units: [], accounts: [], existingAccounts: [],
      };
      this.branches.set(resource.resourceKey, branch);
      if (resource.mark.id !== undefined) this.byMarkedId.set(resource.mark.id, branch);
    }
    const existing = this.existing('unit').map((target): Branch => ({
      kind: 'unit', key: target.key, name: target.name, existing: target, path: '', id: target.id, units: [], accounts: [], existingAccounts: [],
    }));
    for (const branch of existing) this.byMarkedId.set(branch.id, branch);
    for (const branch of this.branches.values()) {
      const { properties, stack, origin } = branch.resource!;
      branch.parent = this.placed(`unit ${branch.key}`, this.structure.partsOf(properties.ParentId, stack), origin);
    }
    this.breakCircles();
    for (const branch of this.branches.values()) branch.parent!.units.push(branch);
    for (const branch of existing) {
      branch.parent = this.atPath(branch.existing!.path.split('/').slice(0, -1).join('/'), existing);
      branch.parent.units.push(branch);
    }
    for (const account of this.existing('account')) this.atPath(account.path, existing).existingAccounts.push(account);
  }

  private existing(kind: ExistingTarget['kind']): readonly ExistingTarget[] {
    return (this.note?.existing ?? []).filter((target) => target.kind === kind);
  }

  /** The branch that our constructs gave a path. */
  private atPath(path: string, existing: readonly Branch[]): Branch {
    return existing.find((branch) => branch.existing!.path === path) ?? [...this.branches.values()].find(({ resource }) => resource!.mark.path === path) ?? this.top;
  }

  /** A circle has no way to the root: its first unit becomes a stray. */
  private breakCircles(): void {
    for (const start of this.branches.values()) {
      const way = [start];
      for (let next = start.parent; next !== undefined; next = next.parent) {
        if (next === start) {
          this.found.problem(start.resource!.origin, `units ${way.map(({ key }) => key).join(', ')} are each below the other`, 'Give one of them the root or another unit as its parent.');
          start.parent = this.stray(`unit ${start.key}`, 'a circle of units', undefined);
          break;
        }
        if (way.includes(next)) break;
        way.push(next);
      }
    }
  }

  private placeAccounts(): void {
    for (const resource of this.found.of('Account')) {
      const parents = this.structure.partsOf(resource.properties.ParentIds, resource.stack) ?? [];
      const what = `account ${this.accountKeys.get(resource.resourceKey)!}`;
      const [parent] = [parents].flat();
      const branch = parent === undefined ? this.top : this.placed(what, parent, resource.origin);
      branch.accounts.push(resource);
    }
  }

  private placed(what: string, parent: any, origin: OrganizationResource['origin']): Branch {
    const found = this.parentOf(parent);
    if (!('why' in found)) return found;
    if (found.isBroken) this.found.problem(origin, `the parent of ${what} is ${found.why}`, 'Expected the root or a unit: a Ref to one, the RootId of the organization, or an id.');
    return this.stray(what, found.why, found.id);
  }

  private stray(what: string, why: string, id: string | undefined): Branch {
    this.found.unresolved.push(`the parent of ${what}: ${why}`);
    const known = this.strays.get(why);
    if (known) return known;
    const key = `(${id ?? `parent of ${what}`})`;
    const stray: Branch = { kind: 'unit', key, name: key, path: '', id: id ?? '', parent: this.top, units: [], accounts: [], existingAccounts: [] };
    this.strays.set(why, stray);
    return stray;
  }

  private parentOf(tree: any): Parent {
    if (tree instanceof Reference) return this.referred(tree);
    if (tree instanceof Unknown) {
      if (tree.cause.parameter !== undefined && /root/i.test(tree.cause.parameter) && this.rootIsUnnamed) return this.top;
      return { why: tree.what, isBroken: tree.cause.isDangling ?? false };
    }
    if (typeof tree !== 'string') return { why: tree === undefined ? 'not given' : JSON.stringify(tree), isBroken: true };
    if (ROOT_ID.test(tree)) {
      const isIt = tree === this.rootId || this.rootId === PlaceholderIds.ROOT;
      return isIt ? this.top : { why: `root ${tree}, while the root of this organization is ${this.rootId}`, isBroken: true };
    }
    if (!UNIT_ID.test(tree)) return { why: `"${tree}", which is no id of a root or a unit`, isBroken: true };
    return this.byMarkedId.get(tree) ?? { why: `unit ${tree}, which is not in the assembly`, isBroken: false, id: tree };
  }

  private referred(reference: Reference): Parent {
    const { attribute, resourceKey, stack, logicalId } = reference;
    const unit = this.branches.get(resourceKey);
    if (unit && (attribute === 'Ref' || attribute === 'Id')) return unit;
    if (attribute === 'RootId' && this.found.of('Organization').some((resource) => resource.resourceKey === resourceKey)) return this.top;
    const type = String(stack.resources[logicalId]?.Type);
    return { why: `${reference.text}, of type ${type}`, isBroken: !LOOKS_UP.test(type) };
  }

  /** Whether nothing but a parameter can say which the root is. */
  private get rootIsUnnamed(): boolean {
    return this.note === undefined && this.rootId === PlaceholderIds.ROOT && this.found.of('Organization').length === 0;
  }

  /** Paths and ids from the root down. */
  private name(branch: Branch): void {
    const keys = new Set<string>();
    for (const unit of branch.units) {
      const own = keys.has(unit.key) ? `${unit.key} (${unit.resource?.logicalId ?? unit.id})` : unit.key;
      keys.add(own);
      unit.path = `${branch.path}/${own}`;
      if (unit.id === '') unit.id = PlaceholderIds.unit(unit.path.slice('Root/'.length));
      this.name(unit);
    }
  }

  /** Names are not unique in AWS, so the second account of a name is known by its logical id. */
  private nameAccounts(): void {
    const taken = new Set<string>();
    for (const { resourceKey, mark, properties, stack, logicalId } of this.found.of('Account')) {
      const name = this.text(properties.AccountName, stack);
      const key = mark.key ?? (name === undefined || taken.has(name) ? logicalId : name);
      taken.add(key);
      this.accountKeys.set(resourceKey, key);
      this.accountIds.set(resourceKey, mark.id ?? PlaceholderIds.account(key));
    }
  }

  private management(): AccountNode {
    const managed = this.found.of('Organization')[0] ?? this.found.of('Account')[0];
    const origin = this.found.of('Organization')[0]?.origin ?? (managed ? { stack: managed.stack.stackName, template: managed.stack.file } : {});
    const shared = { kind: 'account' as const, unitPath: 'Root', isManagement: true, origin };
    if (this.note) return { ...this.note.managementAccount, tags: this.note.managementAccount.tags ?? {}, ...shared };
    const id = managed?.stack.account;
    return { key: 'management', name: 'management', email: '', id: id ?? PlaceholderIds.account('management'), isPlaceholder: id === undefined, tags: {}, ...shared };
  }

  private nodeOf(branch: Branch): UnitNode {
    const own = [...branch.accounts.map((resource) => this.accountOf(resource, branch)), ...branch.existingAccounts.map((account) => existingAccount(account, branch.path))];
    const origin = branch.resource?.origin ?? (branch === this.top ? this.managementAccount.origin : {});
    return {
      kind: branch.kind,
      key: branch.key,
      name: branch.name,
      id: branch.id,
      path: branch.path,
      origin,
      units: branch.units.map((unit) => this.nodeOf(unit)),
      accounts: branch === this.top ? [this.managementAccount, ...own] : own,
      controlSets: branch === this.top ? this.note?.rootControlSets ?? [] : branch.resource?.mark.controlSets ?? branch.existing?.controlSets ?? [],
    };
  }

  private accountOf(resource: OrganizationResource, branch: Branch): AccountNode {
    const { properties, stack, mark, origin } = resource;
    const key = this.accountKeys.get(resource.resourceKey)!;
    const tags = this.structure.partsOf(properties.Tags, stack);
    return {
      kind: 'account',
      key,
      name: this.text(properties.AccountName, stack) ?? key,
      email: this.text(properties.Email, stack) ?? '',
      id: this.accountIds.get(resource.resourceKey)!,
      unitPath: branch.path,
      isManagement: false,
      isPlaceholder: mark.isPlaceholder ?? mark.id === undefined,
      tags: Object.fromEntries((Array.isArray(tags) ? tags : []).filter((tag) => typeof tag?.Key === 'string' && typeof tag.Value === 'string').map(({ Key, Value }) => [Key, Value])),
      ...(mark.life && { life: mark.life }),
      origin,
    };
  }

  private text(json: any, stack: StackTemplate): string | undefined {
    const value = this.structure.partsOf(json, stack);
    return typeof value === 'string' ? value : undefined;
  }
}

function existingAccount({ key, name, id, email, tags, life }: ExistingTarget, unitPath: string): AccountNode {
  return { kind: 'account', key, name, id, email: email ?? '', unitPath, isManagement: false, isPlaceholder: false, tags: tags ?? {}, ...(life && { life }), origin: {} };
}

const ROOT_ID = /^r-[0-9a-z]{4,32}$/;
const UNIT_ID = /^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/;
