import { Duration } from 'aws-cdk-lib';
import { BackupFrequency } from './backup-frequency';
import { WORST_CONTINUOUS_MINUTES } from './continuous-recovery';
import { readTiers } from './read-tiers';
import { ResilienceTier } from './resilience-tier';
import { spoken } from './spoken';
import { TierOptions, TierPromise } from './tier-options';
import { tieredTemplates } from './tiered-templates';
import { worstCaseLoss } from './worst-case-loss';
import { Control } from '../controls/control';
import { InputError } from '../model/input-error';

/** Properties of a resilience standard. */
export interface ResilienceStandardProps {
  /** What is different from the usual, tier by tier. @default - nothing */
  readonly tiers?: TierOptions[];
}

/** AWS takes no shorter one (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html, read 2026-11-23). */
const LEAST_START_WINDOW = 60;

const USUAL: readonly Omit<TierPromise, 'worstCaseLoss'>[] = [
  {
    tier: ResilienceTier.TIER_1, rto: Duration.hours(1), rpo: Duration.minutes(15), frequency: BackupFrequency.everyHours(1), startWindow: Duration.hours(1), completionWindow: Duration.hours(2),
    continuous: true, retention: Duration.days(35), copyToRegion: true, copyToAccount: true, multiAz: true, replicated: true, restoreTested: true,
  },
  {
    tier: ResilienceTier.TIER_2, rto: Duration.hours(4), rpo: Duration.hours(8), frequency: BackupFrequency.everyHours(4), startWindow: Duration.hours(1), completionWindow: Duration.hours(3),
    continuous: false, retention: Duration.days(35), copyToRegion: true, copyToAccount: true, multiAz: true, replicated: false, restoreTested: true,
  },
  {
    tier: ResilienceTier.TIER_3, rto: Duration.hours(24), rpo: Duration.hours(36), frequency: BackupFrequency.daily(), startWindow: Duration.hours(1), completionWindow: Duration.hours(7),
    continuous: false, retention: Duration.days(35), copyToRegion: false, copyToAccount: true, multiAz: true, replicated: false, restoreTested: false,
  },
  {
    tier: ResilienceTier.TIER_4, rto: Duration.hours(72), rpo: Duration.days(8), frequency: BackupFrequency.weekly(), startWindow: Duration.hours(2), completionWindow: Duration.hours(8),
    continuous: false, retention: Duration.days(35), copyToRegion: false, copyToAccount: false, multiAz: false, replicated: false, restoreTested: false,
  },
];

/**
 * How soon services are back and how much they may lose, tier by tier: declared once, and from it follow backups, their copies, and what templates are checked for. Resources say their tier by the tag
 * `resilience-tier`. Fails with all that is wrong, also where a tier promises more than its backups can give.
 *
 * @example
 * const resilience = new ResilienceStandard({ tiers: [{ tier: ResilienceTier.TIER_3, rpo: Duration.hours(16), frequency: BackupFrequency.everyHours(8) }] });
 * resilience.of(ResilienceTier.TIER_3).worstCaseLoss; // 16 hours
 */
export class ResilienceStandard {
  /** Tag by which resources say their tier. */
  public static readonly TAG_KEY = 'resilience-tier';

  /** Reads a file: what is different below `tiers`, durations as in `PT4H`; `schema/resilience.schema.json` describes it. Fails with all of its mistakes at once. */
  public static load(file: string): ResilienceStandard {
    return new ResilienceStandard({ tiers: readTiers(file) });
  }

  /** The tiers, the most demanding first. */
  public readonly tiers: TierPromise[];

