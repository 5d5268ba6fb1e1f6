import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** Gives a test run a folder for temporary files, which its processes inherit: each app that is made leaves an assembly behind. */
export default function ownTemporaryFolder(): void {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'landing-zone-tests-'));
}
