import type { CheckReport } from './check';
import { exceptionInWords, exceptionsJson } from './exceptions-view';
import { SynthesisFacts } from './synthesis';
import { Terminal } from './terminal';
import { treeText } from './tree-view';
import { CheckResult, Finding } from '../compliance/checks/check-result';

const WIDTH = 100;

/** The report as JSON; `schema/check.schema.json` documents it. */
export function checkJson(report: CheckReport): object {
  const { model, product, synthesis } = report;
  return {
    version: 1,
    success: report.success,
    source: report.name,
    ...(model ? {
      organization: {
        id: model.data.organizationId,
        units: model.units.length - 1,
        accounts: model.accounts.length,
        placeholders: model.accounts.filter(({ isPlaceholder }) => isPlaceholder).map(({ key }) => key),
      },
    } : {}),
    ...(product ? { product: { accounts: product.accounts, regions: product.regions, exceptions: exceptionsJson(product.exceptions) } } : {}),
    checks: report.results.map(({ id, title, proved, findings, summary }) => ({ id, title, proved, findings: findings.length, ...(summary !== undefined ? { summary } : {}) })),
    findings: report.results.flatMap(({ findings }) => findings),
    ...(synthesis ? { synthesis } : {}),
  };
}

/** The report as a person reads it in a terminal. */
export function checkText(report: CheckReport, terminal: Terminal): string {
  const { colors } = terminal;
  const { model, product, results, synthesis } = report;
  const lines = ['', colors.bold(headline(report)), '', ...(model ? [...treeText(model), ''] : [])];
  if (synthesis) lines.push(row('Synthesized', `${count(synthesis.stacks, 'stack')}, ${count(synthesis.resources, 'resource')}`));
  if (synthesis) lines.push(row('Validated', validated(synthesis)));
  for (const result of results) lines.push(...wrapped(result.title, state(result, terminal)));
  const findings = results.flatMap((result) => result.findings);
  const violations = (synthesis?.reports ?? []).flatMap(({ plugin, violations: found }) => found.map((violation) => ({ plugin, ...violation })));
  if (findings.length + violations.length > 0) lines.push('');
  for (const finding of findings) lines.push(...findingText(finding, terminal));
  for (const { plugin, rule, severity, message, constructs } of violations) {
    lines.push(`${severity === 'warning' ? colors.yellow('warning') : colors.red('error')}  ${plugin} ${rule}: ${message}`, `    at ${constructs.join(', ')}`);
  }
  if (product && product.exceptions.length > 0) lines.push('', colors.bold('Allowed, and why:'), ...product.exceptions.map((one) => `  ${exceptionInWords(one)}`));
  lines.push('', ...(report.success ? next(report) : [colors.red(`${count(findings.filter(({ severity }) => severity === 'error').length + violations.filter(({ severity }) => severity !== 'warning').length, 'finding')} to decide. Exit 1.`)]));
  return lines.join('\n');
}

/** The report for a pull request. */
export function checkMarkdown(report: CheckReport): string {
  const findings = report.results.flatMap((result) => result.findings);
  const exceptions = report.product?.exceptions ?? [];
  const violations = report.product ? (report.synthesis?.reports ?? []).flatMap(({ violations: found }) => found) : [];
  return [
    `### ${report.success ? '✅' : '❌'} ${headline(report)}`,
    '',
    '| Check | Proved | Findings |',
    '|---|---|---|',
    ...report.results.map(({ title, proved, findings: found, summary }) => `| ${title} | ${proved > 0 || summary === undefined ? proved : ''}${proved > 0 && summary !== undefined ? ', ' : ''}${summary ?? ''} | ${found.length} |`),
    ...(report.synthesis?.reports ?? []).map(({ plugin, errors, warnings }) => `| ${plugin} | – | ${errors + warnings} |`),
    ...(findings.length > 0 ? ['', ...findings.map(({ severity, rule, message, hint }) => `- **${severity}** \`${rule}\` ${message} ${hint}`)] : []),
    ...(violations.length > 0 ? ['', ...violations.map(({ severity, rule, message, constructs }) => `- **${severity}** \`${rule}\` ${message} at ${constructs.join(', ')}`)] : []),
    ...(exceptions.length > 0 ? ['', '| Allowed | Why | Resources |', '|---|---|---:|', ...exceptions.map(({ rule, reason, origins }) => `| \`${cell(rule)}\` | ${cell(reason)} | ${origins.length} |`)] : []),
  ].join('\n');
}

/** A cell of a table must not end it. */
function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
}

