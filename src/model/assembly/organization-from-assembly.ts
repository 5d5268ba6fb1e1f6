import { Assembly, StackTemplate } from './read-assembly';
import { ReferenceValue, Resolver, ResourceReference } from './resolve';
import { PlaceholderIds } from '../lock-file';
import { Problem } from '../organization-definition';
import { AccountNode, OrganizationData, OrganizationModel, OrganizationPolicy, Origin, UnitNode } from '../organization-model';

/** Key of our metadata on templates and resources. */
export const METADATA_KEY = 'cdk-landing-zone';

/** AWS allows five levels of units below the root (Organizations quotas, read 2026-11-22). */
const MAX_DEPTH = 5;

/** A resource of the assembly that concerns the organization. */
interface Found {
  readonly stack: StackTemplate;
  readonly logicalId: string;
  readonly resource: any;
  /** Our metadata; empty for other people's resources. */
  readonly mark: any;
  readonly origin: Origin;
}

interface Unit extends Found {
  readonly key: string;
  readonly id: string;
  path?: string;
  parent?: string;
}

/**
 * The organization as the templates say it. Without our metadata the tree is read too: keys from names, placeholder ids, and no controls to prove.
 * No model when the assembly has no organization's resource at all.
 */
export function organizationFromAssembly(assembly: Assembly): { model?: OrganizationModel; problems: Problem[] } {
  const found = resourcesOf(assembly);
  const note = assembly.templates.map(({ template }) => template.Metadata?.[METADATA_KEY]?.organization).find((item) => item !== undefined);
  if (!note && [...found.values()].every((list) => list.length === 0)) {
    return { problems: [{ place: { file: assembly.source }, message: 'no AWS::Organizations resource', hint: 'synthesize an app with a LandingZone or an Organization' }] };
  }
  return new Reading(assembly, found, note ?? {}).read();
}

const TYPES = ['Organization', 'OrganizationalUnit', 'Account', 'Policy'] as const;
type Kind = typeof TYPES[number];

function resourcesOf(assembly: Assembly): Map<Kind, Found[]> {
  const found = new Map<Kind, Found[]>(TYPES.map((kind) => [kind, []]));
  for (const stack of assembly.templates) {
    for (const [logicalId, resource] of Object.entries<any>(stack.template.Resources ?? {})) {
      const kind = TYPES.find((name) => resource.Type === `AWS::Organizations::${name}`);
      if (!kind) continue;
      const constructPath = resource.Metadata?.['aws:cdk:path'];
      found.get(kind)!.push({
        stack, logicalId, resource, mark: resource.Metadata?.[METADATA_KEY] ?? {},
        origin: { stack: stack.stackName, logicalId, template: stack.file, ...(constructPath !== undefined ? { constructPath } : {}) },
      });
    }
  }
  return found;
}

class Reading {
  private readonly problems: Problem[] = [];
  private readonly unresolved: string[] = [];
  private readonly units = new Map<string, Unit>();
  private readonly organizationId: string;
  private readonly rootId: string;
  private readonly accountIds = new Map<Found, string>();
  private readonly resolver: Resolver;
  private readonly idByResource = new Map<any, string>();

  public constructor(private readonly assembly: Assembly, private readonly found: Map<Kind, Found[]>, private readonly note: any) {
    this.organizationId = note.id ?? PlaceholderIds.ORGANIZATION;
    this.rootId = note.rootId ?? PlaceholderIds.ROOT;
    for (const unit of found.get('OrganizationalUnit')!) {
      const key = String(unit.mark.key ?? unit.resource.Properties?.Name ?? unit.logicalId);
      const id = String(unit.mark.id ?? PlaceholderIds.unit(`${unit.stack.stackName}/${unit.logicalId}`));
      this.units.set(id, { ...unit, key, id });
      this.idByResource.set(unit.resource, id);
    }
    for (const account of found.get('Account')!) {
      const id = String(account.mark.id ?? PlaceholderIds.account(`${account.stack.stackName}/${account.logicalId}`));
      this.accountIds.set(account, id);
      this.idByResource.set(account.resource, id);
    }
    this.resolver = new Resolver(assembly, this.valueOf);
  }

