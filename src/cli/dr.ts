import { drJson, drMarkdown, drText } from './dr-views';
import { writeRunbooks } from './runbook/write-runbooks';
import { EXIT, Terminal } from './terminal';
import { AssemblyError, readAssembly } from '../model/assembly/read-assembly';
import { InputError } from '../model/input-error';
import { RecoveryRow, recoveryMatrix } from '../resilience/recovery-matrix';
import { ResilienceStandard } from '../resilience/resilience-standard';

/** Options of `landing-zone dr`. */
export interface DrOptions {
  /** File of tiers. @default - the usual ones */
  readonly tiers?: string;
  /** Folder to write runbooks to. @default - none are written */
  readonly runbook?: string;
  readonly format: string;
}

/** What keeps data and what becomes of it, for any view. */
export interface DrReport {
  readonly source: string;
  readonly rows: readonly RecoveryRow[];
  /** Files that were written. */
  readonly written: readonly string[];
}

/** Says how soon what keeps data is back and how much it loses, as promised and as follows from its template, and writes runbooks. Exit 1 where something promised is not there. */
export function dr(source: string, options: DrOptions, terminal: Terminal): number {
  const standard = options.tiers === undefined ? new ResilienceStandard() : ResilienceStandard.load(options.tiers);
  const rows = rowsOf(source, standard, terminal);
  const report: DrReport = { source, rows, written: options.runbook === undefined ? [] : writeRunbooks(options.runbook, rows) };
  switch (options.format) {
    case 'json': terminal.print(JSON.stringify(drJson(report), undefined, 2)); break;
    case 'markdown': terminal.print(drMarkdown(report)); break;
    default: terminal.print(drText(report, terminal));
  }
  return rows.some(({ gaps }) => gaps.length > 0) ? EXIT.violations : EXIT.clean;
}

function rowsOf(source: string, standard: ResilienceStandard, terminal: Terminal): readonly RecoveryRow[] {
  terminal.progress(`Reading ${source}`);
  try {
    return recoveryMatrix(readAssembly(source), standard);
  } catch (error) {
    if (error instanceof AssemblyError) throw new InputError(error.message);
    throw error;
  }
}
