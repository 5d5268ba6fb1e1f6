import { AccountLife } from '../lifecycle/account-life';
import { Place } from '../organization-definition';
import { AccountNode, ControlFacts, PlatformPrincipalFacts, QuotaOverrides } from '../organization-model';

/** Key of what our constructs write into templates for their readers. */
export const METADATA_KEY = 'cdk-landing-zone';

/** Metadata of the template of the organization's stack. */
export interface OrganizationNote {
  readonly id: string;
  readonly rootId: string;
  readonly homeRegion?: string;
  readonly allowedRegions: readonly string[];
  readonly managementAccount: Pick<AccountNode, 'key' | 'name' | 'email' | 'id' | 'isPlaceholder' | 'tags'>;
  readonly platform: readonly PlatformPrincipalFacts[];
  readonly quotas: QuotaOverrides;
  readonly controls: readonly ControlFacts[];
  readonly controlTower: boolean;
  readonly rootControlSets: readonly string[];
  /** Units and accounts that exist and that CloudFormation does not manage, so that no resource stands for them. */
  readonly existing: readonly ExistingTarget[];
}

/** A unit or an account that exists. */
export interface ExistingTarget {
  readonly kind: 'unit' | 'account';
  readonly key: string;
  readonly name: string;
  /** Path of a unit; of an account, the path of its unit. */
  readonly path: string;
  readonly id: string;
  /** E-mail of an account. */
  readonly email?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly controlSets?: readonly string[];
  /** Of an account. @default - active */
  readonly life?: AccountLife;
}

/** Metadata of a unit, an account or a policy; empty for resources of others. */
export interface ResourceMark {
  readonly key?: string;
  /** Path of a unit, for existing units below it. */
  readonly path?: string;
  readonly id?: string;
  readonly isPlaceholder?: boolean;
  /** Of an account. @default - active */
  readonly life?: AccountLife;
  readonly controlSets?: readonly string[];
  readonly controls?: readonly string[];
  readonly origin?: Place;
}

/** What the template of an organization's stack says; undefined in any other template. */
export function organizationNote(template: { readonly [section: string]: any }): OrganizationNote | undefined {
  const note = template.Metadata?.[METADATA_KEY]?.organization;
  if (note === undefined) return undefined;
  return { allowedRegions: [], platform: [], quotas: {}, controls: [], controlTower: false, rootControlSets: [], existing: [], ...note };
}

/** What a resource says. */
export function markOf(resource: any): ResourceMark {
  return resource.Metadata?.[METADATA_KEY] ?? {};
}
