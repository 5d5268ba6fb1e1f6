import { Place, Problem } from '../organization-definition';

/** More than anybody mends at once. */
const SHOWN = 100;

/** Problems as people read them: place, what is wrong, what to do, in columns. */
export function formatProblems(problems: readonly Problem[], file: string): string {
  const rows = problems.slice(0, SHOWN).map(({ place, message, hint }) => [placeText(place), message, hint ?? ''] as const);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return [
    `${file} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}`,
    '',
    ...rows.map(([place, message, hint]) => `  ${place.padEnd(widths[0]!)}  ${message.padEnd(Math.min(widths[1]!, 70))}  ${hint}`.trimEnd()),
    ...(problems.length > SHOWN ? [`  and ${problems.length - SHOWN} more`] : []),
  ].join('\n');
}

/** `organization.yaml:14:7` */
export function placeText({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

/** In order of file, line and column, each once. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems
    .filter((problem) => { const key = JSON.stringify(problem); return !seen.has(key) && seen.add(key); })
    .map((problem, index) => ({ problem, index }))
    .sort((a, b) => compare(a.problem.place, b.problem.place) || a.index - b.index)
    .map(({ problem }) => problem);
}

function compare(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
