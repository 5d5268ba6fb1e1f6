import { Control } from './control';
import { IControlGroup } from './control-group';
import { Controls } from './controls';

/**
 * A named list of controls. Its order is a promise: a new control goes to the end, so that no statement moves between policies.
 */
export class ControlSet implements IControlGroup {
  /** For the whole organization: nobody leaves it, switches its evidence off, works outside its Regions or becomes exempt. */
  public static foundational(): ControlSet {
    return new ControlSet('foundational', [
      Controls.denyLeaveOrganization(),
      Controls.denyRootUser(),
      Controls.lockRegions(),
      Controls.protectTrail(),
      Controls.protectConfig(),
      Controls.protectSecurityServices(),
      Controls.protectPlatformRoles(),
      Controls.denyExternalSharing(),
      Controls.denyUnapprovedPurchases(),
      Controls.protectIdentityCenterRoles(),
      Controls.denyIdentityCenterInstances(),
      Controls.protectServiceLinkedRoles(),
      Controls.protectRootAccess(),
      Controls.denyOutsideAdministrators(),
      Controls.protectEventDataStores(),
      Controls.protectConfigurationData(),
      Controls.protectPlatformLogs(),
      Controls.protectLogBuckets(),
      Controls.protectPlatformResources(),
      Controls.protectPlatformStacks(),
      Controls.protectPlatformKeys(),
      Controls.denyPublicSnapshots(),
      Controls.denyPublicImages(),
      Controls.denyPublicDocuments(),
      Controls.optOutOfAiTraining(),
      Controls.denyCommitments(),
      Controls.denyRegionChanges(),
      Controls.protectContacts(),
    ]);
  }

  /** For units whose accounts run software. Use it below `foundational`. */
  public static workload(): ControlSet {
    return new ControlSet('workload', [
      Controls.denyIamUsers(),
      Controls.requireImdsv2(),
      Controls.requireEbsEncryption(),
      Controls.denyPublicBuckets(),
      Controls.denyDefaultVpc(),
      Controls.requireRdsEncryption(),
      Controls.denyPublicDatabases(),
      Controls.requireEfsEncryption(),
      Controls.denyCustomerProvidedKeys(),
      Controls.protectKeysFromDeletion(),
      Controls.keepKeyRotation(),
      Controls.denyKeyLockout(),
      Controls.denyPublicFunctions(),
      Controls.protectIdentityProviders(),
      Controls.protectTrustAnchors(),
      Controls.protectSignIn(),
      Controls.denyFederationTokens(),
      Controls.denyConfusedDeputies(),
      Controls.requireTls(),
      Controls.requireTrustedWebIdentities(),
      Controls.protectDetections(),
      Controls.protectNetworkLogs(),
      Controls.keepEmrPublicAccessBlock(),
      Controls.denyPublicRepositories(),
      Controls.denyPublicBrokers(),
      Controls.protectSecrets(),
      Controls.denyPlainHttpSubscriptions(),
      Controls.protectBackups(),
      Controls.keepBackupsInOrganization(),
      Controls.denyNetworkConnections(),
      Controls.protectNetworkAttachments(),
      Controls.denyNetworkSharing(),
      Controls.protectDomains(),
      Controls.protectResolver(),
    ]);
  }

  /** For accounts to experiment in: what leaks, is taken over, costs a fortune or reaches the company is stopped, the rest is free. Use it below `foundational`. */
  public static sandbox(): ControlSet {
    return new ControlSet('sandbox', [
      Controls.denyIamUsers(),
      Controls.requireImdsv2(),
      Controls.denyPublicBuckets(),
      Controls.denyPublicDatabases(),
      Controls.denyPublicFunctions(),
      Controls.denyFederationTokens(),
      Controls.requireTls(),
      Controls.requireTrustedWebIdentities(),
      Controls.keepEmrPublicAccessBlock(),
      Controls.denyPublicRepositories(),
      Controls.denyExpensiveServices(),
      Controls.isolateSandboxes(),
      Controls.limitInstanceTypes(),
    ]);
  }

