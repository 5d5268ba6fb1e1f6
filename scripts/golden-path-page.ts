import { Controls } from '../src/controls/controls';
import { CatalogPath } from '../src/model/golden-path-catalog';

const GENERATED = '`npx tsx scripts/generate-catalog.ts` writes this page.';

/** The page of a golden path: everything that a team chooses by. */
export function goldenPathPage(path: CatalogPath): string {
  const { name, summary, inputs, inside, objectives, alarms, cost, resources, types, controls, outside, sample } = path;
  const titles = new Map(Controls.all().map(({ id, title }) => [id, title]));
  return [
    `# ${name}`, '',
    summary, '',
    `${GENERATED} Figures are those of the sample on [the paved road](../paved-road.md).`, '',
    '## Sample', '',
    '```ts', sample, '```', '',
    `A repository around it: \`npx landing-zone init product DIR --name NAME --owner TEAM --cost-center NUMBER --environment ENVIRONMENT --golden-path ${name}\`.`, '',
    ...(path.region === undefined ? [] : [`Its stack has to be in ${path.region}.`, '']),
    '## What goes in', '',
    '| Property | Type | Default | What it is |', '|---|---|---|---|',
    ...inputs.map(({ name: input, type, required, default: standard, description }) => `| \`${input}\` | \`${cell(type)}\` | ${required ? '**required**' : standardOf(standard!)} | ${cell(description)} |`), '',
    '## What is inside', '',
    `${resources} resources: ${Object.entries(types).map(([type, count]) => `${count > 1 ? `${count} × ` : ''}${type}`).join(', ')}.`, '',
    '| Public | Type | What it is |', '|---|---|---|',
    ...[...inside, { name: 'health', type: 'ServiceHealth', description: 'Its objectives, alarms and dashboard; add those of the product\'s own.' }].map((part) => `| \`${part.name}\` | \`${cell(part.type)}\` | ${cell(part.description)} |`), '',
    '## What is watched', '',
    ...(objectives.length > 0 ? ['| Objective | Good requests | Over |', '|---|---|---|', ...objectives.map((one) => `| ${one.name} | ${one.target} % | ${one.days} days |`), '',
      'Each objective pages when its error budget goes fast, and opens a ticket when it goes faster than it should ([how](../service-levels.md)).', ''] : ['No objectives: nobody waits for an answer.', '']),
    ...(alarms.length > 0 ? ['| Alarm | Who hears | Means |', '|---|---|---|', ...alarms.map((one) => `| ${one.name} | ${one.urgency} | ${cell(one.meaning)} |`), ''] : []),
    '## What it costs', '',
    `**${cost.notKnown.length > 0 ? 'At least ' : ''}${cost.currency} ${cost.monthly.toFixed(2)} a month** in ${cost.region} while nobody uses it${cost.items.length > 0 ? `: ${cost.items.map((one) => `${one.count} × ${one.item} ${one.monthly.toFixed(2)}`).join(', ')}` : ''}.`,
    ...(cost.byUse.length > 0 ? [`Charged by use, and not in the sum: ${cost.byUse.join(', ')}.`] : []),
    ...(cost.notKnown.length > 0 ? [`Not known, and not in the sum: ${cost.notKnown.join(', ')}.`] : []), '',
    '## What is checked', '',
    ...(controls.length > 0 ? [`${controls.length} controls look at its resources in every synthesis, beside AwsSolutions and CloudFormation's validation:`, '',
      ...controls.map((id) => `- [${id}](../controls/${id}.md) ${titles.get(id)}`)] : ['No control looks at types of its resources; AwsSolutions and CloudFormation\'s validation do.']), '',
    ...(outside.length > 0 ? [`Its roles reach what is its own, and by actions that have no narrower resource, everything: ${outside.map((action) => `\`${action}\``).join(', ')}.`]
      : ['Its roles reach what is its own, and nothing else.']), '',
  ].join('\n');
}

/** `- by classification` is words, anything else is code. */
function standardOf(standard: string): string {
  return standard.startsWith('-') ? cell(standard.replace(/^-\s*/, '')) : `\`${cell(standard)}\``;
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\s+/g, ' ').trim();
}
