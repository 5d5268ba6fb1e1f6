// npx tsx scripts/record-golden-paths.ts
// Writes down what golden paths promise never to replace: test/paved-road/golden/promised/*.json. What was promised is only added to; a promise is broken by hand, with a reason in the commit.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { GOLDEN_PATHS } from '../examples/golden-paths/all';
import { promisedOf } from '../test/paved-road/golden/promised';
import { sampleTemplate } from '../test/paved-road/golden/samples';

const folder = join(__dirname, '..', 'test', 'paved-road', 'golden', 'promised');
mkdirSync(folder, { recursive: true });
for (const name of Object.keys(GOLDEN_PATHS)) {
  const file = join(folder, `${name}.json`);
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  writeFileSync(file, `${JSON.stringify({ ...promisedOf(sampleTemplate(name)), ...before }, undefined, 2)}\n`);
}
