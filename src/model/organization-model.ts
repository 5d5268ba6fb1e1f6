import { AccountLife } from './lifecycle/account-life';
import { Place } from './organization-definition';
import { partitionOf } from './partition';
import { policyType } from './policy-types';
import { AccountPolicies, PolicyDocument, PolicyLevel } from '../analysis/policy-document';

/** A policy of the organization and what it is attached to. */
export interface OrganizationPolicy {
  readonly name: string;
  /** CloudFormation's name of the type. */
  readonly type: string;
  /** The resolved document; undefined when a part of it could not be resolved. */
  readonly content?: any;
  /** UTF-8 bytes of the minified document; 0 when unresolved. */
  readonly bytes: number;
  /** Ids of the targets: root, unit or account. */
  readonly targetIds: readonly string[];
  /** Ids of the controls packed into it; empty for a hand-written policy. */
  readonly controls: readonly string[];
  /** What could not be resolved, by name. */
  readonly unresolved: readonly string[];
  readonly origin: Origin;
}

/** Where an element of the model comes from: a file's place, or a resource of a template. */
export interface Origin {
  readonly place?: Place;
  readonly stack?: string;
  readonly logicalId?: string;
  readonly constructPath?: string;
  readonly template?: string;
}

export interface AccountNode {
  readonly kind: 'account';
  readonly key: string;
  readonly name: string;
  readonly id: string;
  readonly email: string;
  /** Path of its unit: `Root/Workloads/Prod`. */
  readonly unitPath: string;
  readonly isManagement: boolean;
  /** Whether the id is a placeholder, because no lock file knows the account. */
  readonly isPlaceholder: boolean;
  readonly tags: { readonly [key: string]: string };
  /** @default - active */
  readonly life?: AccountLife;
  readonly origin: Origin;
}

export interface UnitNode {
  readonly kind: 'root' | 'unit';
  readonly key: string;
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly units: readonly UnitNode[];
  readonly accounts: readonly AccountNode[];
  readonly controlSets: readonly string[];
  readonly origin: Origin;
}

/** A principal that the platform works with and that no guardrail may stop. */
export interface PlatformPrincipalFacts {
  readonly name: string;
  /** `role/cdk-hnb659fds-*`: what follows `arn:aws:iam::ACCOUNT:`; may hold wildcards. */
  readonly principal: string;
  /** Actions it must keep in every account. */
  readonly needs: readonly string[];
}

/** Patterns of the platform's principals that statements have to exempt: AWS itself exempts service-linked roles. */
export function boundPlatform(platform: readonly PlatformPrincipalFacts[]): string[] {
  return [...new Set(platform.map(({ principal }) => principal))].filter((principal) => !principal.startsWith('role/aws-service-role/'));
}

/** One request a control must deny, or must leave alone. */
export interface ProofRequest {
  readonly action: string;
  readonly principal?: string;
  readonly resource?: string;
  readonly context?: { readonly [key: string]: readonly string[] };
}

/** A control as it is enabled in the organization, with its own proof. */
export interface ControlFacts {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly denies: readonly ProofRequest[];
  readonly allows: readonly ProofRequest[];
}

/** Overrides of a dated quota: type of policy to the agreed limit. */
export interface QuotaOverrides {
  readonly [type: string]: { readonly maxPerTarget?: number; readonly maxBytes?: number; readonly reservedSlots?: number };
}

/** The plain data every reader produces. */
export interface OrganizationData {
  /** What was read, for messages: a folder or a file. */
  readonly source: string;
  readonly organizationId: string;
  readonly root: UnitNode;
  readonly managementAccount: AccountNode;
  readonly policies: readonly OrganizationPolicy[];
  readonly platform: readonly PlatformPrincipalFacts[];
  readonly controls: readonly ControlFacts[];
  readonly quotas: QuotaOverrides;
  /** Whether AWS Control Tower's policy slots are reserved. */
  readonly controlTower: boolean;
  readonly homeRegion?: string;
  readonly allowedRegions: readonly string[];
  /** What could not be resolved and concerns every account, by name. */
  readonly unresolved: readonly string[];
}

