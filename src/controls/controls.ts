import { allowImagesOf } from './catalog/allow-images-of';
import { backUpByTag } from './catalog/back-up-by-tag';
import { blockInternetAccess } from './catalog/block-internet-access';
import { budgetEveryAccount } from './catalog/budget-every-account';
import { closeDefaultSecurityGroups } from './catalog/close-default-security-groups';
import { denyCommitments } from './catalog/deny-commitments';
import { denyConfusedDeputies } from './catalog/deny-confused-deputies';
import { denyCustomerProvidedKeys } from './catalog/deny-customer-provided-keys';
import { denyDatabaseSnapshotSharing } from './catalog/deny-database-snapshot-sharing';
import { denyDefaultVpc } from './catalog/deny-default-vpc';
import { denyExpensiveServices } from './catalog/deny-expensive-services';
import { denyExternalSharing } from './catalog/deny-external-sharing';
import { denyFederationTokens } from './catalog/deny-federation-tokens';
import { denyIamUsers } from './catalog/deny-iam-users';
import { denyIdentityCenterInstances } from './catalog/deny-identity-center-instances';
import { denyInternetGateways } from './catalog/deny-internet-gateways';
import { denyKeyLockout } from './catalog/deny-key-lockout';
import { denyLeaveOrganization } from './catalog/deny-leave-organization';
import { denyNetworkConnections } from './catalog/deny-network-connections';
import { denyNetworkSharing } from './catalog/deny-network-sharing';
import { denyOpenAdminPorts } from './catalog/deny-open-admin-ports';
import { denyOpenTransitGateways } from './catalog/deny-open-transit-gateways';
import { denyOutboundFederation } from './catalog/deny-outbound-federation';
import { denyOutsideAdministrators } from './catalog/deny-outside-administrators';
import { denyOutsidePrincipals } from './catalog/deny-outside-principals';
import { denyOutsideResources } from './catalog/deny-outside-resources';
import { denyPlainHttpSubscriptions } from './catalog/deny-plain-http-subscriptions';
import { denyPublicAddresses } from './catalog/deny-public-addresses';
import { denyPublicBrokers } from './catalog/deny-public-brokers';
import { denyPublicBuckets } from './catalog/deny-public-buckets';
import { denyPublicDatabases } from './catalog/deny-public-databases';
import { denyPublicDocuments } from './catalog/deny-public-documents';
import { denyPublicFunctions } from './catalog/deny-public-functions';
import { denyPublicImages } from './catalog/deny-public-images';
import { denyPublicKubernetesEndpoints } from './catalog/deny-public-kubernetes-endpoints';
import { denyPublicRepositories } from './catalog/deny-public-repositories';
import { denyPublicSnapshots } from './catalog/deny-public-snapshots';
import { denyPublicSubnets } from './catalog/deny-public-subnets';
import { denyRegionChanges } from './catalog/deny-region-changes';
import { denyRootCredentials } from './catalog/deny-root-credentials';
import { denyRootUser } from './catalog/deny-root-user';
import { denySerialConsole } from './catalog/deny-serial-console';
import { denyUnapprovedPurchases } from './catalog/deny-unapproved-purchases';
import { denyUnapprovedServices } from './catalog/deny-unapproved-services';
import { enableInspector } from './catalog/enable-inspector';
import { enableSecurityHub } from './catalog/enable-security-hub';
import { hardenNotebooks } from './catalog/harden-notebooks';
import { isolateSandboxes } from './catalog/isolate-sandboxes';
import { keepBackupsInOrganization } from './catalog/keep-backups-in-organization';
import { keepEmrPublicAccessBlock } from './catalog/keep-emr-public-access-block';
import { keepKeyRotation } from './catalog/keep-key-rotation';
import { keepToTheHub } from './catalog/keep-to-the-hub';
import { limitInstanceTypes } from './catalog/limit-instance-types';
import { lockRegions } from './catalog/lock-regions';
import { nameWebIdentities } from './catalog/name-web-identities';
import { noticeUnusualCosts } from './catalog/notice-unusual-costs';
import { optOutOfAiTraining } from './catalog/opt-out-of-ai-training';
import { protectBackups } from './catalog/protect-backups';
import { protectConfig } from './catalog/protect-config';
import { protectConfigurationData } from './catalog/protect-configuration-data';
import { protectContacts } from './catalog/protect-contacts';
import { protectDetections } from './catalog/protect-detections';
import { protectDomains } from './catalog/protect-domains';
import { protectEventDataStores } from './catalog/protect-event-data-stores';
import { protectIdentityCenterRoles } from './catalog/protect-identity-center-roles';
import { protectIdentityProviders } from './catalog/protect-identity-providers';
import { protectKeysFromDeletion } from './catalog/protect-keys-from-deletion';
import { protectLogArchive } from './catalog/protect-log-archive';
import { protectLogBuckets } from './catalog/protect-log-buckets';
import { protectNetworkAttachments } from './catalog/protect-network-attachments';
import { protectNetworkFirewall } from './catalog/protect-network-firewall';
import { protectNetworkLogs } from './catalog/protect-network-logs';
import { protectPlatformKeys } from './catalog/protect-platform-keys';
import { protectPlatformLogs } from './catalog/protect-platform-logs';
import { protectPlatformResources } from './catalog/protect-platform-resources';
import { protectPlatformRoles } from './catalog/protect-platform-roles';
import { protectPlatformStacks } from './catalog/protect-platform-stacks';
import { protectResolver } from './catalog/protect-resolver';
import { protectRootAccess } from './catalog/protect-root-access';
import { protectSecrets } from './catalog/protect-secrets';
import { protectSecurityServices } from './catalog/protect-security-services';
import { protectServiceLinkedRoles } from './catalog/protect-service-linked-roles';
import { protectSignIn } from './catalog/protect-sign-in';
import { protectTags } from './catalog/protect-tags';
import { protectTrail } from './catalog/protect-trail';
import { protectTrustAnchors } from './catalog/protect-trust-anchors';
import { protectVpcEncryption } from './catalog/protect-vpc-encryption';
import { quarantineAccounts } from './catalog/quarantine-accounts';
import { reportIdleResources } from './catalog/report-idle-resources';
import { requireCacheEncryption } from './catalog/require-cache-encryption';
import { requireEbsEncryption } from './catalog/require-ebs-encryption';
import { requireEfsEncryption } from './catalog/require-efs-encryption';
import { requireFirewallProtection } from './catalog/require-firewall-protection';
import { requireFlowLogs } from './catalog/require-flow-logs';
import { requireImdsv2 } from './catalog/require-imdsv2';
import { requireModernTls } from './catalog/require-modern-tls';
import { requireOrganizationEndpoints } from './catalog/require-organization-endpoints';
import { requirePermissionsBoundary } from './catalog/require-permissions-boundary';
import { requireRdsEncryption } from './catalog/require-rds-encryption';
import { requireStrongTls } from './catalog/require-strong-tls';
import { requireTagsOnCreation } from './catalog/require-tags-on-creation';
import { requireTls } from './catalog/require-tls';
import { requireTrustedWebIdentities } from './catalog/require-trusted-web-identities';
import { sealPermissionsBoundary } from './catalog/seal-permissions-boundary';
import { standardizeTags } from './catalog/standardize-tags';
import { tidyBuckets } from './catalog/tidy-buckets';
import { Control } from './control';
import {
  BackupPlanOptions, BuyerOptions, EndpointOptions, HubOptions, ImageOptions, InstanceTypeOptions, InternetBlockOptions, KeyDeletionOptions, LogProtectionOptions, PerimeterOptions,
  PermissionsBoundaryOptions, PlatformNamesOptions, ServiceOptions, TagOptions, TagPolicyOptions, TlsOptions, WebIdentityOptions,
} from './control-options';

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
  public static denyUnapprovedPurchases(options?: BuyerOptions): Control {
    return denyUnapprovedPurchases(options);
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
  public static protectKeysFromDeletion(options?: KeyDeletionOptions): Control {
    return protectKeysFromDeletion(options);
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

  /** LZ.IAM.3: identity providers change only through the platform. */
  public static protectIdentityProviders(): Control {
    return protectIdentityProviders();
  }

  /** LZ.IAM.4: IAM Roles Anywhere trusts what the platform chose. */
  public static protectTrustAnchors(): Control {
    return protectTrustAnchors();
  }

  /** LZ.IAM.5: password policy, account alias and MFA devices stay. */
  public static protectSignIn(): Control {
    return protectSignIn();
  }

  /** LZ.IAM.6: roles of IAM Identity Center are its own. */
  public static protectIdentityCenterRoles(): Control {
    return protectIdentityCenterRoles();
  }

  /** LZ.IAM.7: one IAM Identity Center, that of the organization. */
  public static denyIdentityCenterInstances(): Control {
    return denyIdentityCenterInstances();
  }

  /** LZ.IAM.8: no federation tokens that outlive their user's key. */
  public static denyFederationTokens(): Control {
    return denyFederationTokens();
  }

  /** LZ.IAM.9: no tokens for services outside AWS. */
  public static denyOutboundFederation(): Control {
    return denyOutboundFederation();
  }

  /** LZ.IAM.10: roles and users are made with a permissions boundary. */
  public static requirePermissionsBoundary(options?: PermissionsBoundaryOptions): Control {
    return requirePermissionsBoundary(options);
  }

  /** LZ.IAM.11: service-linked roles of the organization's services stay. */
  public static protectServiceLinkedRoles(): Control {
    return protectServiceLinkedRoles();
  }

  /** LZ.ROOT.2: privileged root sessions are opened by the platform alone. */
  public static protectRootAccess(): Control {
    return protectRootAccess();
  }

  /** LZ.ROOT.3: root users get no password and no access key. */
  public static denyRootCredentials(): Control {
    return denyRootCredentials();
  }

  /** LZ.PERIMETER.1: data is open to the organization's principals alone. */
  public static denyOutsidePrincipals(options?: PerimeterOptions): Control {
    return denyOutsidePrincipals(options);
  }

  /** LZ.PERIMETER.2: AWS services act for the organization alone. */
  public static denyConfusedDeputies(options?: PerimeterOptions): Control {
    return denyConfusedDeputies(options);
  }

  /** LZ.PERIMETER.3: data travels over TLS. */
  public static requireTls(): Control {
    return requireTls();
  }

  /** LZ.PERIMETER.4: Amazon S3 is reached by TLS 1.3 or newer. */
  public static requireModernTls(options?: TlsOptions): Control {
    return requireModernTls(options);
  }

  /** LZ.PERIMETER.5: data is written to the organization's own resources alone. */
  public static denyOutsideResources(options?: PerimeterOptions): Control {
    return denyOutsideResources(options);
  }

  /** LZ.PERIMETER.6: credentials of instances work on the organization's networks alone. */
  public static requireOrganizationEndpoints(options?: EndpointOptions): Control {
    return requireOrganizationEndpoints(options);
  }

  /** LZ.PERIMETER.7: web identities are those of the organization. */
  public static requireTrustedWebIdentities(options?: WebIdentityOptions): Control {
    return requireTrustedWebIdentities(options);
  }

  /** LZ.PERIMETER.8: no account is administered or observed from outside. */
  public static denyOutsideAdministrators(): Control {
    return denyOutsideAdministrators();
  }

  /** LZ.TRAIL.2: event data stores of CloudTrail Lake are kept. */
  public static protectEventDataStores(): Control {
    return protectEventDataStores();
  }

  /** LZ.CONFIG.2: organization rules and evaluations of AWS Config stay. */
  public static protectConfigurationData(): Control {
    return protectConfigurationData();
  }

  /** LZ.SECURITY.2: what security services look at is decided centrally. */
  public static protectDetections(): Control {
    return protectDetections();
  }

  /** LZ.LOGS.1: log groups of the platform are kept. */
  public static protectPlatformLogs(options?: PlatformNamesOptions): Control {
    return protectPlatformLogs(options);
  }

  /** LZ.LOGS.2: flow logs and DNS query logs are kept. */
  public static protectNetworkLogs(): Control {
    return protectNetworkLogs();
  }

  /** LZ.LOGS.3: log buckets of the platform are kept as they are. */
  public static protectLogBuckets(options?: PlatformNamesOptions): Control {
    return protectLogBuckets(options);
  }

  /** LZ.PLATFORM.1: rules, topics and functions of the platform are kept. */
  public static protectPlatformResources(options?: PlatformNamesOptions): Control {
    return protectPlatformResources(options);
  }

  /** LZ.PLATFORM.2: stacks of the platform are kept. */
  public static protectPlatformStacks(options?: PlatformNamesOptions): Control {
    return protectPlatformStacks(options);
  }

  /** LZ.PLATFORM.3: keys of the platform are kept. */
  public static protectPlatformKeys(options?: PlatformNamesOptions): Control {
    return protectPlatformKeys(options);
  }

  /** LZ.EC2.2: no EBS snapshot is public. */
  public static denyPublicSnapshots(): Control {
    return denyPublicSnapshots();
  }

  /** LZ.EC2.3: no machine image is made public. */
  public static denyPublicImages(): Control {
    return denyPublicImages();
  }

  /** LZ.EC2.4: instances cannot be reached by their serial console. */
  public static denySerialConsole(): Control {
    return denySerialConsole();
  }

  /** LZ.RDS.3: snapshots of databases are shared by the platform only. */
  public static denyDatabaseSnapshotSharing(): Control {
    return denyDatabaseSnapshotSharing();
  }

  /** LZ.SSM.1: the block on public Systems Manager documents stays on. */
  public static denyPublicDocuments(): Control {
    return denyPublicDocuments();
  }

  /** LZ.EMR.1: the block on public EMR clusters stays on. */
  public static keepEmrPublicAccessBlock(): Control {
    return keepEmrPublicAccessBlock();
  }

  /** LZ.ECR.1: no container image is published in the public gallery. */
  public static denyPublicRepositories(): Control {
    return denyPublicRepositories();
  }

  /** LZ.MSK.1: no Kafka broker has a public address. */
  public static denyPublicBrokers(): Control {
    return denyPublicBrokers();
  }

  /** LZ.EKS.1: Kubernetes API endpoints are private. */
  public static denyPublicKubernetesEndpoints(): Control {
    return denyPublicKubernetesEndpoints();
  }

  /** LZ.SAGEMAKER.1: notebook instances have no internet and no root of their own. */
  public static hardenNotebooks(): Control {
    return hardenNotebooks();
  }

  /** LZ.SECRETSMANAGER.1: no secret is opened to everybody or deleted without return. */
  public static protectSecrets(): Control {
    return protectSecrets();
  }

  /** LZ.SNS.1: notifications are not delivered over plain HTTP. */
  public static denyPlainHttpSubscriptions(): Control {
    return denyPlainHttpSubscriptions();
  }

  /** LZ.AI.1: AWS keeps no content of the organization to improve its AI services. */
  public static optOutOfAiTraining(): Control {
    return optOutOfAiTraining();
  }

  /** LZ.SECURITYHUB.1: Security Hub is on in every allowed Region. */
  public static enableSecurityHub(): Control {
    return enableSecurityHub();
  }

  /** LZ.INSPECTOR.1: Inspector scans instances, images and functions everywhere. */
  public static enableInspector(): Control {
    return enableInspector();
  }

  /** LZ.BACKUP.1: backups, their vaults and their plans are protected. */
  public static protectBackups(): Control {
    return protectBackups();
  }

  /** LZ.BACKUP.2: backups are copied to vaults of the organization only. */
  public static keepBackupsInOrganization(): Control {
    return keepBackupsInOrganization();
  }

  /** LZ.BILLING.2: no commitment is bought, exchanged or sold outside finance. */
  public static denyCommitments(options?: BuyerOptions): Control {
    return denyCommitments(options);
  }

  /** LZ.COST.1: nothing is started that costs a fortune while it idles. */
  public static denyExpensiveServices(): Control {
    return denyExpensiveServices();
  }

  /** LZ.SANDBOX.1: accounts for experiments stay out of the company's networks. */
  public static isolateSandboxes(): Control {
    return isolateSandboxes();
  }

  /** LZ.NETWORK.1: no way to the internet of an account's own. */
  public static denyInternetGateways(): Control {
    return denyInternetGateways();
  }

  /** LZ.NETWORK.2: networks are connected by the platform alone. */
  public static denyNetworkConnections(): Control {
    return denyNetworkConnections();
  }

  /** LZ.NETWORK.3: attachments to the shared network stay. */
  public static protectNetworkAttachments(): Control {
    return protectNetworkAttachments();
  }

  /** LZ.NETWORK.4: network firewalls stay in the way. */
  public static protectNetworkFirewall(): Control {
    return protectNetworkFirewall();
  }

  /** LZ.VPC.2: instances have no public address. */
  public static denyPublicAddresses(): Control {
    return denyPublicAddresses();
  }

  /** LZ.RAM.2: networks are shared by the platform alone. */
  public static denyNetworkSharing(): Control {
    return denyNetworkSharing();
  }

  /** LZ.DNS.1: domains and hosted zones stay with the organization. */
  public static protectDomains(): Control {
    return protectDomains();
  }

  /** LZ.DNS.2: DNS of VPCs resolves and filters as the platform set it. */
  public static protectResolver(): Control {
    return protectResolver();
  }

  /** LZ.REGION.2: Regions are switched on and off centrally. */
  public static denyRegionChanges(): Control {
    return denyRegionChanges();
  }

  /** LZ.SERVICE.1: services that nobody approved are not used. */
  public static denyUnapprovedServices(options?: ServiceOptions): Control {
    return denyUnapprovedServices(options);
  }

  /** LZ.ACCOUNT.1: contacts and address of an account stay. */
  public static protectContacts(): Control {
    return protectContacts();
  }

  /** LZ.COST.2: large and special instances are not launched. */
  public static limitInstanceTypes(options?: InstanceTypeOptions): Control {
    return limitInstanceTypes(options);
  }

  /** LZ.EC2.5: instances start from images of approved providers only. */
  public static allowImagesOf(options?: ImageOptions): Control {
    return allowImagesOf(options);
  }

  /** LZ.EC2.6: VPCs are cut off from internet gateways. */
  public static blockInternetAccess(options?: InternetBlockOptions): Control {
    return blockInternetAccess(options);
  }

  /** LZ.TAG.1: resources are tagged when they are made. */
  public static requireTagsOnCreation(options?: TagOptions): Control {
    return requireTagsOnCreation(options);
  }

  /** LZ.TAG.2: required tags are not changed or removed afterwards. */
  public static protectTags(options?: TagOptions): Control {
    return protectTags(options);
  }

  /** LZ.TAG.3: tags are spelled the same in every account. */
  public static standardizeTags(options?: TagPolicyOptions): Control {
    return standardizeTags(options);
  }

  /** LZ.BACKUP.3: whatever asks for it by its tag is backed up. */
  public static backUpByTag(options?: BackupPlanOptions): Control {
    return backUpByTag(options);
  }

  /** LZ.VPC.3: administration and databases are not open to the world. */
  public static denyOpenAdminPorts(): Control {
    return denyOpenAdminPorts();
  }

  /** LZ.VPC.4: subnets give no public addresses by themselves. */
  public static denyPublicSubnets(): Control {
    return denyPublicSubnets();
  }

  /** LZ.VPC.5: the default security group of a VPC lets nothing through. */
  public static closeDefaultSecurityGroups(): Control {
    return closeDefaultSecurityGroups();
  }

  /** LZ.VPC.6: VPCs have flow logs. */
  public static requireFlowLogs(): Control {
    return requireFlowLogs();
  }

  /** LZ.VPC.7: encryption in transit of a VPC stays as it was set. */
  public static protectVpcEncryption(): Control {
    return protectVpcEncryption();
  }

  /** LZ.NETWORK.5: no VPC joins the network by attaching itself. */
  public static denyOpenTransitGateways(): Control {
    return denyOpenTransitGateways();
  }

  /** LZ.NETWORK.6: firewalls are protected against deletion. */
  public static requireFirewallProtection(): Control {
    return requireFirewallProtection();
  }

  /** LZ.NETWORK.7: templates keep to the hub. */
  public static keepToTheHub(options?: HubOptions): Control {
    return keepToTheHub(options);
  }

  /** LZ.LOGS.4: the log archive outlasts its administrators. For its account alone. */
  public static protectLogArchive(options?: LogProtectionOptions): Control {
    return protectLogArchive(options);
  }

  /** LZ.IAM.12: the permissions boundary is neither edited nor got around. */
  public static sealPermissionsBoundary(options?: PermissionsBoundaryOptions): Control {
    return sealPermissionsBoundary(options);
  }

  /** LZ.IAM.13: trust in web identities names whom it trusts. */
  public static nameWebIdentities(): Control {
    return nameWebIdentities();
  }

  /** LZ.COST.3: every account has a budget that somebody hears of. */
  public static budgetEveryAccount(): Control {
    return budgetEveryAccount();
  }

  /** LZ.COST.4: unusual costs are noticed. */
  public static noticeUnusualCosts(): Control {
    return noticeUnusualCosts();
  }

  /** LZ.COST.5: what nobody uses is reported. */
  public static reportIdleResources(): Control {
    return reportIdleResources();
  }

  /** LZ.S3.3: buckets clear up after uploads that failed. */
  public static tidyBuckets(): Control {
    return tidyBuckets();
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
      protectIdentityProviders(),
      protectTrustAnchors(),
      protectSignIn(),
      protectIdentityCenterRoles(),
      denyIdentityCenterInstances(),
      denyFederationTokens(),
      denyOutboundFederation(),
      requirePermissionsBoundary(),
      protectServiceLinkedRoles(),
      protectRootAccess(),
      denyRootCredentials(),
      denyOutsidePrincipals(),
      denyConfusedDeputies(),
      requireTls(),
      requireModernTls(),
      denyOutsideResources(),
      requireOrganizationEndpoints(),
      requireTrustedWebIdentities(),
      denyOutsideAdministrators(),
      protectEventDataStores(),
      protectConfigurationData(),
      protectDetections(),
      protectPlatformLogs(),
      protectNetworkLogs(),
      protectLogBuckets(),
      protectPlatformResources(),
      protectPlatformStacks(),
      protectPlatformKeys(),
      denyPublicSnapshots(),
      denyPublicImages(),
      denySerialConsole(),
      denyDatabaseSnapshotSharing(),
      denyPublicDocuments(),
      keepEmrPublicAccessBlock(),
      denyPublicRepositories(),
      denyPublicBrokers(),
      denyPublicKubernetesEndpoints(),
      hardenNotebooks(),
      protectSecrets(),
      denyPlainHttpSubscriptions(),
      optOutOfAiTraining(),
      enableSecurityHub(),
      enableInspector(),
      protectBackups(),
      keepBackupsInOrganization(),
      denyCommitments(),
      denyExpensiveServices(),
      isolateSandboxes(),
      denyInternetGateways(),
      denyNetworkConnections(),
      protectNetworkAttachments(),
      protectNetworkFirewall(),
      denyPublicAddresses(),
      denyNetworkSharing(),
      protectDomains(),
      protectResolver(),
      denyRegionChanges(),
      denyUnapprovedServices(),
      protectContacts(),
      limitInstanceTypes(),
      allowImagesOf(),
      blockInternetAccess(),
      requireTagsOnCreation(),
      protectTags(),
      standardizeTags(),
      backUpByTag(),
      denyOpenAdminPorts(),
      denyPublicSubnets(),
      closeDefaultSecurityGroups(),
      requireFlowLogs(),
      protectVpcEncryption(),
      denyOpenTransitGateways(),
      requireFirewallProtection(),
      keepToTheHub(),
      protectLogArchive(),
      sealPermissionsBoundary(),
      nameWebIdentities(),
      budgetEveryAccount(),
      noticeUnusualCosts(),
      reportIdleResources(),
      tidyBuckets(),
    ];
  }

  /** The control of an id, `LZ.S3.1`; undefined when the catalogue has none. */
  public static byId(id: string): Control | undefined {
    return Controls.all().find((control) => control.id === id);
  }

  private constructor() {}
}
