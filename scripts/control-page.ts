import { PolicyStatementJson } from '../src/analysis/policy-document';
import { Control, ControlRequest } from '../src/controls/control';
import { ControlSet } from '../src/controls/control-set';
import { Controls } from '../src/controls/controls';
import { Framework } from '../src/controls/framework';
import { PreventiveMechanism } from '../src/controls/mechanism';
import { PlatformPrincipals } from '../src/controls/platform-principals';
import { PLATFORM_ROLE } from '../src/controls/proof-principals';
import { fill, renderRequest, renderStatements, ZoneValues } from '../src/controls/render';
import { policyType } from '../src/model/policy-types';

/** The zone's values as a reader understands them in a statement. */
const READABLE: ZoneValues = {
  organizationId: '<organization id>',
  managementAccountId: '<management account id>',
  partition: 'aws',
  homeRegion: '<home Region>',
  allowedRegions: ['<allowed Regions>'],
  platformPrincipalArns: ['<platform principals>'],
};

/** Realistic values, for sizes. */
const TYPICAL: ZoneValues = {
  ...READABLE,
  organizationId: 'o-example123',
  managementAccountId: '111122223333',
  homeRegion: 'eu-west-1',
  allowedRegions: ['eu-west-1', 'us-east-1'],
  platformPrincipalArns: PlatformPrincipals.standard().arnPatterns(),
};

const FRAMEWORKS = [Framework.CIS_AWS, Framework.NIST_800_53, Framework.PCI_DSS, Framework.ISO_27001, Framework.SOC_2];

const GENERATED = '<!-- Generated from src/controls/catalog by scripts/generate-control-docs.ts. Change the control, not this page. -->\n';

/** The page of one control. */
export function controlPage(control: Control): string {
  return [
    GENERATED,
    `# ${control.id} · ${control.title}\n`,
    `Severity **${control.severity}** · ${setsOf(control)} · [all controls](README.md)\n`,
    control.description + '\n',
    '## Mechanisms\n',
    ...preventive(control),
    ...section('### Default: new resources come out compliant', control.defaults.map(({ effect }) => effect)),
    ...section('### Proactive: synthesis fails', control.proactive.map(({ objective }) => `\`LandingZone::${control.id}\`: ${objective}`)),
    ...section('### Detective: AWS reports what exists', control.detective.map(({ service, identifier }) => `${service} \`${identifier}\``)),
    ...absent(control),
    '## Proof\n',
    control.proof.denies.length > 0 ? 'Checked at every synth in every account that the control reaches.\n'
      : 'It denies no request, so there is none to prove. A test holds its content to AWS\'s syntax.\n',
    ...section('Denied, whatever else the request holds:', control.proof.denies.map(sentence)),
    ...section('Left alone:', control.proof.allows.map(sentence)),
    '## Frameworks\n',
    table(['Framework', 'Edition', 'Requirements'], control.frameworks.map(({ framework, requirements }) => [
      `[${framework.name}](${framework.url})`, framework.edition, requirements.join(', '),
    ])),
    ...controlTower(control),
    '## Enable\n',
    enable(control),
    '## Opt out\n',
    ...optOut(control),
    ...section('## Sources', control.sources.map(linked)),
  ].join('\n').trimEnd() + '\n';
}

/** The table of all controls. */
export function controlIndex(controls: readonly Control[]): string {
  return [
    GENERATED,
    '# Controls\n',
    'One objective each, reached by up to four mechanisms. ✓ means that the control has it; a page says what it does, proves and maps to.\n',
    table(['Control', 'Objective', 'Severity', 'Preventive', 'Default', 'Proactive', 'Detective', ...FRAMEWORKS.map(({ name, edition }) => `${name} ${edition}`),
      'AWS Control Tower'],
    controls.map((control) => [
      `[${control.id}](${control.id}.md)`,
      control.title,
      control.severity,
      [...new Set(control.preventive.map((mechanism) => policyType(mechanism.policyType)!.label))].join(', '),
      ...[control.defaults, control.proactive, control.detective].map((mechanisms) => (mechanisms.length > 0 ? '✓' : '')),
      ...FRAMEWORKS.map((framework) => control.frameworks.find((mapping) => mapping.framework === framework)?.requirements.join(', ') ?? ''),
      control.controlTower.join(', '),
    ])),
    '## Control sets\n',
    table(['Set', 'Controls, in order'], ControlSet.names().map((name) => [
      `\`${name}\``, ControlSet.byName(name)!.controls.map(({ id }) => `[${id}](${id}.md)`).join(', '),
    ])),
    'A framework column lists requirements that the control serves, not requirements that it fulfils alone. Where AWS publishes a mapping of the same check, that mapping is used;',
    'else the text of the requirement. Each page names which. The last column names the nearest controls of AWS Control Tower, where there are any.',
  ].join('\n') + '\n';
}

function setsOf(control: Control): string {
  const sets = ControlSet.names().filter((name) => ControlSet.byName(name)!.controls.some(({ id }) => id === control.id));
  return sets.length === 0 ? 'in no set' : `in ${sets.length === 1 ? 'the set' : 'the sets'} ${sets.map((name) => `\`${name}\``).join(', ')}`;
}

function preventive(control: Control): string[] {
  const types = [...new Set(control.preventive.map((mechanism) => mechanism.policyType))];
  return types.flatMap((type) => {
    const mechanisms = control.preventive.filter((mechanism) => mechanism.policyType === type);
    const { label, iamLanguage } = policyType(type)!;
    return [
      `### Preventive: ${label}\n`,
      ...(iamLanguage ? [exemption(control, mechanisms, type), json(compact(renderStatements(control, type, READABLE)))]
        : mechanisms.map(({ content }) => json(fill(content, READABLE)))),
    ];
  });
}

