// Synthesizes every example in its own folder, offline and without credentials, and checks the assembly.
import { spawnSync } from 'child_process';
import { existsSync, readdirSync } from 'fs';
import { join } from 'path';

const root = join(__dirname, '..');
const examples = readdirSync(join(root, 'examples')).filter((name) => existsSync(join(root, 'examples', name, 'cdk.json'))).sort();
const failed: string[] = [];

for (const name of examples) {
  const cwd = join(root, 'examples', name);
  const cdk = spawnSync(join(root, 'node_modules/.bin/cdk'), ['synth', '--quiet', '--no-notices', '--no-version-reporting'], { cwd, stdio: 'inherit' });
  const check = cdk.status === 0 ? spawnSync(join(root, 'bin/landing-zone'), ['check', '--assembly', 'cdk.out'], { cwd, stdio: 'inherit' }) : cdk;
  if (check.status !== 0) failed.push(name);
}
process.stdout.write(`\nExamples: ${examples.length - failed.length} of ${examples.length} synthesized and checked${failed.length > 0 ? `; failed: ${failed.join(', ')}` : ''}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
