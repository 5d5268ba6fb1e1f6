import { Duration } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { BackupFrequency, ResilienceStandard, ResilienceTier } from '../../src';
import { BackupTimes, worstCaseLoss } from '../../src/resilience/worst-case-loss';

const times = fc.record({ interval: fc.integer({ min: 1, max: 300 }), startWindow: fc.integer({ min: 0, max: 100 }), completionWindow: fc.integer({ min: 0, max: 100 }) });

/** Minutes between what the newest finished backup holds and the failure; each backup begins and ends when it likes within its windows. */
function lost({ interval }: BackupTimes, jobs: readonly { readonly late: number; readonly takes: number }[], failure: number): number | undefined {
  const begun = jobs.map(({ late, takes }, at) => ({ holds: at * interval + late, there: at * interval + late + takes })).filter(({ there }) => there < failure);
  return begun.length === 0 ? undefined : failure - Math.max(...begun.map(({ holds }) => holds));
}

test('whenever backups begin and end within their windows, and whenever the failure is, no more is lost than that', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(times, fc.array(fc.tuple(share, share), { minLength: 2, maxLength: 12 }), share, (of, shares, when) => {
    const jobs = shares.map(([late, takes]) => ({ late: late * of.startWindow, takes: takes * of.completionWindow }));
    const loss = lost(of, jobs, when * jobs.length * of.interval);
    expect(loss ?? 0).toBeLessThanOrEqual(worstCaseLoss(of) + 1e-6);
  }));
});

test('it can come to that: the first at once, the second as late and as long as it may', () => {
  fc.assert(fc.property(times, (of) => {
    const jobs = [{ late: 0, takes: 0 }, { late: of.startWindow, takes: of.completionWindow }];
    expect(lost(of, jobs, of.interval + of.startWindow + of.completionWindow)).toBe(worstCaseLoss(of));
  }));
});

test('the usual promises are kept by their own schedules, and each tier by the next one\'s measure', () => {
  const { tiers } = new ResilienceStandard();
  expect(tiers.map(({ tier, rto, rpo, worstCaseLoss: loss, frequency }) => [tier, rto.toHumanString(), rpo.toHumanString(), loss.toHours(), frequency.expression])).toEqual([
    ['1', '1 hour', '15 minutes', 4, 'cron(0 0/1 ? * * *)'],
    ['2', '4 hours', '8 hours', 8, 'cron(0 0/4 ? * * *)'],
    ['3', '1 day', '1 day 12 hours', 32, 'cron(0 3 ? * * *)'],
    ['4', '3 days', '8 days', 178, 'cron(0 3 ? * SUN *)'],
  ]);
});

test('what is given replaces the usual of that tier, and nothing else', () => {
  const usual = new ResilienceStandard();
  const own = new ResilienceStandard({ tiers: [{ tier: ResilienceTier.TIER_3, rpo: Duration.hours(16), frequency: BackupFrequency.everyHours(8), rto: undefined }] });
  expect(own.of(ResilienceTier.TIER_3)).toMatchObject({ multiAz: true, copyToAccount: true });
  expect(own.of(ResilienceTier.TIER_3).worstCaseLoss.toHours()).toBe(16);
  expect(own.of(ResilienceTier.TIER_3).rto.toHours()).toBe(24);
  expect(own.of(ResilienceTier.TIER_1)).toEqual(usual.of(ResilienceTier.TIER_1));
});

test('a promise that the schedule cannot keep fails with the numbers, and with all other mistakes', () => {
  const wrong = () => new ResilienceStandard({
    tiers: [
      { tier: ResilienceTier.TIER_1, rpo: Duration.minutes(5), startWindow: Duration.minutes(30) },
      { tier: ResilienceTier.TIER_2, rpo: Duration.hours(7) },
      { tier: ResilienceTier.TIER_3, retention: Duration.hours(31), rto: Duration.hours(100) },
      { tier: ResilienceTier.TIER_4, completionWindow: Duration.hours(2) },
      { tier: ResilienceTier.TIER_4, retention: Duration.days(7) },
    ],
  });
  expect(wrong).toThrow(`ResilienceStandard has 8 problems
  tier 4 is given twice
  tier 1: startWindow is 30 minutes: 60 or more whole minutes are expected, as AWS takes no less
  tier 1: rpo is 5 minutes, and continuous backups of S3 lose up to 15 minutes
  tier 2: rpo is 7 hours, and its backups lose up to 8 hours: one every 4 hours, begun up to 1 hour late, taking up to 3 hours. Promise 8 hours, back up more often, or continuously
  tier 3: retention is 1.2916666666666667 days: 1 to 36,500 whole days are expected
  tier 3: retention is 1.2916666666666667 days, and from one backup to the next 32 hours may pass: there would be times without any
  tier 4: completionWindow is 120 minutes: 180 or more whole minutes are expected, an hour more than startWindow, so that a backup that begins last can end
  tier 3 has an rto of 100 hours, and tier 4, which demands less, 3 days`);
});

test('a schedule that is refused, or accepted, by one minute', () => {
  const of = (rpo: Duration) => () => new ResilienceStandard({ tiers: [{ tier: ResilienceTier.TIER_2, rpo }] });
  expect(of(Duration.minutes(480))).not.toThrow();
  expect(of(Duration.minutes(479))).toThrow('rpo is 479 minutes, and its backups lose up to 8 hours');
});

test('frequencies divide the day', () => {
  expect([1, 2, 3, 4, 6, 8, 12].map((hours) => BackupFrequency.everyHours(hours).interval.toHours())).toEqual([1, 2, 3, 4, 6, 8, 12]);
  for (const hours of [0, 5, 24, 1.5]) expect(() => BackupFrequency.everyHours(hours)).toThrow('which divide a day');
  expect(() => BackupFrequency.daily(24)).toThrow('0 to 23');
  expect(() => BackupFrequency.weekly('Sunday')).toThrow('Expected: SUN, MON');
});