function exemption(control: Control, mechanisms: readonly PreventiveMechanism[], type: string): string {
  const bytes = renderStatements(control, type, TYPICAL).reduce((sum, statement) => sum + Buffer.byteLength(JSON.stringify(statement)), 0);
  const exempt = mechanisms.flatMap(({ statements }) => statements).every((statement) => statement.exemptPlatform ?? true);
  return `${bytes.toLocaleString('en-US')} bytes with the standard platform principals, ${exempt ? 'who are exempt' : 'whom it does not exempt'}. `
    + 'AWS exempts the management account and service-linked roles.\n';
}

/** One statement, or a list of them; lists of actions on few lines. */
function compact(statements: readonly PolicyStatementJson[]): unknown {
  return statements.length === 1 ? statements[0] : statements;
}

function json(value: unknown): string {
  const pretty = JSON.stringify(value, null, 2).replace(/\[\n\s+("[^\]]*?")\n\s+\]/g, (_, items: string) => wrap(items.split(/,\n\s+/)));
  return `\`\`\`json\n${pretty}\n\`\`\`\n`;
}

function wrap(items: readonly string[]): string {
  const lines = [''];
  for (const item of items) {
    if (lines.at(-1)!.length + item.length > 130) lines.push('');
    lines[lines.length - 1] += `${lines.at(-1) === '' ? '' : ' '}${item},`;
  }
  const text = lines.join('\n    ').replace(/,$/, '');
  return lines.length === 1 ? `[${text}]` : `[\n    ${text}\n  ]`;
}

function absent(control: Control): string[] {
  const missing = [
    ...(control.defaults.length === 0 ? ['default'] : []),
    ...(control.proactive.length === 0 ? ['proactive'] : []),
    ...(control.detective.length === 0 ? ['detective'] : []),
  ];
  return missing.length > 0 ? [`There is no ${missing.join(', no ')} mechanism that would serve this objective.\n`] : [];
}

/** A request in words. */
function sentence(request: ControlRequest): string {
  const { action, principal = 'role/any', resource, context = {} } = renderRequest(request, READABLE);
  const who = request.principal === PLATFORM_ROLE ? 'a platform principal' : principal === 'role/any' ? 'any role' : principal === 'root' ? 'the root user' : `\`${principal}\``;
  const conditions = Object.entries(context).map(([key, values]) => (values.length === 0 ? `without \`${key}\`` : `with \`${key}\` = ${values.map((value) => `\`${value}\``).join(' or ')}`));
  return [`\`${action}\` by ${who}`, ...(resource === undefined ? [] : [`on \`${resource}\``]), ...conditions].join(', ');
}

/** What an organization with AWS Control Tower may already have. */
function controlTower({ controlTower: ids }: Control): string[] {
  return ids.length === 0 ? [] : section('## AWS Control Tower\n\nNearest controls in its '
    + '[controls reference](https://docs.aws.amazon.com/controltower/latest/controlreference/controls-reference.html):', ids.map((id) => `\`${id}\``));
}

function enable(control: Control): string {
  return [
    '```ts',
    `zone.enable('${unitFor(control)}', Controls.${factoryOf(control)}());`,
    '```\n',
    'or in `organization.yaml`, at a unit or an account:\n',
    '```yaml',
    `controls: [${control.id}]`,
    '```\n',
  ].join('\n');
}

/** Where the control is usually enabled. */
function unitFor({ id }: Control): string {
  const holds = (set: ControlSet) => set.controls.some((control) => control.id === id);
  return holds(ControlSet.foundational()) ? 'Root' : holds(ControlSet.quarantine()) ? 'Suspended' : 'Workloads/Prod';
}

function factoryOf(control: Control): string {
  const factories = Controls as unknown as { [name: string]: () => Control };
  return Object.getOwnPropertyNames(Controls)
    .find((name) => typeof factories[name] === 'function' && !['all', 'byId'].includes(name) && factories[name]().id === control.id)!;
}

function optOut(control: Control): string[] {
  const exempt = control.preventive.some(({ statements }) => statements.some((statement) => statement.exemptPlatform ?? true));
  const set = ControlSet.names().find((name) => ControlSet.byName(name)!.controls.length > 1 && ControlSet.byName(name)!.controls.some(({ id }) => id === control.id));
  const ways = [
    'A policy cannot be lifted further down the tree: enable the control on the units that need it, and not above.',
    ...(set ? [`Without this control: \`ControlSet.of('${set}-open', ...ControlSet.${set}().controls.filter(({ id }) => id !== '${control.id}'))\`.`] : []),
    ...(exempt ? ['For one more principal, in every control: `PlatformPrincipals.standard().and({ name, rolePattern, needs })`, as `platformPrincipals` of the zone.'] : []),
    ...(control.defaults.length > 0 ? ['The default gives way to what the author of a resource writes.'] : []),
    ...(control.proactive.length > 0
      ? [`The rule on one resource: \`Validations.of(resource).acknowledge({ id: 'LandingZone::${control.id}', reason })\`; the reason is kept in the validation report.`] : []),
  ];
  return [...ways.map((way) => `- ${way}`), ''];
}

function linked(source: string): string {
  return source.replace(/^(https:\S+)/, '<$1>');
}

function section(heading: string, items: readonly string[]): string[] {
  return items.length > 0 ? [`${heading}\n`, ...items.map((item) => `- ${item}`), ''] : [];
}

function table(header: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n') + '\n';
}
