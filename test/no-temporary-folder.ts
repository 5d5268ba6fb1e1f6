import { rmSync } from 'fs';
import { basename } from 'path';

/** Takes away what `own-temporary-folder` made. */
export default function noTemporaryFolder(): void {
  const folder = process.env.TMPDIR;
  if (folder !== undefined && basename(folder).startsWith('landing-zone-tests-')) rmSync(folder, { recursive: true, force: true });
}
