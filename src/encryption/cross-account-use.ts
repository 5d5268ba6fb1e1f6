import { EncryptedService } from './encrypted-service';

/** Who else uses the keys of each account: through its services, with permissions of its own account. */
export interface CrossAccountUse {
  /** Account ids. @default - not by account */
  readonly accounts?: string[];
  /** Id of the organization all of whose accounts may: `o-abcdefghij`. @default - not by organization */
  readonly organizationId?: string;
  /** Units in place of the whole organization, as `aws:PrincipalOrgPaths` has them: `o-abcdefghij/r-ab12/ou-ab12-11111111/*`. Needs `organizationId`. @default - all units */
  readonly organizationPaths?: string[];
  /** Through which services. @default - all of the standard */
  readonly services?: EncryptedService[];
  /** Whether they encrypt as well, and share volumes and databases; else they only read. @default false */
  readonly write?: boolean;
}
