import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { build, countOf, fingerprint, measure } from './measure';

/** Sizes of zones; `--short` leaves the largest out. */
const SIZES = process.argv.includes('--short') ? [10, 100] : [10, 100, 1000];
const RUNS = process.argv.includes('--short') ? 1 : 3;
const GOAL = { ratio: 2, megabytes: 500 };

function main(): void {
  build();
  const work = mkdtempSync(join(tmpdir(), 'bench-'));
  let missed = false;
  process.stdout.write('accounts  templates  resources  zone CPU s  floor CPU s  ratio  zone MB  floor MB  identical\n');
  for (const size of SIZES) {
    const zone = measure('zone', size, 0, join(work, 'zone'), RUNS);
    const { templates, resources } = countOf(join(work, 'zone'));
    const once = fingerprint(join(work, 'zone'));
    measure('zone', size, 0, join(work, 'zone'), RUNS);
    const identical = once === fingerprint(join(work, 'zone'));
    const floor = measure('floor', resources, templates, join(work, 'floor'), RUNS);
    const ratio = zone.cpuSeconds / floor.cpuSeconds;
    missed ||= !identical || (size === 1000 && (ratio > GOAL.ratio || zone.peakMegabytes > GOAL.megabytes));
    process.stdout.write([
      String(size).padStart(8), String(templates).padStart(9), String(resources).padStart(9), zone.cpuSeconds.toFixed(2).padStart(10),
      floor.cpuSeconds.toFixed(2).padStart(11), ratio.toFixed(2).padStart(5), zone.peakMegabytes.toFixed(0).padStart(7), floor.peakMegabytes.toFixed(0).padStart(8),
      String(identical).padStart(9),
    ].join('  ') + '\n');
  }
  rmSync(work, { recursive: true, force: true });
  const judged = SIZES.includes(1000) ? `identical, and at 1,000 accounts at most ${GOAL.ratio} x the floor's CPU and ${GOAL.megabytes} MB` : 'identical (1,000 accounts not measured)';
  process.stdout.write(`Goal: ${judged}: ${missed ? 'MISSED' : 'met'}\n`);
  if (missed) process.exitCode = 1;
}

main();
