// Bundles the Lambda function of OrganizationSettings; the AWS SDK comes with the runtime. `--check` fails when the bundle is stale.
import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { buildSync } from 'esbuild';

const root = join(__dirname, '..');

/** Path of the bundle. */
export const BUNDLE = join(root, 'assets', 'organization-settings', 'index.js');

/** The bundle as it should be. */
export function bundleHandler(): string {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: ['src/organization/settings/handler.ts'],
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['@aws-sdk/*'],
    write: false,
    banner: { js: '// Generated from src/organization/settings/handler.ts by scripts/bundle-handler.ts. Do not edit.' },
  });
  return outputFiles[0]!.text;
}

if (require.main === module) {
  if (process.argv.includes('--check')) {
    const isFresh = existsSync(BUNDLE) && readFileSync(BUNDLE, 'utf8') === bundleHandler();
    if (!isFresh) {
      process.stderr.write('assets/organization-settings/index.js is stale: run npx tsx scripts/bundle-handler.ts\n');
      process.exitCode = 1;
    }
  } else {
    writeFileSync(BUNDLE, bundleHandler());
  }
}
