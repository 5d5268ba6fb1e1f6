// What the paved road costs a product team: importing the package, beside aws-cdk-lib; and synthesizing an app of 200 resources, beside the same app without it. Both in the same run. Needs lib: npx projen compile.
import { execFileSync } from 'child_process';
import { existsSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { build, countOf, Kind, measure } from './measure';

/** Of 10 resources each: a product as the goal means it, and a large one, which shows whether cost grows with the product alone. */
const UNITS = 20;
const MANY_UNITS = 200;
const RUNS = process.argv.includes('--short') ? 5 : 15;

/** The package may take this much of CPU and memory above aws-cdk-lib, and the paved road this much of the synthesis, in percent. */
const GOAL = { milliseconds: 400, megabytes: 60, percent: 15 };

const LIB = join(__dirname, '..', 'lib');

/** One import in a process of its own: milliseconds of CPU and megabytes beyond those of aws-cdk-lib. */
function imported(used: string): { readonly milliseconds: number; readonly megabytes: number } {
  const script = `require('aws-cdk-lib').App; require('aws-cdk-lib').Stack; const cpu = process.cpuUsage(), memory = process.memoryUsage().rss; const lib = require(${JSON.stringify(LIB)}); ${used};
    const { user, system } = process.cpuUsage(cpu); process.stdout.write(JSON.stringify({ milliseconds: (user + system) / 1e3, megabytes: (process.memoryUsage().rss - memory) / 1024 ** 2 }));`;
  const runs: { milliseconds: number; megabytes: number }[] = Array.from({ length: RUNS }, () => JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: join(__dirname, '..'), encoding: 'utf8' })));
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return { milliseconds: middle(runs.map((run) => run.milliseconds)), megabytes: middle(runs.map((run) => run.megabytes)) };
}

function main(): void {
  if (!existsSync(join(LIB, 'index.js'))) {
    process.stdout.write('There is no lib/index.js to import. Run: npx projen compile\n');
    process.exitCode = 2;
    return;
  }
  const rows: [string, string][] = [['the package', ''], ['and PavedRoad', 'lib.PavedRoad'], ['and all there is', 'Object.values(lib)']];
  process.stdout.write('import              CPU ms above aws-cdk-lib   MB above\n');
  const imports = rows.map(([name, used]) => {
    const one = imported(used);
    process.stdout.write(`${name.padEnd(16)}  ${one.milliseconds.toFixed(0).padStart(26)}  ${one.megabytes.toFixed(0).padStart(9)}\n`);
    return one;
  });
  build();
  const work = mkdtempSync(join(tmpdir(), 'bench-paved-road-'));
  const kinds: [string, Kind][] = [['bare CDK', 'product'], ['paved road', 'paved-product'], ['and AwsSolutions', 'asked-product']];
  process.stdout.write('\nsynthesis         resources    CPU s   times the floor     MB\n');
  const measured = kinds.map(([name, kind]) => ({ name, ...measure(kind, UNITS, 0, join(work, kind), RUNS), ...countOf(join(work, kind)) }));
  for (const { name, resources, cpuSeconds, peakMegabytes } of measured) {
    process.stdout.write(`${name.padEnd(16)}  ${String(resources).padStart(9)}  ${cpuSeconds.toFixed(2).padStart(7)}  ${(cpuSeconds / measured[0]!.cpuSeconds).toFixed(2).padStart(16)}  ${peakMegabytes.toFixed(0).padStart(5)}\n`);
  }
  if (!process.argv.includes('--short')) {
    const [bare, paved] = (['product', 'paved-product'] as const).map((kind) => ({ ...measure(kind, MANY_UNITS, 0, join(work, kind), 3), ...countOf(join(work, kind)) }));
    process.stdout.write(`${'of 2,000'.padEnd(16)}  ${String(paved!.resources).padStart(9)}  ${paved!.cpuSeconds.toFixed(2).padStart(7)}  ${(paved!.cpuSeconds / bare!.cpuSeconds).toFixed(2).padStart(16)}  ${paved!.peakMegabytes.toFixed(0).padStart(5)}\n`);
  }
  rmSync(work, { recursive: true, force: true });
  const percent = 100 * (measured[1]!.cpuSeconds / measured[0]!.cpuSeconds - 1);
  const isMet = imports[1]!.milliseconds <= GOAL.milliseconds && imports[1]!.megabytes <= GOAL.megabytes && percent <= GOAL.percent;
  process.stdout.write(`Goal: PavedRoad imported in ${GOAL.milliseconds} ms and ${GOAL.megabytes} MB, ${GOAL.percent} % more synthesis (is ${percent.toFixed(0)} %): ${isMet ? 'met' : 'MISSED'}\n`);
}

main();