  public read(): { model: OrganizationModel; problems: Problem[] } {
    if (this.found.get('Organization')!.length > 1) this.problem(this.found.get('Organization')![1]!, 'a second organization', 'an assembly holds one; keep one AWS::Organizations::Organization');
    this.placeUnits();
    const accounts = this.readAccounts();
    const root = this.rootNode(accounts);
    this.checkTree(root);
    const data: OrganizationData = {
      source: this.assembly.source,
      organizationId: this.organizationId,
      root,
      managementAccount: root.accounts[0]!,
      policies: this.found.get('Policy')!.map((policy) => this.readPolicy(policy)),
      platform: this.note.platform ?? [],
      controls: this.note.controls ?? [],
      quotas: this.note.quotas ?? {},
      controlTower: this.note.controlTower ?? false,
      ...(this.note.homeRegion !== undefined ? { homeRegion: this.note.homeRegion } : {}),
      allowedRegions: this.note.allowedRegions ?? [],
      unresolved: this.unresolved,
    };
    return { model: new OrganizationModel(data), problems: this.problems };
  }

  /** Ids of the organization's own resources are known: from the lock file, or as placeholders. */
  private readonly valueOf: ReferenceValue = ({ stack, logicalId, attribute }: ResourceReference) => {
    const resource = stack.template.Resources[logicalId];
    switch (resource.Type) {
      case 'AWS::Organizations::Organization':
        switch (attribute) {
          case undefined: case 'Id': return this.organizationId;
          case 'RootId': return this.rootId;
          case 'ManagementAccountId': return this.note.managementAccount?.id;
          default: return undefined;
        }
      case 'AWS::Organizations::OrganizationalUnit': return attribute === undefined || attribute === 'Id' ? this.idByResource.get(resource) : undefined;
      case 'AWS::Organizations::Account': return attribute === undefined || attribute === 'AccountId' ? this.idByResource.get(resource) : undefined;
      default: return undefined;
    }
  };

  private placeUnits(): void {
    for (const unit of this.units.values()) {
      const parent = this.resolver.resolve(unit.resource.Properties?.ParentId ?? null, unit.stack);
      if (parent.kind === 'value' && (parent.value === this.rootId || /^r-/.test(String(parent.value)))) unit.parent = 'root';
      else if (parent.kind === 'value' && this.units.has(String(parent.value))) unit.parent = String(parent.value);
      else this.lost(unit, `parent of unit ${unit.key}`, parent.kind === 'unknown' ? parent.what : String((parent as any).value ?? 'a resource'));
    }
    for (const unit of this.units.values()) unit.path = this.pathOf(unit, new Set());
    for (const unit of this.units.values()) {
      if (unit.path === undefined && unit.parent !== undefined) this.lost(unit, `parent of unit ${unit.key}`, 'a circle of units');
    }
  }

  private pathOf(unit: Unit, seen: Set<string>): string | undefined {
    if (unit.parent === undefined || seen.has(unit.id)) return undefined;
    if (unit.parent === 'root') return `Root/${unit.key}`;
    const parent = this.pathOf(this.units.get(unit.parent)!, new Set([...seen, unit.id]));
    return parent === undefined ? undefined : `${parent}/${unit.key}`;
  }

  private readAccounts(): AccountNode[] {
    return this.found.get('Account')!.flatMap((account) => {
      const properties = account.resource.Properties ?? {};
      const key = String(account.mark.key ?? properties.AccountName ?? account.logicalId);
      const parents = this.resolver.resolve(properties.ParentIds ?? [], account.stack);
      const parent = parents.kind === 'value' ? String(parents.value[0] ?? this.rootId) : undefined;
      const unitPath = parent === undefined ? undefined : parent === this.rootId || /^r-/.test(parent) ? 'Root' : this.units.get(parent)?.path;
      if (unitPath === undefined) {
        this.lost(account, `unit of account ${key}`, parents.kind === 'unknown' ? parents.what : parent ?? 'a resource');
        return [];
      }
      const tags = this.resolver.resolve(properties.Tags ?? [], account.stack);
      const node: AccountNode = {
        kind: 'account', key, name: String(properties.AccountName ?? key), email: String(properties.Email ?? ''), id: this.accountIds.get(account)!,
        unitPath, isManagement: false, isPlaceholder: account.mark.isPlaceholder ?? account.mark.id === undefined,
        tags: tags.kind === 'value' ? Object.fromEntries(tags.value.map(({ Key, Value }: any) => [Key, Value])) : {},
        origin: account.origin,
      };
      return [node];
    });
  }

