import { CheckOptions, CheckReport, hasFailed } from './check';
import { readAny, readProduct } from './source';
import { synthesisOf } from './synthesis';
import { Terminal } from './terminal';
import { CheckResult } from '../compliance/checks/check-result';
import { contract } from '../compliance/checks/contract';
import { deployedTo } from '../compliance/checks/deployed-to';
import { exceptionsCheck, exceptionsOf } from '../compliance/checks/exceptions';
import { replacements } from '../compliance/checks/replacements';
import { templateControls } from '../compliance/checks/template-controls';
import { publishedParameters } from '../model/assembly/published-parameters';
import { Assembly } from '../model/assembly/read-assembly';
import { InputError } from '../model/input-error';

/** Name of our controls in a validation report. */
const OWN = 'LandingZone';

/** Checks what a product has: findings of synthesis, controls on its templates, exceptions and their reasons, what a change replaces, and where it is deployed to. */
export function checkProduct(assembly: Assembly, options: CheckOptions, terminal: Terminal): CheckReport {
  const { base, zone, replace = [] } = options;
  if (assembly.templates.length === 0) throw new InputError(`${assembly.source} has no stacks: nothing to check`);
  if (replace.length > 0 && base === undefined) throw new InputError('--replace names what may be replaced since a base: give --base DIR');
  const synthesis = synthesisOf(assembly.source);
  const own = synthesis.reports.filter(({ plugin }) => plugin === OWN);
  const exceptions = exceptionsOf(assembly, synthesis.reports.flatMap(({ accepted }) => accepted));
  terminal.progress(`Checking ${synthesis.resources} resources`);
  const results: CheckResult[] = [templateControls(assembly, own.flatMap(({ accepted, violations }) => [...accepted, ...violations])), exceptionsCheck(exceptions)];
  if (base !== undefined) {
    terminal.progress(`Comparing with ${base}`);
    results.push(replacements(readProduct(base, terminal), assembly, replace));
  }
  if (zone !== undefined) {
    const source = readAny(zone, terminal);
    results.push(deployedTo(assembly, source.model));
    // An organization file says nothing of what is in accounts.
    if (source.assembly) results.push(contract(assembly, publishedParameters(source.assembly, source.model), source.model));
  }
  const named = (values: readonly (string | undefined)[]) => [...new Set(values)].filter((value) => value !== undefined).sort();
  return {
    product: { accounts: named(assembly.stacks.map(({ account }) => account)), regions: named(assembly.stacks.map(({ region }) => region)), exceptions },
    name: assembly.source,
    results,
    synthesis,
    source: `--assembly ${assembly.source}`,
    success: !hasFailed(results, synthesis),
  };
}
