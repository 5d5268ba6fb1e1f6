import { denyCustomerProvidedKeys } from './catalog/deny-customer-provided-keys';
import { denyDefaultVpc } from './catalog/deny-default-vpc';
import { denyExternalSharing } from './catalog/deny-external-sharing';
import { denyIamUsers } from './catalog/deny-iam-users';
import { denyKeyLockout } from './catalog/deny-key-lockout';
import { denyLeaveOrganization } from './catalog/deny-leave-organization';
import { denyPublicBuckets } from './catalog/deny-public-buckets';
import { denyPublicDatabases } from './catalog/deny-public-databases';
import { denyPublicFunctions } from './catalog/deny-public-functions';
import { denyRootUser } from './catalog/deny-root-user';
import { denyUnapprovedPurchases } from './catalog/deny-unapproved-purchases';
import { keepKeyRotation } from './catalog/keep-key-rotation';
import { lockRegions } from './catalog/lock-regions';
import { protectConfig } from './catalog/protect-config';
import { protectKeysFromDeletion } from './catalog/protect-keys-from-deletion';
import { protectPlatformRoles } from './catalog/protect-platform-roles';
import { protectSecurityServices } from './catalog/protect-security-services';
import { protectTrail } from './catalog/protect-trail';
import { quarantineAccounts } from './catalog/quarantine-accounts';
import { requireCacheEncryption } from './catalog/require-cache-encryption';
import { requireEbsEncryption } from './catalog/require-ebs-encryption';
import { requireEfsEncryption } from './catalog/require-efs-encryption';
import { requireImdsv2 } from './catalog/require-imdsv2';
import { requireRdsEncryption } from './catalog/require-rds-encryption';
import { requireStrongTls } from './catalog/require-strong-tls';
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

  /** LZ.RDS.1: databases of RDS, Aurora, Neptune and DocumentDB are encrypted. */
  public static requireRdsEncryption(): Control {
    return requireRdsEncryption();
  }

  /** LZ.RDS.2: no database is created with a public address. */
  public static denyPublicDatabases(): Control {
    return denyPublicDatabases();
  }

  /** LZ.EFS.1: file systems of EFS are encrypted. */
  public static requireEfsEncryption(): Control {
    return requireEfsEncryption();
  }

  /** LZ.ELASTICACHE.1: caches are encrypted at rest and in transit. */
  public static requireCacheEncryption(): Control {
    return requireCacheEncryption();
  }

  /** LZ.S3.2: no S3 object is encrypted with a key that AWS does not keep. */
  public static denyCustomerProvidedKeys(): Control {
    return denyCustomerProvidedKeys();
  }

  /** LZ.KMS.1: a key is deleted after 30 days, and not before. */
  public static protectKeysFromDeletion(): Control {
    return protectKeysFromDeletion();
  }

  /** LZ.KMS.2: rotation of keys is not switched off. */
  public static keepKeyRotation(): Control {
    return keepKeyRotation();
  }

  /** LZ.KMS.3: no key gets a policy that locks its administrators out. */
  public static denyKeyLockout(): Control {
    return denyKeyLockout();
  }

  /** LZ.ELB.1: TLS listeners of load balancers refuse TLS 1.0 and 1.1. */
  public static requireStrongTls(): Control {
    return requireStrongTls();
  }

  /** LZ.LAMBDA.1: no Lambda function is called from the internet without IAM. */
  public static denyPublicFunctions(): Control {
    return denyPublicFunctions();
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
      requireRdsEncryption(),
      denyPublicDatabases(),
      requireEfsEncryption(),
      requireCacheEncryption(),
      denyCustomerProvidedKeys(),
      protectKeysFromDeletion(),
      keepKeyRotation(),
      denyKeyLockout(),
      requireStrongTls(),
      denyPublicFunctions(),
    ];
  }

  /** The control of an id, `LZ.S3.1`; undefined when the catalogue has none. */
  public static byId(id: string): Control | undefined {
    return Controls.all().find((control) => control.id === id);
  }

  private constructor() {}
}
