import { table } from './explain';
import { Terminal } from './terminal';
import { CatalogPath } from '../model/golden-path-catalog';

const WIDTH = 116;

/** All golden paths, a few lines each. */
export function catalogText(paths: readonly CatalogPath[], { colors }: Terminal): string {
  return [
    ...paths.flatMap((path) => [
      '', `${colors.bold(path.name)}  ${costOf(path)}${path.objectives.length > 0 ? `, ${objectivesOf(path)}` : ''}, ${path.resources} resources`,
      ...wrapped(inShort(path)).map((line) => `  ${line}`),
      ...wrapped(`needs ${path.inputs.filter(({ required }) => required).map(({ name }) => name).join(', ')}`).map((line) => colors.dim(`  ${line}`)),
    ]),
    '', 'All of one: npx landing-zone catalog NAME. A repository of one: npx landing-zone init product DIR --golden-path NAME',
  ].join('\n').trimStart();
}

/** One golden path with all that is known of it. */
export function pathText(path: CatalogPath, { colors }: Terminal): string {
  const { name, id, summary, inputs, objectives, alarms, cost, resources, types, controls, outside, sample } = path;
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', colors.bold(title), ...lines.map((line) => `  ${line}`)]);
  return [
    colors.bold(name), ...wrapped(summary),
    ...section('What goes in', table(inputs.map((input) => [input.name, input.required ? 'required' : input.default!.replace(/^-\s*/, ''), input.description]))),
    ...section('What is inside', wrapped(`${resources} resources: ${Object.entries(types).map(([type, count]) => `${count > 1 ? `${count} × ` : ''}${type}`).join(', ')}`)),
    ...section('Objectives', table(objectives.map((one) => [one.name, `${one.target} % of requests`, `in ${one.days} days`]))),
    ...section('Alarms', table(alarms.map((one) => [one.name, one.urgency, one.meaning]))),
    ...section('Base cost', [
      `${costOf(path)} in ${cost.region} while nobody uses it`,
      ...table(cost.items.map((one) => [`${one.count} ×`, one.item, one.monthly.toFixed(2)])),
      ...(cost.byUse.length > 0 ? wrapped(`by use: ${cost.byUse.join(', ')}`) : []),
      ...(cost.notKnown.length > 0 ? wrapped(`not known: ${cost.notKnown.join(', ')}`) : []),
    ]),
    ...section('Controls', wrapped(controls.join(', '))),
    ...section('Beyond its own resources', wrapped(outside.join(', '))),
    ...section('Sample', sample.split('\n')),
    '', `Its page: docs/paved-road/${id}.md. A repository of it: npx landing-zone init product DIR --golden-path ${name}`,
  ].join('\n');
}

/** The first sentence. */
export function inShort({ summary }: CatalogPath): string {
  return /^.*?[.](?=\s|$)/s.exec(summary)?.[0] ?? summary;
}

/** `at least USD 5.50 a month` where something has no price. */
export function costOf({ cost }: CatalogPath): string {
  return `${cost.notKnown.length > 0 ? 'at least ' : ''}${cost.currency} ${cost.monthly.toFixed(2)} a month`;
}

function objectivesOf({ objectives }: CatalogPath): string {
  return objectives.map(({ name, target }) => `${name} ${target} %`).join(', ');
}

/** Lines as long as a terminal is wide. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text === '' ? [] : text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
