import { MOST_CONTINUOUS_DAYS } from './continuous-recovery';
import { TierPromise } from './tier-options';

/** Days that a lock lets backups be kept, so that it refuses none that the tiers ask for: continuous ones are kept for 35 days at most. */
export function retentionBounds(tiers: readonly TierPromise[]): { readonly min: number; readonly max: number } {
  const days = tiers.flatMap(({ retention, continuous }) => [retention.toDays(), ...(continuous ? [Math.min(MOST_CONTINUOUS_DAYS, retention.toDays())] : [])]);
  return { min: Math.min(...days), max: Math.max(...days) };
}
