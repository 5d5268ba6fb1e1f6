import { CfnResource, Environment, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnOrganization } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { Account, AccountOptions } from './account';
import { AccountStacks } from './account-stacks';
import { LockFile } from './lock-file';
import { METADATA_KEY } from './metadata';
import { OrganizationIds } from './organization-ids';
import { OrganizationPolicy } from './organization-policy';
import { OrganizationalUnit } from './organizational-unit';
import { OrganizationPolicyDocument } from './policy-document-source';
import { IPolicyTarget } from './policy-target';
import { OrganizationSettings } from './settings/organization-settings';
import { PlannedPolicy } from '../controls/guardrail-plan';
import { InputError } from '../model/input-error';
import { ControlFacts, PlatformPrincipalFacts, QuotaOverrides } from '../model/organization-model';

const IAM = 'iam.amazonaws.com';

/** The account that owns the organization; it exists before the organization does. */
export interface ManagementAccountOptions {
  /** Stable key. @default 'management' */
  readonly key?: string;
  /** Name in AWS. @default - the key */
  readonly accountName?: string;
  /** Root user's e-mail. */
  readonly email: string;
}

/** Identity of an organization that exists and that CloudFormation does not manage. */
export interface ExistingOrganization {
  /** `o-` and 10 to 32 letters and digits. */
  readonly organizationId: string;
  /** `r-` and 4 to 32 letters and digits. */
  readonly rootId: string;
  /** Twelve digits. */
  readonly managementAccountId: string;
}

/** An agreed limit that differs from the dated default. */
export interface QuotaOverride {
  /** CloudFormation's name of the policy type. */
  readonly policyType: string;
  /** Policies a target can carry. @default - the dated default */
  readonly maxPerTarget?: number;
  /** Bytes of a document. @default - the dated default */
  readonly maxBytes?: number;
  /** Slots of each target that others use, beside the AWS-managed policy. @default 0; 3 for service control policies under Control Tower */
  readonly reservedSlots?: number;
}

/** Properties of an organization. */
export interface OrganizationProps {
  /** The account that owns it. */
  readonly managementAccount: ManagementAccountOptions;
  /** Ids known from `landing-zone pull`. @default - placeholders, and stacks in accounts refuse deployment */
  readonly lockFile?: LockFile;
  /** An organization that CloudFormation does not manage. @default - CloudFormation creates it, or takes it over by `cdk import` */
  readonly existing?: ExistingOrganization;
  /**
   * Stacks the accounts are spread over by a hash of their key, so that adding one moves none. One stack holds 400 accounts; decide before there are
   * more, because another number moves accounts between stacks.
   * @default - accounts live in the organization's own stack
   */
  readonly accountStacks?: number;
  /** Whether AWS Control Tower manages this organization; its policy slots are then reserved. @default false */
  readonly controlTower?: boolean;
  /** Agreed limits that differ from the dated defaults. @default - none */
  readonly quotas?: QuotaOverride[];
}

/**
 * The organization: its tree, its accounts, and its policies, as native CloudFormation resources.
 *
 * Units and accounts are retained, and their logical ids come from their keys.
 * More than 400 accounts need `accountStacks`.
 *
 * @example
 * const stack = new Stack(app, 'Organization');
 * const organization = new Organization(stack, 'Organization', { managementAccount: { email: 'aws+management@acme.example' } });
 * const prod = organization.root.addUnit('Workloads').addUnit('Prod');
 * prod.addAccount('payments-prod', { email: 'aws+payments-prod@acme.example' });
 */
export class Organization extends Construct {
  /** The management account's id for the environment of the organization's stack. @internal */
  public static _managementAccountId(key: string, lockFile?: LockFile): string {
    return new OrganizationIds(lockFile?._lock).managementAccount(key).id;
  }

