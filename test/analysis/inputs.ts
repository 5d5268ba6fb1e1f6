import { existsSync, readdirSync, readFileSync } from 'fs';
import * as path from 'path';

/** Published policies of others, kept outside the project; tests that need them say so when they are absent. */
export const INPUTS = process.env.LZ_INPUTS ?? path.join(__dirname, '../../../shared/inputs');

export const hasInputs = existsSync(INPUTS);

/** The JSON files below a folder of the inputs, by their path in it, in order. */
export function inputFiles(folder: string): Array<{ readonly name: string; readonly text: string }> {
  if (!hasInputs) {
    return [];
  }
  const root = path.join(INPUTS, folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')).sort()
    .map((name) => ({ name, text: readFileSync(path.join(root, name), 'utf8') }));
}
