import type { CheckReport } from './check';
import { exceptionInWords } from './exceptions-view';
import { Finding } from '../compliance/checks/check-result';
import { Origin } from '../model/organization-model';

/** A finding of a check or of synthesis, as machines list it. */
interface Listed {
  readonly check: string;
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly origins: readonly Origin[];
}

/**
 * The findings in SARIF 2.1.0, which code hosts show beside the changed lines.
 * Format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (read 2026-11-23).
 */
export function checkSarif(report: CheckReport): object {
  const findings = listed(report);
  const exceptions = report.product?.exceptions;
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'landing-zone', informationUri: 'https://github.com/cdk-landing-zone/cdk-landing-zone', rules: rules.map((id) => ({ id })) } },
      results: findings.map(({ rule, severity, message, origins }) => ({
        ruleId: rule, ruleIndex: rules.indexOf(rule), level: severity, message: { text: message }, ...(origins.length > 0 ? { locations: origins.map(locationOf) } : {}),
      })),
      // As results with suppressions, GitHub would show them as open alerts (https://github.com/github/codeql-action/issues/1230, read 2026-11-23).
      ...(exceptions ? { properties: { exceptions: exceptions.map(({ rule, reason, origins }) => ({ ruleId: rule, justification: reason, locations: origins.map(locationOf) })) } } : {}),
    }],
  };
}

function locationOf({ place, stack, logicalId, constructPath, template }: Origin): object {
  const name = constructPath ?? (logicalId !== undefined ? `${stack ?? ''}/${logicalId}` : undefined);
  const uri = place?.file ?? template;
  return {
    ...(uri !== undefined ? {
      physicalLocation: {
        artifactLocation: { uri: uri.replace(/\\/g, '/') },
        ...(place?.line !== undefined ? { region: { startLine: place.line, ...(place.column !== undefined ? { startColumn: place.column } : {}) } } : {}),
      },
    } : {}),
    ...(name !== undefined ? { logicalLocations: [{ fullyQualifiedName: name }] } : {}),
  };
}

/** The checks as test cases in the JUnit format that test reports are read in: one that found an error has failed. */
export function checkJunit(report: CheckReport): string {
  const findings = listed(report);
  const exceptions = (report.product?.exceptions ?? []).map(exceptionInWords);
  const titles = [...report.results.map(({ title }) => title), ...(report.synthesis?.reports ?? []).map(({ plugin }) => plugin)];
  const cases = titles.map((title) => {
    const own = findings.filter(({ check }) => check === title);
    const failures = own.filter(({ severity }) => severity === 'error').map(({ rule, message }) => `      <failure type="${xml(rule)}" message="${xml(message)}"/>`);
    const warnings = own.filter(({ severity }) => severity === 'warning').map(({ rule, message }) => `warning ${rule}: ${message}`);
    const further = [...own.filter(({ severity }) => severity === 'error').slice(1).map(({ rule, message }) => `error ${rule}: ${message}`), ...warnings, ...(title === 'Exceptions' ? exceptions : [])];
    const inner = [...failures.slice(0, 1), ...(further.length > 0 ? [`      <system-out>${xml(further.join('\n'))}</system-out>`] : [])];
    const head = `    <testcase classname="landing-zone" name="${xml(title)}"`;
    return { hasFailed: failures.length > 0, text: inner.length === 0 ? `${head}/>` : [`${head}>`, ...inner, '    </testcase>'].join('\n') };
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="landing-zone check ${xml(report.name)}" tests="${cases.length}" failures="${cases.filter(({ hasFailed }) => hasFailed).length}" errors="0">`,
    ...cases.map(({ text }) => text),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

function listed({ results, synthesis }: CheckReport): Listed[] {
  const text = ({ message, hint, details }: Finding) => [message, ...details ?? [], ...(hint !== '' ? [hint] : [])].join('\n');
  return [
    ...results.flatMap(({ title, findings }) => findings.map((finding) => ({
      check: title, rule: finding.rule, severity: finding.severity, message: text(finding), origins: finding.origins,
    }))),
    ...(synthesis?.reports ?? []).flatMap(({ plugin, violations }) => violations.map(({ rule, severity, message, constructs }) => ({
      check: plugin, rule, severity: severity === 'warning' ? 'warning' as const : 'error' as const, message, origins: constructs.map((constructPath) => ({ constructPath })),
    }))),
  ];
}

/** Without what no XML may hold. */
function xml(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/\n/g, '&#10;');
}