  /** Id: a reference in the organization's stack, or the existing organization's id. */
  public readonly organizationId: string;
  /** Id of the root, likewise. */
  public readonly rootId: string;
  /** Key, name and e-mail of the management account. */
  public readonly managementAccount: ManagementAccountOptions;
  /** Account id of the management account: from the lock file, else a placeholder. */
  public readonly managementAccountId: string;
  /** Whether the management account's id is a placeholder. */
  public readonly hasPlaceholderId: boolean;
  /** The root of the tree. */
  public readonly root: OrganizationalUnit;
  /** What CloudFormation has no type for: policy types, trusted access, delegated administrators. */
  public readonly settings: OrganizationSettings;
  /** @internal */
  public readonly _ids: OrganizationIds;
  private readonly accountsByKey = new Map<string, Account>();
  private readonly accountsByEmail = new Map<string, Account>();
  private readonly policies = new Map<string, OrganizationPolicy>();
  private readonly stacks: AccountStacks;
  private delegations: OrganizationSettings | undefined;
  private readonly resource: CfnResource | undefined;
  private description: OrganizationDescription = { platform: [], controls: [], allowedRegions: [] };

  public constructor(scope: Construct, id: string, private readonly props: OrganizationProps) {
    super(scope, id);
    this.managementAccount = props.managementAccount;
    this._ids = new OrganizationIds(props.lockFile?._lock);
    const management = this._ids.managementAccount(this.managementKey);
    this.managementAccountId = props.existing?.managementAccountId ?? management.id;
    this.hasPlaceholderId = props.existing === undefined && management.isPlaceholder;
    if (props.existing) {
      this.organizationId = props.existing.organizationId;
      this.rootId = props.existing.rootId;
    } else {
      const resource = new CfnOrganization(this, 'Resource', { featureSet: 'ALL' });
      resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
      this.resource = resource;
      this.organizationId = resource.attrId;
      this.rootId = resource.attrRootId;
    }
    this.root = OrganizationalUnit._add(this, 'Root', { organization: this, rootId: this.rootId, known: this._ids.root });
    this.settings = new OrganizationSettings(this, 'Settings', { rootId: this.rootId });
    if (this.resource) this.settings.node.addDependency(this.resource);
    this.stacks = new AccountStacks(this, props.accountStacks);
    this.describeInTemplate();
  }

  /** Environment of the management account in a Region. */
  public managementEnvironment(region: string): Environment {
    return { account: this.managementAccountId, region };
  }

  /** All units, the root first, each before its children. */
  public get units(): OrganizationalUnit[] {
    const visit = (unit: OrganizationalUnit): OrganizationalUnit[] => [unit, ...unit.units.flatMap(visit)];
    return visit(this.root);
  }

  /** All member accounts, in order of declaration. */
  public get accounts(): Account[] {
    return [...this.accountsByKey.values()];
  }

  /** A unit by its path below the root, `Workloads/Prod`; `Root` is the root. Fails with the nearest paths when there is none. */
  public unit(path: string): OrganizationalUnit {
    const full = path === 'Root' || path.startsWith('Root/') ? path : `Root/${path}`;
    const found = this.units.find((unit) => unit.targetPath === full);
    if (found) return found;
    throw new InputError(`There is no unit "${path}". Units: ${this.units.map((unit) => unit.targetPath.replace(/^Root\//, '')).join(', ')}`);
  }

  /** A member account by its key. Fails with the known keys when there is none. */
  public account(key: string): Account {
    const found = this.accountsByKey.get(key);
    if (found) return found;
    const some = [...this.accountsByKey.keys()];
    throw new InputError(`There is no account "${key}". Accounts: ${some.slice(0, 20).join(', ')}${some.length > 20 ? ` and ${some.length - 20} more` : ''}`);
  }

  /**
   * Makes a member account administer a service for the organization, and has the organization trust the service.
   * `servicePrincipal` is like `guardduty.amazonaws.com`.
   */
  public delegate(servicePrincipal: string, account: Account): void {
    const scope = this.stacks.delegationScope();
    const settings = scope === this ? this.settings : this.delegations ??= new OrganizationSettings(scope, 'Settings', { rootId: this.rootId });
    const trusted = this.settings.trustService(servicePrincipal);
    settings.delegate({
      key: account.key,
      servicePrincipal,
      accountId: this.stacks.idIn(settings, account._resource, account.targetPath, account.targetId),
    }).node.addDependency(trusted);
  }

