import { execFileSync } from 'child_process';
import { join } from 'path';

test('a solver that knows nothing of this analysis finds the same: what can be allowed, and what cannot', () => {
  const program = join(__dirname, 'z3-problems.ts');
  const runs = process.env.LZ_RUNS ?? '520';
  const answer = JSON.parse(execFileSync(process.execPath, ['-r', 'tsx/cjs', program, runs], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], cwd: join(__dirname, '..', '..') }));
  if (process.env.LZ_RUNS) console.log(answer);
  expect([answer.disagreements, answer.first]).toEqual([0, undefined]);
  expect(answer.counts.sat + answer.counts.unsat).toBeGreaterThanOrEqual(500);
  expect(answer.counts.unsat).toBeGreaterThan(50);
}, 180_000);
