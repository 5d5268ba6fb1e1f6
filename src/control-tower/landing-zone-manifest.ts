import { LandingZoneSettings } from './landing-zone-settings';

/** Ids of the accounts of the service integrations; those of backups where there are backups. */
export interface IntegrationAccountIds {
  readonly logArchive: string;
  readonly security: string;
  readonly backupAdmin?: string;
  readonly backupVault?: string;
}

/**
 * The manifest of a landing zone 4.0: each service integration says whether it is enabled, and one that is not says nothing else.
 * https://docs.aws.amazon.com/controltower/latest/userguide/landing-zone-schemas.html#lz-4-0-schema and lz-api-launch.html (read 2026-11-23)
 */
export function landingZoneManifest(settings: LandingZoneSettings, governedRegions: readonly string[], ids: IntegrationAccountIds): object {
  const { trail, config, securityRoles, identityCenter, backup, trailKeyArn, configKeyArn } = settings;
  const buckets = (kmsKeyArn?: string) => ({
    loggingBucket: { retentionDays: settings.logRetentionDays },
    accessLoggingBucket: { retentionDays: settings.accessLogRetentionDays },
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
  });
  return {
    accessManagement: { enabled: identityCenter },
    backup: {
      enabled: backup !== undefined,
      ...(backup && { configurations: { backupAdmin: { accountId: ids.backupAdmin }, centralBackup: { accountId: ids.backupVault }, kmsKeyArn: backup.keyArn } }),
    },
    centralizedLogging: { enabled: trail, ...(trail && { accountId: ids.logArchive, configurations: buckets(trailKeyArn) }) },
    config: { enabled: config, ...(config && { accountId: ids.security, configurations: buckets(configKeyArn) }) },
    governedRegions: [...governedRegions],
    securityRoles: { enabled: securityRoles, ...(securityRoles && { accountId: ids.security }) },
  };
}