  /**
   * Root access of member accounts from one place: their root users need no credentials, and new accounts have none.
   *
   * @param administrator who may open root sessions beside the management account. Default: nobody
   */
  public centralizeRootAccess(administrator?: Account): void {
    const trusted = this.settings.trustService(IAM);
    for (const feature of this.settings.centralizeRootAccess()) feature.node.addDependency(trusted);
    if (administrator) this.delegate(IAM, administrator);
  }

  /** Id as a literal: the existing organization's, the lock file's, or a placeholder. @internal */
  public get _literalId(): string {
    return this.props.existing?.organizationId ?? this._ids.organization.id;
  }

  /** Whether an account id is one of this organization's placeholders. @internal */
  public _hasPlaceholder(accountId: string): boolean {
    return (this.hasPlaceholderId && accountId === this.managementAccountId)
      || this.accounts.some((account) => account.hasPlaceholderId && account.accountId === accountId);
  }

  /** Creates the policy of a plan beside its target. @internal */
  public _guard(target: IPolicyTarget, planned: PlannedPolicy, current: () => PlannedPolicy): void {
    const resource = resourceOf(target);
    const stack = resource ? Stack.of(resource) : Stack.of(this);
    const parent = stack === Stack.of(this) ? this : stack;
    const scope = (parent.node.tryFindChild('Guardrails') as Construct | undefined) ?? new Construct(parent, 'Guardrails');
    const document = OrganizationPolicyDocument._planned(planned);
    const organizationId = this.stacks.idIn(scope, this.resource, 'OrganizationId', this.organizationId);
    const policy = new OrganizationPolicy(scope, `${target.targetPath}/${planned.key}`, {
      organization: this,
      document,
      content: () => this.withReference(current().content, organizationId),
      controlIds: () => current().controls,
    });
    policy.attachTo(target, target.targetId);
  }

  /** Id of a unit, an account or (without a target) the organization, for use in another stack of its account and Region. @internal */
  public _idIn(user: Construct, target?: IPolicyTarget): string {
    return target ? this.stacks.idIn(user, resourceOf(target), target.targetPath, target.targetId) : this.stacks.idIn(user, this.resource, 'OrganizationId', this.organizationId);
  }

