import { readFileSync } from 'fs';
import { join } from 'path';
import { brotliDecompressSync } from 'zlib';
import { ActionIndex, ActionIndexJson } from '../analysis/actions/action-index';

let index: ActionIndex | undefined;

/** The index of AWS's actions that comes with the package; read when first asked for. */
export function actionIndex(): ActionIndex {
  index ??= new ActionIndex(JSON.parse(brotliDecompressSync(readFileSync(FILE)).toString()) as ActionIndexJson);
  return index;
}

const FILE = join(__dirname, '..', '..', 'assets', 'action-index', 'actions.json.br');
