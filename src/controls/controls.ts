import { denyDefaultVpc } from './catalog/deny-default-vpc';
import { denyExternalSharing } from './catalog/deny-external-sharing';
import { denyIamUsers } from './catalog/deny-iam-users';
import { denyLeaveOrganization } from './catalog/deny-leave-organization';
import { denyPublicBuckets } from './catalog/deny-public-buckets';
import { denyRootUser } from './catalog/deny-root-user';
import { denyUnapprovedPurchases } from './catalog/deny-unapproved-purchases';
import { lockRegions } from './catalog/lock-regions';
import { protectConfig } from './catalog/protect-config';
import { protectPlatformRoles } from './catalog/protect-platform-roles';
import { protectSecurityServices } from './catalog/protect-security-services';
import { protectTrail } from './catalog/protect-trail';
import { quarantineAccounts } from './catalog/quarantine-accounts';
import { requireEbsEncryption } from './catalog/require-ebs-encryption';
import { requireImdsv2 } from './catalog/require-imdsv2';
import { Control } from './control';

/**
 * The catalogue: one control each, with a page in `docs/controls`.
 *
 * @example
 * Controls.byId('LZ.S3.1'); // the same as Controls.denyPublicBuckets()
 */
export class Controls {
  /** LZ.ORG.1: nobody leaves the organization. */
  public static denyLeaveOrganization(): Control {
    return denyLeaveOrganization();
  }

  /** LZ.ROOT.1: root users of member accounts do nothing. */
  public static denyRootUser(): Control {
    return denyRootUser();
  }

  /** LZ.REGION.1: nothing runs outside the allowed Regions. */
  public static lockRegions(): Control {
    return lockRegions();
  }

  /** LZ.TRAIL.1: the organization trail is protected. */
  public static protectTrail(): Control {
    return protectTrail();
  }

  /** LZ.CONFIG.1: AWS Config is protected. */
  public static protectConfig(): Control {
    return protectConfig();
  }

  /** LZ.SECURITY.1: security services stay on. */
  public static protectSecurityServices(): Control {
    return protectSecurityServices();
  }

  /** LZ.IAM.1: no IAM users and no long-lived keys. */
  public static denyIamUsers(): Control {
    return denyIamUsers();
  }

  /** LZ.IAM.2: platform roles are protected. */
  public static protectPlatformRoles(): Control {
    return protectPlatformRoles();
  }

  /** LZ.EC2.1: instances require IMDSv2. */
  public static requireImdsv2(): Control {
    return requireImdsv2();
  }

  /** LZ.EBS.1: EBS volumes are encrypted. */
  public static requireEbsEncryption(): Control {
    return requireEbsEncryption();
  }

  /** LZ.S3.1: no S3 bucket is public. */
  public static denyPublicBuckets(): Control {
    return denyPublicBuckets();
  }

  /** LZ.VPC.1: no default VPC. */
  public static denyDefaultVpc(): Control {
    return denyDefaultVpc();
  }

  /** LZ.BILLING.1: no unapproved purchases or billing changes. */
  public static denyUnapprovedPurchases(): Control {
    return denyUnapprovedPurchases();
  }

  /** LZ.RAM.1: nothing is shared outside the organization by AWS RAM. */
  public static denyExternalSharing(): Control {
    return denyExternalSharing();
  }

  /** LZ.QUARANTINE.1: an account without its baseline does nothing. */
  public static quarantineAccounts(): Control {
    return quarantineAccounts();
  }

  /** Every control of the catalogue; a new one goes to the end. */
  public static all(): Control[] {
    return [
      denyLeaveOrganization(),
      denyRootUser(),
      lockRegions(),
      protectTrail(),
      protectConfig(),
      protectSecurityServices(),
      denyIamUsers(),
      protectPlatformRoles(),
      requireImdsv2(),
      requireEbsEncryption(),
      denyPublicBuckets(),
      denyDefaultVpc(),
      denyUnapprovedPurchases(),
      denyExternalSharing(),
      quarantineAccounts(),
    ];
  }

  /** The control of an id, `LZ.S3.1`; undefined when the catalogue has none. */
  public static byId(id: string): Control | undefined {
    return Controls.all().find((control) => control.id === id);
  }

  private constructor() {}
}