/** The organization as a picture that can be asked: read from templates, a file or the live organization. */
export class OrganizationModel {
  public readonly accounts: readonly AccountNode[];
  public readonly units: readonly UnitNode[];
  private readonly unitByPath = new Map<string, UnitNode>();
  private readonly policiesByTarget = new Map<string, OrganizationPolicy[]>();

  public constructor(public readonly data: OrganizationData) {
    const units: UnitNode[] = [];
    const accounts: AccountNode[] = [];
    const visit = (unit: UnitNode) => {
      units.push(unit);
      accounts.push(...unit.accounts);
      unit.units.forEach(visit);
    };
    visit(data.root);
    this.units = units;
    this.accounts = accounts;
    for (const unit of units) this.unitByPath.set(unit.path, unit);
    for (const policy of data.policies) {
      for (const id of policy.targetIds) {
        const list = this.policiesByTarget.get(id) ?? [];
        list.push(policy);
        this.policiesByTarget.set(id, list);
      }
    }
  }

  /** An account by key, name or id; undefined when there is none. */
  public account(nameOrId: string): AccountNode | undefined {
    return this.accounts.find((account) => [account.key, account.name, account.id].includes(nameOrId));
  }

  /** A unit by its path, with or without the leading `Root/`; undefined when there is none. */
  public unit(path: string): UnitNode | undefined {
    return this.unitByPath.get(path) ?? this.unitByPath.get(`Root/${path}`);
  }

  /** The units an account hangs under, root first. */
  public lineage(account: AccountNode): readonly UnitNode[] {
    const segments = account.unitPath.split('/');
    return segments.map((_, i) => this.unitByPath.get(segments.slice(0, i + 1).join('/'))).filter((unit): unit is UnitNode => unit !== undefined);
  }

  /** The policies of a type attached directly to a target; the AWS-managed one is not among them. */
  public attached(targetId: string, type: string): readonly OrganizationPolicy[] {
    return (this.policiesByTarget.get(targetId) ?? []).filter((policy) => policy.type === type);
  }

  /** Everything that decides on requests in an account, for the evaluator. */
  public policiesOf(account: AccountNode): AccountPolicies {
    const lineage = this.lineage(account);
    const targets = [...lineage.map((unit) => ({ id: unit.id, level: unit.path })), { id: account.id, level: `${account.unitPath}/${account.key}` }];
    const unknown: string[] = [...this.data.unresolved];
    const levels = (type: string): PolicyLevel[] => targets.map(({ id, level }) => {
      const attached = this.attached(id, type);
      for (const policy of attached) unknown.push(...policy.unresolved.map((what) => `${policy.name}: ${what}`));
      const own = attached.filter((policy) => policy.content !== undefined).map((policy) => ({ name: policy.name, document: policy.content as PolicyDocument }));
      return { level, policies: [FULL_ACCESS[type], ...own] };
    });
    return {
      account: { id: account.id, name: account.key, isManagement: account.isManagement },
      partition: partitionOf(this.data.homeRegion),
      organizationId: this.data.organizationId,
      organizationPath: `${[this.data.organizationId, ...lineage.map((unit) => unit.id)].join('/')}/`,
      serviceControl: levels('SERVICE_CONTROL_POLICY'),
      resourceControl: levels('RESOURCE_CONTROL_POLICY'),
      unknown,
    };
  }
}

const allowAll = (type: string, principal: object) => ({
  name: policyType(type)!.awsManaged!,
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow' as const, ...principal, Action: '*', Resource: '*' }] },
});

/** AWS attaches these to every target as soon as the type is enabled. */
export const FULL_ACCESS: { readonly [type: string]: { name: string; document: PolicyDocument } } = {
  SERVICE_CONTROL_POLICY: allowAll('SERVICE_CONTROL_POLICY', {}),
  RESOURCE_CONTROL_POLICY: allowAll('RESOURCE_CONTROL_POLICY', { Principal: '*' }),
};