  /** What an auditor asks of accounts with regulated data; complete in itself, so it also holds where `foundational` is not at the root. */
  public static regulated(): ControlSet {
    return new ControlSet('regulated', [
      Controls.denyRootUser(),
      Controls.lockRegions(),
      Controls.protectTrail(),
      Controls.protectConfig(),
      Controls.protectSecurityServices(),
      Controls.protectPlatformRoles(),
      Controls.denyExternalSharing(),
      Controls.denyIamUsers(),
      Controls.requireImdsv2(),
      Controls.requireEbsEncryption(),
      Controls.denyPublicBuckets(),
      Controls.denyDefaultVpc(),
      Controls.requireRdsEncryption(),
      Controls.denyPublicDatabases(),
      Controls.requireEfsEncryption(),
      Controls.requireCacheEncryption(),
      Controls.denyCustomerProvidedKeys(),
      Controls.protectKeysFromDeletion(),
      Controls.keepKeyRotation(),
      Controls.denyKeyLockout(),
      Controls.requireStrongTls(),
      Controls.denyPublicFunctions(),
      Controls.protectIdentityProviders(),
      Controls.protectTrustAnchors(),
      Controls.protectSignIn(),
      Controls.protectIdentityCenterRoles(),
      Controls.denyIdentityCenterInstances(),
      Controls.denyFederationTokens(),
      Controls.denyOutboundFederation(),
      Controls.protectServiceLinkedRoles(),
      Controls.protectRootAccess(),
      Controls.denyRootCredentials(),
      Controls.denyOutsidePrincipals(),
      Controls.denyConfusedDeputies(),
      Controls.requireTls(),
      Controls.denyOutsideResources(),
      Controls.requireTrustedWebIdentities(),
      Controls.denyOutsideAdministrators(),
      Controls.protectEventDataStores(),
      Controls.protectConfigurationData(),
      Controls.protectDetections(),
      Controls.protectPlatformLogs(),
      Controls.protectNetworkLogs(),
      Controls.protectLogBuckets(),
      Controls.protectPlatformResources(),
      Controls.protectPlatformStacks(),
      Controls.protectPlatformKeys(),
      Controls.denyPublicSnapshots(),
      Controls.denyPublicImages(),
      Controls.denySerialConsole(),
      Controls.denyDatabaseSnapshotSharing(),
      Controls.denyPublicDocuments(),
      Controls.keepEmrPublicAccessBlock(),
      Controls.denyPublicRepositories(),
      Controls.denyPublicBrokers(),
      Controls.denyPublicKubernetesEndpoints(),
      Controls.hardenNotebooks(),
      Controls.protectSecrets(),
      Controls.denyPlainHttpSubscriptions(),
      Controls.optOutOfAiTraining(),
      Controls.protectBackups(),
      Controls.keepBackupsInOrganization(),
      Controls.denyInternetGateways(),
      Controls.denyNetworkConnections(),
      Controls.protectNetworkAttachments(),
      Controls.protectNetworkFirewall(),
      Controls.denyPublicAddresses(),
      Controls.denyNetworkSharing(),
      Controls.protectDomains(),
      Controls.protectResolver(),
      Controls.denyRegionChanges(),
      Controls.denyUnapprovedServices(),
      Controls.protectContacts(),
    ]);
  }

  /** For accounts before their baseline and after their end: only the platform acts. */
  public static quarantine(): ControlSet {
    return new ControlSet('quarantine', [Controls.quarantineAccounts()]);
  }

  /** The set of a name; undefined when there is none. */
  public static byName(name: string): ControlSet | undefined {
    return ControlSet.all().find((set) => set.name === name);
  }

  /** Names of the sets above, for data files. */
  public static names(): string[] {
    return ControlSet.all().map((set) => set.name);
  }

  /** A set of your own. */
  public static of(name: string, ...controls: Control[]): ControlSet {
    if (!/^[a-z][a-z0-9-]*$/.test(name)) {
      throw new Error(`Control set name "${name}" must be lower-case letters, digits and dashes, like "payments-card-data"`);
    }
    return new ControlSet(name, controls);
  }

  private static all(): ControlSet[] {
    return [ControlSet.foundational(), ControlSet.workload(), ControlSet.sandbox(), ControlSet.regulated(), ControlSet.quarantine()];
  }

  /** The set's name: its statements are packed together. */
  public readonly groupName: string;

  private constructor(
    /** `foundational`. */
    public readonly name: string,
    /** In order; append only. */
    public readonly controls: Control[],
  ) {
    this.groupName = name;
  }
}
