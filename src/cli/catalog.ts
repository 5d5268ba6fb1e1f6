import { catalogBackstage } from './catalog-backstage';
import { catalogText, pathText } from './catalog-views';
import { EXIT, Terminal } from './terminal';
import { nearest } from '../analysis/nearest';
import { CatalogPath, goldenPaths } from '../model/golden-path-catalog';
import { InputError } from '../model/input-error';

/** Options of `landing-zone catalog`. */
export interface CatalogOptions {
  readonly format: string;
}

/** Lists the golden paths of this version, or says all of one. */
export function catalog(name: string | undefined, options: CatalogOptions, terminal: Terminal): number {
  const paths = name === undefined ? goldenPaths() : [goldenPath(name)];
  switch (options.format) {
    case 'json': terminal.print(JSON.stringify({ version: 1, paths }, undefined, 2)); break;
    case 'backstage': terminal.print(catalogBackstage(paths).trimEnd()); break;
    default: terminal.print(name === undefined ? catalogText(paths, terminal) : pathText(paths[0]!, terminal));
  }
  return EXIT.clean;
}

/** A golden path by the name of its construct or of its page. Fails with the nearest name. */
export function goldenPath(name: string): CatalogPath {
  const found = goldenPaths().find((path) => path.name === name || path.id === name);
  if (found) return found;
  const names = goldenPaths().map((path) => path.name);
  const near = nearest(name, names);
  throw new InputError(`There is no golden path "${name}". ${near !== undefined ? `Did you mean "${near}"?` : `There are ${names.join(', ')}`}`);
}