  public constructor(props: ResilienceStandardProps = {}) {
    const given = props.tiers ?? [];
    this.tiers = USUAL.map((usual) => {
      const own = Object.entries(given.find(({ tier }) => tier === usual.tier) ?? {}).filter(([, value]) => value !== undefined);
      const promise = { ...usual, ...Object.fromEntries(own) as Partial<TierPromise> };
      return { ...promise, worstCaseLoss: Duration.minutes(lossOf(promise)) };
    });
    const problems = [
      ...this.tiers.filter(({ tier }) => given.filter((one) => one.tier === tier).length > 1).map(({ tier }) => `tier ${tier} is given twice`),
      ...this.tiers.flatMap(problemsOf),
      ...this.tiers.slice(1).flatMap((lower, at) => orderProblems(this.tiers[at]!, lower)),
    ];
    if (problems.length > 0) throw new InputError(`ResilienceStandard has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }

  /** What a tier promises and has. */
  public of(tier: ResilienceTier): TierPromise {
    return this.tiers.find((one) => one.tier === tier)!;
  }

  /**
   * LZ.RESILIENCE.1: what keeps data says its tier by the tag, and has what the tier promises, as far as a template says. It is in no control set: whoever declares tiers checks it.
   *
   * @example
   * const resilience = new ResilienceStandard();
   * Validations.of(app).addPlugins(new LandingZoneChecks(app, { controls: [resilience.checkTemplates()] }));
   */
  public checkTemplates(): Control {
    return tieredTemplates(this.tiers, ResilienceStandard.TAG_KEY);
  }
}

function lossOf({ frequency, startWindow, completionWindow }: Omit<TierPromise, 'worstCaseLoss'>): number {
  return worstCaseLoss({ interval: frequency.interval.toMinutes(), startWindow: minutesOf(startWindow), completionWindow: minutesOf(completionWindow) });
}

function minutesOf(duration: Duration): number {
  return duration.toMinutes({ integral: false });
}

function problemsOf(promise: TierPromise): string[] {
  const { tier, rto, rpo, frequency, startWindow, completionWindow, continuous, retention } = promise;
  const [start, completion, days] = [minutesOf(startWindow), minutesOf(completionWindow), retention.toDays({ integral: false })];
  const loss = lossOf(promise);
  const say = (problem: string) => `tier ${tier}: ${problem}`;
  const least = continuous ? WORST_CONTINUOUS_MINUTES : loss;
  return [
    ...(['rto', 'rpo'] as const).filter((name) => minutesOf({ rto, rpo }[name]) <= 0).map((name) => say(`${name} is 0: what takes no time cannot be promised`)),
    ...(Number.isInteger(start) && start >= LEAST_START_WINDOW ? [] : [say(`startWindow is ${start} minutes: ${LEAST_START_WINDOW} or more whole minutes are expected, as AWS takes no less`)]),
    ...(Number.isInteger(completion) && completion >= start + 60 ? [] : [say(`completionWindow is ${completion} minutes: ${start + 60} or more whole minutes are expected, an hour more than startWindow, so that a backup that begins last can end`)]),
    ...(Number.isInteger(days) && days >= 1 && days <= 36_500 ? [] : [say(`retention is ${days} days: 1 to 36,500 whole days are expected`)]),
    // The one before must be there until the next one is.
    ...(days * 24 * 60 < loss ? [say(`retention is ${days} days, and from one backup to the next ${spoken(loss)} may pass: there would be times without any`)] : []),
    ...(minutesOf(rpo) > 0 && minutesOf(rpo) < least ? [say(continuous
      ? `rpo is ${spoken(minutesOf(rpo))}, and continuous backups of S3 lose up to ${WORST_CONTINUOUS_MINUTES} minutes`
      : `rpo is ${spoken(minutesOf(rpo))}, and its backups lose up to ${spoken(loss)}: one every ${spoken(frequency.interval.toMinutes())}, begun up to ${spoken(start)} late, taking up to ${spoken(completion)}. `
        + `Promise ${spoken(loss)}, back up more often, or continuously`)] : []),
  ];
}

/** A tier gives at least what the next one gives. */
function orderProblems(higher: TierPromise, lower: TierPromise): string[] {
  const longer = (['rto', 'rpo'] as const).filter((name) => minutesOf(higher[name]) > minutesOf(lower[name]));
  return longer.map((name) => `tier ${higher.tier} has an ${name} of ${spoken(minutesOf(higher[name]))}, and tier ${lower.tier}, which demands less, ${spoken(minutesOf(lower[name]))}`);
}
