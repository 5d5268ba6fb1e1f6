import { ensureSpecification } from './specification';
import ownTemporaryFolder from '../own-temporary-folder';

/** Once before all files, which run side by side. */
export default function beforeAllFiles(): void {
  ownTemporaryFolder();
  ensureSpecification();
}