  /** A document in which the organization's id is a reference, where CloudFormation manages the organization. */
  private withReference(json: any, reference: string): any {
    if (!this.resource) return json;
    if (typeof json === 'string') return json.split(this._literalId).join(reference);
    if (Array.isArray(json)) return json.map((item) => this.withReference(item, reference));
    if (json === null || typeof json !== 'object') return json;
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, this.withReference(value, reference)]));
  }

  /** Whether CloudFormation manages the organization itself. @internal */
  public get _isManaged(): boolean {
    return this.resource !== undefined;
  }

  /** Records what else readers of the assembly need to know. @internal */
  public _describe(description: Partial<OrganizationDescription>): void {
    this.description = { ...this.description, ...description };
  }

  /** @internal */
  public _addAccount(key: string, unit: OrganizationalUnit, options: AccountOptions): Account {
    this._checkKey(key, 'account');
    const email = options.email.toLowerCase();
    const same = this.accountsByKey.get(key);
    if (same) throw new InputError(`Account ${key} is declared twice: in ${same.unit.targetPath} and in ${unit.targetPath}. Use another key.`);
    const first = this.accountsByEmail.get(email)?.key ?? (email === this.managementAccount.email.toLowerCase() ? this.managementKey : undefined);
    if (first) throw new InputError(`E-mail ${options.email} of account ${key} is used by ${first} already. AWS wants one address an account.`);
    const accountScope = this.stacks.accountScope(key);
    const account = Account._add(accountScope, key, {
      ...options,
      organization: this,
      unit,
      known: this._ids.account(key, options.email),
      parentId: this.stacks.idIn(accountScope, unit._resource, unit.targetPath, unit.targetId),
    });
    if (account._resource) this.stacks.sequence(account._resource);
    this.accountsByKey.set(key, account);
    this.accountsByEmail.set(email, account);
    return account;
  }

  /** @internal */
  public _attach(document: OrganizationPolicyDocument, target: IPolicyTarget): void {
    const key = `${document.type.name}/${document.name}`;
    let policy = this.policies.get(key);
    if (!policy) {
      policy = new OrganizationPolicy(this.stacks.policyScope(key), key, { organization: this, document });
      this.policies.set(key, policy);
    } else if (JSON.stringify(policy.document.content) !== JSON.stringify(document.content)) {
      throw new InputError(`Two different ${document.type.name} documents are named "${document.name}". AWS wants one name a policy: rename one of them.`);
    }
    policy.attachTo(target, this.stacks.idIn(policy, resourceOf(target), target.targetPath, target.targetId));
  }

  /** @internal */
  public _sequencePolicy(key: string, policy: CfnResource): void {
    this.stacks.sequencePolicy(key, policy);
  }

  /** @internal */
  public _checkKey(key: string, kind: string): void {
    if (!/^[A-Za-z0-9][A-Za-z0-9 _.+=@-]{0,127}$/.test(key) || ['Resource', 'Root', 'Default'].includes(key)) {
      throw new InputError(`"${key}" cannot be the key of ${kind === 'unit' ? 'a unit' : 'an account'}: letters, digits, spaces and _ . + = @ - are allowed, "Root", "Resource" and "Default" are taken.`);
    }
  }

  /** A stack-level note that readers of the assembly find: ids, platform principals, controls with their proofs. */
  private describeInTemplate(): void {
    const management = this.props.managementAccount;
    const known = this._ids;
    const note = {
      version: 1,
      organization: {
        id: this.props.existing?.organizationId ?? known.organization.id,
        rootId: this.props.existing?.rootId ?? known.root.id,
        homeRegion: Lazy.any({ produce: () => this.description.homeRegion }),
        allowedRegions: Lazy.any({ produce: () => this.description.allowedRegions }),
        managementAccount: {
          key: this.managementKey, name: management.accountName ?? this.managementKey, email: management.email, id: this.managementAccountId,
          isPlaceholder: this.hasPlaceholderId, tags: {},
        },
        platform: Lazy.any({ produce: () => this.description.platform }),
        quotas: Object.fromEntries((this.props.quotas ?? []).map(({ policyType, ...limits }) => [policyType, limits])) satisfies QuotaOverrides,
        controls: Lazy.any({ produce: () => this.description.controls }),
        rootControlSets: Lazy.any({ produce: () => this.root._controlSets }),
        controlTower: this.props.controlTower ?? false,
        existing: Lazy.any({ produce: () => this.existingTargets() }),
      },
    };
    const options = Stack.of(this).templateOptions;
    options.metadata = { ...options.metadata, [METADATA_KEY]: note };
  }

  /** What no resource stands for, so that readers of the assembly know it. */
  private existingTargets(): object[] {
    const units = this.units.filter((unit) => unit._resource === undefined && unit !== this.root).map((unit) => ({
      kind: 'unit', key: unit.key, name: unit.unitName, path: unit.targetPath, id: unit.unitId, controlSets: unit._controlSets,
    }));
    const accounts = this.accounts.filter((account) => account._resource === undefined).map((account) => ({
      kind: 'account', key: account.key, name: account.accountName, path: account.unit.targetPath, id: account.accountId, email: account.email, tags: account.accountTags,
      ...(account._life && { life: account._life }),
    }));
    return [...units, ...accounts];
  }

  private get managementKey(): string {
    return this.props.managementAccount.key ?? 'management';
  }
}

/** The resource of a target; the root and existing targets have none. */
function resourceOf(target: IPolicyTarget): CfnResource | undefined {
  return target instanceof Account || target instanceof OrganizationalUnit ? target._resource : undefined;
}

/** @internal */
export interface OrganizationDescription {
  readonly platform: readonly PlatformPrincipalFacts[];
  readonly controls: readonly ControlFacts[];
  readonly homeRegion?: string;
  readonly allowedRegions: readonly string[];
}
