import { CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { AccountLifecycle } from './account-lifecycle';
import { mark } from './metadata';
import type { Organization } from './organization';
import { KnownId } from './organization-ids';
import type { OrganizationalUnit } from './organizational-unit';
import { OrganizationPolicyDocument } from './policy-document-source';
import { IPolicyTarget } from './policy-target';
import { AccountLife } from '../model/lifecycle/account-life';

/** What an account is called and to whom it belongs. */
export interface AccountOptions {
  /** Root user's e-mail, unique in all of AWS: `name@domain.tld`, 6 to 64 characters. */
  readonly email: string;
  /**
   * Name in AWS, at most 50 characters. CloudFormation creates the account with it and refuses to change it later, like the e-mail and the role
   * (the type's update handler, read 2026-11-22); rename in AWS Account Management first.
   * @default - the key
   */
  readonly accountName?: string;
  /** Tags of the account. @default - none */
  readonly tags?: { [key: string]: string };
  /** Role that AWS Organizations creates in a new account. @default 'OrganizationAccountAccessRole' */
  readonly accessRoleName?: string;
  /**
   * Id of an account that exists and that CloudFormation does not manage. It is then a target of policies, and nothing creates or moves it.
   * @default - CloudFormation creates the account
   */
  readonly existingAccountId?: string;
  /** Where the account is between its making and its end; see docs/account-lifecycle.md. @default AccountLifecycle.active() */
  readonly lifecycle?: AccountLifecycle;
}

/** @internal */
export interface AccountPlacement extends AccountOptions {
  readonly organization: Organization;
  readonly unit: OrganizationalUnit;
  readonly known: KnownId;
  readonly parentId: string;
}

/**
 * An AWS account: created once, moved between units, never replaced, and kept when it leaves the code.
 *
 * @example
 * declare const unit: OrganizationalUnit;
 * const account = unit.addAccount('payments-prod', { email: 'aws+payments-prod@acme.example', tags: { owner: 'payments' } });
 */
export class Account extends Construct implements IPolicyTarget {
  /** Accounts are added to a unit. @internal */
  public static _add(scope: Construct, key: string, options: AccountPlacement): Account {
    return new Account(scope, key, options);
  }

  /** Stable key, unique in the organization. */
  public readonly key: string;
  /** Name in AWS. */
  public readonly accountName: string;
  /** Root user's e-mail. */
  public readonly email: string;
  /** Unit that holds it. */
  public readonly unit: OrganizationalUnit;
  /** Tags in AWS. */
  public readonly accountTags: { [key: string]: string };
  /** Account id in a stack of the organization: a reference, or the existing account's id. */
  public readonly targetId: string;
  /** Path of its unit and its key: `Root/Workloads/Prod/payments-prod`. */
  public readonly targetPath: string;
  /** Twelve digits from the lock file, or a placeholder; for stack environments. */
  public readonly accountId: string;
  /** Whether `accountId` is a placeholder. */
  public readonly hasPlaceholderId: boolean;
  /** @internal */
  public readonly _resource: CfnResource | undefined;
  /** What is said of its life; nothing of an active account. @internal */
  public readonly _life: AccountLife | undefined;
  private readonly organization: Organization;

  private constructor(scope: Construct, key: string, options: AccountPlacement) {
    super(scope, key);
    this.key = key;
    this.organization = options.organization;
    this.unit = options.unit;
    this.accountName = options.accountName ?? key;
    this.email = options.email;
    this.accountTags = options.tags ?? {};
    this.targetPath = `${options.unit.targetPath}/${key}`;
    this._life = options.lifecycle?._life;
    const id = options.existingAccountId ?? options.known.id;
    this.accountId = id;
    this.hasPlaceholderId = options.existingAccountId === undefined && options.known.isPlaceholder;
    if (options.existingAccountId !== undefined) {
      this.targetId = options.existingAccountId;
      return;
    }
    const tags = Object.entries(this.accountTags).map(([tagKey, value]) => ({ key: tagKey, value }));
    const resource = new CfnAccount(this, 'Resource', {
      accountName: this.accountName,
      email: options.email,
      parentIds: [options.parentId],
      roleName: options.accessRoleName,
      tags: tags.length > 0 ? tags : undefined,
    });
    resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    mark(resource, { kind: 'account', key, id, isPlaceholder: this.hasPlaceholderId, ...(this._life && { life: this._life }) });
    this._resource = resource;
    this.targetId = resource.ref;
  }

  /** Attaches a policy to this account. */
  public attachPolicy(policy: OrganizationPolicyDocument): void {
    this.organization._attach(policy, this);
  }
}