  private rootNode(accounts: readonly AccountNode[]): UnitNode {
    const known = this.note.managementAccount;
    const management: AccountNode = {
      kind: 'account', key: known?.key ?? 'management', name: known?.name ?? 'management', id: known?.id ?? PlaceholderIds.account('management'), email: known?.email ?? '',
      unitPath: 'Root', isManagement: true, isPlaceholder: known?.isPlaceholder ?? true, tags: known?.tags ?? {}, origin: {},
    };
    const childrenOf = (parent: string): UnitNode[] => [...this.units.values()].filter((unit) => unit.parent === parent && unit.path !== undefined).map((unit) => ({
      kind: 'unit', key: unit.key, name: String(unit.resource.Properties?.Name ?? unit.key), id: unit.id, path: unit.path!, units: childrenOf(unit.id),
      accounts: byUnit.get(unit.path!) ?? [], controlSets: unit.mark.controlSets ?? [], origin: unit.origin,
    }));
    const byUnit = new Map<string, AccountNode[]>();
    for (const account of accounts) byUnit.set(account.unitPath, [...byUnit.get(account.unitPath) ?? [], account]);
    return {
      kind: 'root', key: 'Root', name: 'Root', id: this.rootId, path: 'Root', units: childrenOf('root'), accounts: [management, ...byUnit.get('Root') ?? []],
      controlSets: this.note.rootControlSets ?? [], origin: {},
    };
  }

  private readPolicy(policy: Found): OrganizationPolicy {
    const properties = policy.resource.Properties ?? {};
    const name = this.resolver.resolve(properties.Name ?? policy.logicalId, policy.stack);
    const label = name.kind === 'value' ? String(name.value) : policy.logicalId;
    const { content, unresolved } = this.contentOf(properties.Content, policy);
    const targets = this.resolver.resolve(properties.TargetIds ?? [], policy.stack);
    if (targets.kind !== 'value') this.lost(policy, `targets of policy ${label}`, targets.kind === 'unknown' ? targets.what : 'a resource');
    const targetIds: string[] = targets.kind === 'value' ? targets.value.map((id: any) => (/^r-/.test(String(id)) ? this.rootId : String(id))) : [];
    return {
      name: label,
      type: String(properties.Type),
      ...(content !== undefined ? { content } : {}),
      bytes: content !== undefined ? Buffer.byteLength(JSON.stringify(content)) : 0,
      targetIds,
      controls: policy.mark.controls ?? [],
      unresolved,
      origin: { ...policy.origin, ...(policy.mark.origin !== undefined ? { place: policy.mark.origin } : {}) },
    };
  }

  private contentOf(json: any, policy: Found): { content?: any; unresolved: string[] } {
    const { value, unresolved } = this.resolver.document(json, policy.stack);
    if (typeof value !== 'string') return { content: value, unresolved };
    try {
      return { content: JSON.parse(value), unresolved };
    } catch (error) {
      this.problem(policy, `content of policy ${policy.logicalId} is not JSON: ${(error as Error).message}`, 'give it as an object');
      return { unresolved: [`content of ${policy.logicalId}`] };
    }
  }

  private checkTree(root: UnitNode): void {
    const emails = new Map<string, string>();
    const visit = (unit: UnitNode, depth: number) => {
      if (depth > MAX_DEPTH) this.problemAt(unit.origin, `unit ${unit.path} is at level ${depth}: AWS allows ${MAX_DEPTH} levels of units below the root`, 'move it up');
      const names = new Set<string>();
      for (const child of unit.units) {
        if (names.has(child.name)) this.problemAt(child.origin, `two units named ${child.name} under ${unit.path}`, 'AWS wants one name among siblings: rename one');
        names.add(child.name);
        visit(child, depth + 1);
      }
      for (const account of unit.accounts) {
        const email = account.email.toLowerCase();
        if (email !== '' && emails.has(email)) this.problemAt(account.origin, `e-mail ${account.email} of account ${account.key} is used by ${emails.get(email)} already`, 'AWS wants one address an account');
        emails.set(email, account.key);
      }
    };
    visit(root, 0);
  }

  /** Something has no place in the tree: the tree is broken, and what it would change is unknown. */
  private lost(found: Found, what: string, why: string): void {
    this.unresolved.push(`${what}: ${why}`);
    this.problem(found, `${what} is not known: ${why}`, 'expected a unit, the root or an account of this assembly, or its literal id');
  }

  private problem(found: Found, message: string, hint: string): void {
    this.problemAt(found.origin, message, hint);
  }

  private problemAt(origin: Origin, message: string, hint: string): void {
    this.problems.push({ place: { file: origin.constructPath ?? `${origin.stack ?? this.assembly.source}/${origin.logicalId ?? ''}` }, message, hint });
  }
}
