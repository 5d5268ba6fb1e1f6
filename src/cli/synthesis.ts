import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { Accepted } from '../compliance/checks/exceptions';
import { readAssembly } from '../model/assembly/read-assembly';

/** What one validation plugin reported while the assembly was synthesized. */
export interface PluginReport {
  readonly plugin: string;
  readonly errors: number;
  readonly warnings: number;
  readonly violations: readonly { readonly rule: string; readonly severity: string; readonly message: string; readonly constructs: readonly string[] }[];
  /** Findings that were acknowledged, with the reason. */
  readonly accepted: readonly Accepted[];
}

/** What synthesis left behind. */
export interface SynthesisFacts {
  readonly stacks: number;
  readonly resources: number;
  /** Whether validation ran. */
  readonly validated: boolean;
  readonly reports: readonly PluginReport[];
}

/** Plugins whose checks this command runs itself. */
const OWN = ['LandingZone proofs'];

/** Counts the assembly and reads its `validation-report.json`; plugins that found nothing and were told nothing are not in it. */
export function synthesisOf(dir: string): SynthesisFacts {
  const { templates } = readAssembly(dir);
  const file = join(dir, 'validation-report.json');
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { pluginReports: [] };
  return {
    stacks: templates.length,
    resources: templates.reduce((sum, { template }) => sum + Object.keys(template.Resources ?? {}).length, 0),
    validated: existsSync(file),
    reports: (report.pluginReports as any[]).filter(({ pluginName }) => !OWN.includes(pluginName)).map((plugin) => {
      const violations = (plugin.violations as any[]).map((violation) => ({
        rule: String(violation.ruleName),
        severity: String(violation.severity ?? 'error'),
        message: String(violation.description),
        constructs: constructsOf(violation),
      }));
      const accepted = ((plugin.suppressedViolations ?? []) as any[]).map((one): Accepted => ({ rule: String(one.ruleName), reason: String(one.reason ?? ''), constructs: constructsOf(one) }));
      const warnings = violations.filter(({ severity }) => ['warning', 'info', 'informational'].includes(severity)).length;
      return { plugin: String(plugin.pluginName), errors: violations.length - warnings, warnings, violations, accepted };
    }),
  };
}

function constructsOf({ violatingConstructs = [] }: any): string[] {
  return (violatingConstructs as any[]).map(({ constructPath }) => String(constructPath ?? ''));
}
