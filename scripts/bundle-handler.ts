// Bundles the Lambda functions of OrganizationSettings, NetworkSettings, AccountSettings, CostAllocationTags, DetectionSettings and OptInRegions; the AWS SDK comes with the runtime. `--check` fails when a bundle is stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { buildSync } from 'esbuild';

const root = join(__dirname, '..');

/** A Lambda function of ours: where its code starts and where its bundle lies, from the root of the repository. */
export interface Bundle {
  readonly source: string;
  readonly file: string;
  /** Whether it is in templates, and therefore small. */
  readonly isInline?: boolean;
}

export const ORGANIZATION_SETTINGS: Bundle = { source: 'src/organization/settings/handler.ts', file: 'assets/organization-settings/index.js' };
export const NETWORK_SETTINGS: Bundle = { source: 'src/network/settings/handler.ts', file: 'assets/network-settings/index.js' };
export const ACCOUNT_SETTINGS: Bundle = { source: 'src/organization/account-settings/handler.ts', file: 'assets/account-settings/index.js', isInline: true };
export const COST_SETTINGS: Bundle = { source: 'src/cost/settings/handler.ts', file: 'assets/cost-settings/index.js' };
export const DETECTION_SETTINGS: Bundle = { source: 'src/detection/settings/handler.ts', file: 'assets/detection-settings/index.js' };
export const REGION_SETTINGS: Bundle = { source: 'src/organization/regions/settings/handler.ts', file: 'assets/region-settings/index.js' };

/** The bundle as it should be. */
export function bundleHandler({ source, isInline = false }: Bundle): string {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [source],
    bundle: true,
    minify: isInline,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['@aws-sdk/*'],
    write: false,
    banner: { js: `// Generated from ${source} by scripts/bundle-handler.ts. Do not edit.` },
  });
  return outputFiles[0]!.text;
}

/** Whether the file is the bundle as it should be. */
export function isFresh(bundle: Bundle): boolean {
  const file = join(root, bundle.file);
  return existsSync(file) && readFileSync(file, 'utf8') === bundleHandler(bundle);
}

if (require.main === module) {
  for (const bundle of [ORGANIZATION_SETTINGS, NETWORK_SETTINGS, ACCOUNT_SETTINGS, COST_SETTINGS, DETECTION_SETTINGS, REGION_SETTINGS]) {
    if (!process.argv.includes('--check')) {
      mkdirSync(dirname(join(root, bundle.file)), { recursive: true });
      writeFileSync(join(root, bundle.file), bundleHandler(bundle));
    } else if (!isFresh(bundle)) {
      process.stderr.write(`${bundle.file} is stale: run npx tsx scripts/bundle-handler.ts\n`);
      process.exitCode = 1;
    }
  }
}
