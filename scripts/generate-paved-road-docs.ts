/**
 * Writes docs/paved-road/defaults.md: each default of the paved road, why, and its control.
 *
 *   npx tsx scripts/generate-paved-road-docs.ts            writes it
 *   npx tsx scripts/generate-paved-road-docs.ts --check    fails when it differs
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { ROAD_DEFAULTS } from '../src/paved-road/defaults/all';

export const DEFAULTS_PAGE = join(__dirname, '..', 'docs', 'paved-road', 'defaults.md');

/** The page as it should be. */
export function defaultsPage(): string {
  const row = ({ id, type, control, why }: (typeof ROAD_DEFAULTS)[number]) => `| \`${id}\` | ${type} | ${control === undefined ? '–' : `\`${control}\``} | ${why} |`;
  return [
    '# Defaults of the paved road',
    '',
    'What a resource gets where its author said nothing, whether an L2 construct made it or an L1. `npx tsx scripts/generate-paved-road-docs.ts` writes this page. Encryption, permissions boundary and tags come on top:',
    '[the paved road](../paved-road.md).',
    '',
    '| Default | Resource | Control | Why |',
    '|---|---|---|---|',
    ...ROAD_DEFAULTS.map(row),
    '',
    'Do without one: `PavedRoad.optOut(bucket, { rule: \'s3.versioning\', reason: \'Files are derived, and made again each night\' })`. `rule` is a default, or a control for all defaults that serve it.',
    '',
  ].join('\n');
}

function main(): void {
  const page = defaultsPage();
  if (process.argv.includes('--check')) {
    if (existsSync(DEFAULTS_PAGE) && readFileSync(DEFAULTS_PAGE, 'utf8') === page) return;
    process.stderr.write('docs/paved-road/defaults.md differs from the code. Run: npx tsx scripts/generate-paved-road-docs.ts\n');
    process.exitCode = 1;
    return;
  }
  mkdirSync(dirname(DEFAULTS_PAGE), { recursive: true });
  writeFileSync(DEFAULTS_PAGE, page);
}

if (require.main === module) main();
