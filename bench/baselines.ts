// What baselines add to the synthesis of a zone, by the number of its accounts, in the same run.
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { build, measure } from './measure';

/** Accounts; `--short` measures few. */
const SIZES = process.argv.includes('--short') ? [50, 200] : [100, 1_000, 5_000];
const RUNS = process.argv.includes('--short') ? 1 : 3;

/** CPU that five baselines may add to the largest zone beyond what they add to the smallest, in percent of the largest zone without them. */
const GOAL = 15;

function main(): void {
  build();
  const work = mkdtempSync(join(tmpdir(), 'bench-baselines-'));
  process.stdout.write('accounts  zone CPU s  with baselines CPU s  added CPU s  zone MB  with baselines MB\n');
  const added = SIZES.map((size) => {
    const [bare, full] = (['zone', 'baselined-zone'] as const).map((kind) => measure(kind, size, 0, join(work, kind), RUNS));
    const more = full!.cpuSeconds - bare!.cpuSeconds;
    process.stdout.write([
      String(size).padStart(8), bare!.cpuSeconds.toFixed(2).padStart(10), full!.cpuSeconds.toFixed(2).padStart(20), more.toFixed(2).padStart(11),
      bare!.peakMegabytes.toFixed(0).padStart(7), full!.peakMegabytes.toFixed(0).padStart(17),
    ].join('  ') + '\n');
    return { more, bare: bare!.cpuSeconds };
  });
  rmSync(work, { recursive: true, force: true });
  const largest = added.at(-1)!;
  const growth = 100 * (largest.more - added[0]!.more) / largest.bare;
  process.stdout.write(`Baselines grow by ${growth.toFixed(0)} % of the largest zone. Goal: at most ${GOAL} %: ${growth > GOAL ? 'MISSED' : 'met'}\n`);
  if (growth > GOAL) process.exitCode = 1;
}

main();