function headline({ model, product, name, synthesis }: CheckReport): string {
  if (!model) {
    const places = [...product!.accounts.length > 0 ? [`to ${product!.accounts.length > 3 ? count(product!.accounts.length, 'account') : product!.accounts.join(', ')}`] : [], ...product!.regions];
    return [`${name}: a product of ${count(synthesis!.stacks, 'stack')}`, ...places].join(' · ');
  }
  const { homeRegion, allowedRegions } = model.data;
  const placeholders = model.accounts.filter(({ isPlaceholder }) => isPlaceholder).length;
  return [
    `${model.data.source}: ${count(model.accounts.length, 'account')} in ${count(model.units.length - 1, 'unit')}`,
    ...(homeRegion !== undefined ? [`home ${homeRegion}`] : []),
    ...(allowedRegions.length > 0 ? [`allowed ${allowedRegions.join(', ')}`] : []),
    ...(placeholders === 0 ? [] : [placeholders === model.accounts.length ? 'placeholder account ids' : `${count(placeholders, 'placeholder account id')}`]),
  ].join(' · ');
}

/** The report names only plugins that found or were told something. */
function validated({ validated: ran, reports }: SynthesisFacts): string {
  if (!ran) return 'not while synthesizing: the assembly has no validation-report.json';
  const found = reports.filter(({ errors, warnings }) => errors + warnings > 0);
  if (found.length === 0) return 'no violation while synthesizing';
  return found.map(({ plugin, errors, warnings }) => `${plugin} ${count(errors, 'error')}${warnings > 0 ? `, ${count(warnings, 'warning')}` : ''}`).join(' · ');
}

function state({ proved, findings, summary }: CheckResult, { colors }: Terminal): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const words = [...(proved > 0 ? [`${proved.toLocaleString('en-US')} proved`] : []), ...(summary !== undefined ? [summary] : [])];
  if (errors > 0) words.push(colors.red(count(errors, 'error')));
  if (warnings > 0) words.push(colors.yellow(count(warnings, 'warning')));
  if (words.length === 0) words.push('no finding');
  return words.join(' · ');
}

function findingText({ rule, severity, message, hint, origins, details }: Finding, { colors }: Terminal): string[] {
  const places = origins.map(({ place, stack, logicalId, constructPath }) => (place
    ? [place.file, place.line, place.column].filter((part) => part !== undefined).join(':')
    : [constructPath ?? logicalId, stack && `(${stack})`].filter(Boolean).join(' '))).filter((place) => place !== '');
  return [
    `${severity === 'error' ? colors.red('error') : colors.yellow('warning')}  ${rule}  ${message}`,
    ...(details ?? []).map((detail) => `    ${detail}`),
    ...(places.length > 0 ? [`    at ${places.slice(0, 3).join(', ')}${places.length > 3 ? ` and ${places.length - 3} more` : ''}`] : []),
    ...(hint !== '' ? [`    ${hint}`] : []),
  ];
}

function next({ model, results, source }: CheckReport): string[] {
  if (!model) return ['Ask it something:', `  npx landing-zone cost ${source}`, `  npx landing-zone check ${source} --base main/cdk.out   what a change replaces`];
  const depth = (path: string) => path.split('/').length;
  const account = [...model.accounts].filter(({ isManagement }) => !isManagement).sort((a, b) => depth(b.unitPath) - depth(a.unitPath))[0] ?? model.accounts[0];
  return [
    'Ask it something:',
    `  npx landing-zone explain ${source} --account ${account?.key ?? 'NAME'} --action cloudtrail:StopLogging`,
    ...(results.some(({ id }) => id === 'network') ? [`  npx landing-zone reach ${source} --from account:${account?.key ?? 'NAME'} --to internet --port 443`] : []),
    ...(model.accounts.some(({ isPlaceholder }) => isPlaceholder) ? ['Next: docs/getting-started.md (your own zone in 10 minutes) · deploy needs `npx landing-zone pull`, see docs/deploy.md'] : []),
  ];
}

/** Long rows break at their separators. */
function wrapped(title: string, text: string): string[] {
  const parts = text.split(' · ');
  const lines: string[] = [];
  let line = parts[0]!;
  for (const part of parts.slice(1)) {
    if (line.length + part.length > WIDTH) {
      lines.push(line);
      line = part;
    } else {
      line += ` · ${part}`;
    }
  }
  return [...lines, line].map((content, index) => row(index === 0 ? title : '', content));
}

function row(title: string, text: string): string {
  return `${title.padEnd(22)}${text}`;
}

function count(n: number, noun: string): string {
  return `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;
}
