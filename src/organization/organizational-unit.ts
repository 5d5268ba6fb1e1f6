import { CfnResource, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { CfnOrganizationalUnit } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { Account, AccountOptions } from './account';
import { mark } from './metadata';
import type { Organization } from './organization';
import { KnownId } from './organization-ids';
import { OrganizationPolicyDocument } from './policy-document-source';
import { IPolicyTarget } from './policy-target';
import { InputError } from '../model/input-error';

/** What a unit is called. */
export interface OrganizationalUnitOptions {
  /** Name in AWS, at most 128 characters. Change it freely: the logical id comes from the key. @default - the key */
  readonly unitName?: string;
  /** Tags of the unit. @default - none */
  readonly tags?: { [key: string]: string };
  /**
   * Id of a unit that exists and that CloudFormation does not manage.
   * @default - CloudFormation creates the unit
   */
  readonly existingUnitId?: string;
}

/** @internal */
export interface UnitPlacement extends OrganizationalUnitOptions {
  readonly organization: Organization;
  readonly parent?: OrganizationalUnit;
  readonly rootId?: string;
  readonly known: KnownId;
}

/** AWS allows five levels of units below the root (Organizations quotas, read 2026-11-22). */
const MAX_DEPTH = 5;

/**
 * The root or a unit of the organization: holds units and accounts, and passes policies on to all of them.
 *
 * @example
 * declare const organization: Organization;
 * const prod = organization.root.addUnit('Workloads').addUnit('Prod');
 */
export class OrganizationalUnit extends Construct implements IPolicyTarget {
  /** The root comes with the organization; units are added to it. @internal */
  public static _add(scope: Construct, key: string, options: UnitPlacement): OrganizationalUnit {
    return new OrganizationalUnit(scope, key, options);
  }

  /** Stable key, unique among its siblings; `Root` for the root. */
  public readonly key: string;
  /** Name in AWS. */
  public readonly unitName: string;
  /** Keys from the root down: `Root/Workloads/Prod`. */
  public readonly targetPath: string;
  /** Id or reference in the organization's stack. */
  public readonly targetId: string;
  /** Units directly below, in order of declaration. */
  public readonly units: OrganizationalUnit[] = [];
  /** Accounts directly below, in order of declaration. */
  public readonly accounts: Account[] = [];
  /** Tags of the unit. */
  public readonly unitTags: { [key: string]: string };
  /** Id from the lock file, or a placeholder. */
  public readonly unitId: string;
  /** @internal */
  public readonly _resource: CfnResource | undefined;
  /** Names of the control sets enabled here. @internal */
  public readonly _controlSets: string[] = [];
  private readonly organization: Organization;
  /** Names in AWS from below the root down to this unit. */
  private readonly names: readonly string[];

  private constructor(scope: Construct, key: string, options: UnitPlacement) {
    super(scope, key);
    this.key = key;
    this.organization = options.organization;
    this.unitName = options.unitName ?? key;
    this.names = options.parent ? [...options.parent.names, this.unitName] : [];
    this.targetPath = options.parent ? `${options.parent.targetPath}/${key}` : key;
    this.unitId = options.existingUnitId ?? options.known.id;
    this.unitTags = options.tags ?? {};
    if (!options.parent || options.existingUnitId !== undefined) {
      this.targetId = options.existingUnitId ?? options.rootId!;
      return;
    }
    const tags = Object.entries(this.unitTags).map(([tagKey, value]) => ({ key: tagKey, value }));
    const resource = new CfnOrganizationalUnit(this, 'Resource', {
      name: this.unitName,
      parentId: options.parent.targetId,
      tags: tags.length > 0 ? tags : undefined,
    });
    resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    mark(resource, { kind: 'unit', key, path: this.targetPath, id: this.unitId, controlSets: Lazy.any({ produce: () => this._controlSets }) });
    this._resource = resource;
    this.targetId = resource.ref;
  }

  /** Adds a unit below this one. Its key is stable: renaming it in AWS is `unitName`. Fails below the fifth level. */
  public addUnit(key: string, options: OrganizationalUnitOptions = {}): OrganizationalUnit {
    const depth = this.targetPath.split('/').length;
    if (depth > MAX_DEPTH) {
      throw new InputError(`Unit ${this.targetPath}/${key} would be at level ${depth}: AWS allows ${MAX_DEPTH} levels of units below the root. Move it up.`);
    }
    this.organization._checkKey(key, 'unit');
    if (this.units.some((unit) => unit.key === key)) throw new InputError(`Unit ${this.targetPath}/${key} is declared twice. Use another key.`);
    const known = this.organization._ids.unit(`${this.targetPath}/${key}`.slice('Root/'.length), [...this.names, options.unitName ?? key]);
    const unit = OrganizationalUnit._add(this, key, { ...options, organization: this.organization, parent: this, known });
    this.units.push(unit);
    return unit;
  }

  /** Adds an account in this unit. Moving it later keeps its logical id. Fails when the key or the e-mail is taken. */
  public addAccount(key: string, options: AccountOptions): Account {
    const account = this.organization._addAccount(key, this, options);
    this.accounts.push(account);
    return account;
  }

  /** Attaches a policy to this unit, so to every account below it. */
  public attachPolicy(policy: OrganizationPolicyDocument): void {
    this.organization._attach(policy, this);
  }
}
