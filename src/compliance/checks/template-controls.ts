import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CheckResult, Finding } from './check-result';
import { Control } from '../../controls/control';
import { Controls } from '../../controls/controls';
import { Severity } from '../../controls/severity';
import { optOutsOf } from '../../model/assembly/opt-outs';
import { Assembly, StackTemplate } from '../../model/assembly/read-assembly';
import { Origin } from '../../model/organization-model';

/** A finding that synthesis told already, or that was acknowledged there. */
export interface KnownFinding {
  readonly rule: string;
  readonly constructs: readonly string[];
}

/**
 * The proactive rules of all controls on the resources of templates, whether or not their app checked them while synthesizing.
 * What synthesis told is not told twice, and what was acknowledged or opted out of with a reason is an exception.
 */
export function templateControls(assembly: Assembly, known: readonly KnownFinding[]): CheckResult {
  const controls = Controls.all().filter(({ proactive }) => proactive.length > 0);
  const settled = new Set([
    ...known.flatMap(({ rule, constructs }) => constructs.map((path) => `${rule} ${path}`)),
    ...optOutsOf(assembly).filter(({ control, reason }) => control !== undefined && reason !== '').map(({ control, origin }) => `${control} ${pathOf(origin)}`),
  ]);
  const findings = new Map<string, Finding>();
  let proved = 0;
  for (const { resource, origin } of resourcesOf(assembly)) {
    for (const control of controls) {
      for (const { rule, objective } of control.proactive) {
        const found = findingsOf(() => rule.findings(resource), resource);
        if (found === undefined) continue;
        if (found.length === 0) proved++;
        if (settled.has(`${control.id} ${pathOf(origin)}`)) continue;
        for (const what of found) {
          const key = `${control.id} ${what}`;
          findings.set(key, { ...toldAs(control, what, objective), origins: [...findings.get(key)?.origins ?? [], origin] });
        }
      }
    }
  }
  return { id: 'LZ.TEMPLATE', title: 'Controls', proved, findings: [...findings.values()], summary: `${controls.length} controls on ${assembly.templates.length === 1 ? '1 template' : `${assembly.templates.length} templates`}` };
}

function toldAs({ id, title, severity }: Control, what: string, objective: string): Omit<Finding, 'origins'> {
  return { rule: id, severity: severity === Severity.LOW ? 'warning' : 'error', message: `${title}: ${what}`, hint: objective };
}

/** What a rule cannot read is not known to comply. Undefined where it does not apply. */
function findingsOf(ask: () => string[] | undefined, { cfnResourceType }: CfnResource): string[] | undefined {
  try {
    return ask();
  } catch (error) {
    return [`the rule cannot read ${cfnResourceType} (${(error as Error).message})`];
  }
}

function pathOf({ constructPath, stack, logicalId }: Origin): string {
  return constructPath ?? `${stack}/${logicalId}`;
}

/** Resources of templates as constructs again, with siblings that rules may look at. */
function resourcesOf(assembly: Assembly): { readonly resource: CfnResource; readonly origin: Origin }[] {
  const outdir = mkdtempSync(join(tmpdir(), 'landing-zone-check-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, autoSynth: false });
    return assembly.templates.flatMap((template, at) => {
      const { account, region } = template;
      const stack = new Stack(app, `Stack${at}`, { env: { ...(account !== undefined && { account }), ...(region !== undefined && { region }) } });
      return Object.entries<any>(template.resources).filter(([, { Type }]) => typeof Type === 'string').map(([logicalId, { Type, Properties }]) => {
        const resource = new CfnResource(stack, logicalId, { type: Type, properties: Properties ?? {} });
        resource.overrideLogicalId(logicalId);
        return { resource, origin: originOf(template, logicalId) };
      });
    });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function originOf(stack: StackTemplate, logicalId: string): Origin {
  const constructPath = stack.constructPathOf(logicalId);
  return { stack: stack.stackName, logicalId, template: stack.file, ...(constructPath !== undefined && { constructPath }) };
}
