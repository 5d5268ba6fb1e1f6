import { BACKUP_ROLE, CENTRAL_VAULT_NAME, VAULT_NAME } from './backup-names';
import { MOST_CONTINUOUS_DAYS } from './continuous-recovery';
import { TierPromise } from './tier-options';

/** Where backups of an organization are made and copied to. */
export interface BackupPlaces {
  /** `aws`. */
  readonly partition: string;
  /** Regions in which resources are backed up, the first one being the home Region. */
  readonly regions: readonly string[];
  /** Id of the account that copies go to. */
  readonly centralAccountId: string;
  /** Tag by which resources say their tier. */
  readonly tagKey: string;
}

const assign = (value: string | string[]) => ({ '@@assign': value });

/**
 * Backup policy of a tier: a plan for each Region, since a copy names the Region that it goes to, and AWS has a variable for the account only.
 *
 * A copy to another Region stays in its account, a copy to the other account in its Region: not all types can be copied to both in one step. Continuous backups have a rule of their own and no copies.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html (read 2026-11-23)
 */
export function backupPolicy(promise: TierPromise, places: BackupPlaces): { readonly plans: { readonly [name: string]: any } } {
  const { tier, copyToAccount, copyToRegion } = promise;
  const { regions } = places;
  const groups = copyToAccount || copyToRegion ? regions.map((region) => [region]) : [regions];
  return {
    plans: Object.fromEntries(groups.map((group) => [group.length === 1 ? `LandingZone-Tier${tier}-${group[0]}` : `LandingZone-Tier${tier}`, {
      regions: assign([...group]),
      rules: {
        Scheduled: { ...rule(promise, promise.retention.toDays(), promise.frequency.expression), ...copies(promise, group[0]!, places) },
        ...(promise.continuous ? {
          Continuous: { ...rule(promise, Math.min(MOST_CONTINUOUS_DAYS, promise.retention.toDays()), 'cron(30 2 ? * * *)'), enable_continuous_backup: assign('true') },
        } : {}),
      },
      selections: {
        tags: {
          Tier: { iam_role_arn: assign(`arn:${places.partition}:iam::$account:role/${BACKUP_ROLE}`), tag_key: assign(places.tagKey), tag_value: assign([tier]) },
        },
      },
    }])),
  };
}

/** Where the copy of a Region goes: home, and from there to the next one. */
export function copyRegionOf(region: string, regions: readonly string[]): string | undefined {
  return region === regions[0] ? regions[1] : regions[0];
}

function rule({ startWindow, completionWindow }: TierPromise, days: number, schedule: string) {
  return {
    schedule_expression: assign(schedule),
    start_backup_window_minutes: assign(String(startWindow.toMinutes())),
    complete_backup_window_minutes: assign(String(completionWindow.toMinutes())),
    target_backup_vault_name: assign(VAULT_NAME),
    lifecycle: { delete_after_days: assign(String(days)) },
  };
}

function copies({ copyToAccount, copyToRegion, retention }: TierPromise, region: string, { partition, regions, centralAccountId }: BackupPlaces) {
  const targets = [
    ...(copyToRegion ? [`arn:${partition}:backup:${copyRegionOf(region, regions)}:$account:backup-vault:${VAULT_NAME}`] : []),
    ...(copyToAccount ? [`arn:${partition}:backup:${region}:${centralAccountId}:backup-vault:${CENTRAL_VAULT_NAME}`] : []),
  ];
  if (targets.length === 0) return {};
  return { copy_actions: Object.fromEntries(targets.map((arn) => [arn, { target_backup_vault_arn: assign(arn), lifecycle: { delete_after_days: assign(String(retention.toDays())) } }])) };
}
