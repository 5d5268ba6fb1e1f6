import { execFileSync } from 'child_process';
import { join } from 'path';

test('a solver that knows nothing of this analysis finds the same: what can be allowed, and what cannot', () => {
  const program = join(__dirname, 'z3-problems.ts');
  const runs = Number(process.env.LZ_RUNS ?? 200);
  const answer = JSON.parse(execFileSync(process.execPath, ['-r', 'tsx/cjs', program, String(runs)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], cwd: join(__dirname, '..', '..') }));
  if (process.env.LZ_RUNS) console.log(answer);
  expect([answer.disagreements, answer.first]).toEqual([0, undefined]);
  expect(answer.counts.sat + answer.counts.unsat).toBeGreaterThanOrEqual(runs * 0.96);
  expect(answer.counts.unsat).toBeGreaterThan(runs / 12);
}, 180_000);
