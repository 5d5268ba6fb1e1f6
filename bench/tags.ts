// What a tagging standard adds to the synthesis of many accounts: defaults on every resource, and the check of each.
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { build, countOf, measure } from './measure';

/** Accounts of 20 resources; `--short` measures few. */
const SIZES = process.argv.includes('--short') ? [50] : [250, 1_000];
const RUNS = process.argv.includes('--short') ? 1 : 3;
const GOAL = 20;

function main(): void {
  build();
  const work = mkdtempSync(join(tmpdir(), 'bench-tags-'));
  let missed = false;
  process.stdout.write('accounts  resources  checked CPU s  tagged CPU s  bare CPU s  check adds %  MB  bare MB\n');
  for (const size of SIZES) {
    const checked = measure('checked-accounts', size, 0, join(work, 'checked'), RUNS);
    const tagged = measure('tagged-accounts', size, 0, join(work, 'tagged'), RUNS);
    const { resources } = countOf(join(work, 'tagged'));
    const bare = measure('accounts', size, 0, join(work, 'bare'), RUNS);
    const added = 100 * (checked.cpuSeconds / tagged.cpuSeconds - 1);
    missed ||= added > GOAL;
    process.stdout.write([
      String(size).padStart(8), String(resources).padStart(9), checked.cpuSeconds.toFixed(2).padStart(13),
      tagged.cpuSeconds.toFixed(2).padStart(12), bare.cpuSeconds.toFixed(2).padStart(10), added.toFixed(0).padStart(12),
      checked.peakMegabytes.toFixed(0).padStart(4), bare.peakMegabytes.toFixed(0).padStart(7),
    ].join('  ') + '\n');
  }
  rmSync(work, { recursive: true, force: true });
  process.stdout.write(`Goal: the check takes at most ${GOAL} % more CPU: ${missed ? 'MISSED' : 'met'}\n`);
  if (missed) process.exitCode = 1;
}

main();
