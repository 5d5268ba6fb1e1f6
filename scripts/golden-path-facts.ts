import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { GOLDEN_PATHS } from '../examples/golden-paths/all';
import { groupCosts } from '../src/analysis/cost/cost-groups';
import { estimateCosts } from '../src/analysis/cost/estimate';
import { Control } from '../src/controls/control';
import { Controls } from '../src/controls/controls';
import { readAssembly } from '../src/model/assembly/read-assembly';
import { costedResources } from '../src/model/cost/costed-resources';
import { priceTable } from '../src/model/cost/read-prices';
import { CatalogAlarm, CatalogCost, CatalogObjective, CatalogPath } from '../src/model/golden-path-catalog';
import { PavedRoad } from '../src/paved-road/paved-road';
import { PRODUCT, stackOf } from '../test/paved-road/golden/samples';

/** The Region whose prices the table of prices has most of. */
const REGION = 'us-east-1';

/** What the sample of a golden path becomes on the paved road: figures of its template. */
export function factsOf(name: string): Pick<CatalogPath, 'objectives' | 'alarms' | 'cost' | 'resources' | 'types' | 'controls' | 'region'> {
  const outdir = mkdtempSync(join(tmpdir(), 'catalog-'));
  try {
    const app = new App({ outdir, analyticsReporting: false });
    PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
    const stack = stackOf(app, name);
    GOLDEN_PATHS[name]!(stack);
    const region = worksAnywhere(name) ? undefined : stack.region;
    app.synth();
    const assembly = readAssembly(outdir);
    const resources = assembly.templates.flatMap((template) => Object.values<any>(template.resources));
    const types = resources.map(({ Type }) => String(Type)).sort();
    return {
      ...watchOf(resources),
      ...(region !== undefined && { region }),
      cost: costOf(estimateCosts(costedResources(assembly).map((resource) => ({ ...resource, region: REGION })), priceTable())),
      resources: resources.length,
      types: Object.fromEntries([...new Set(types)].map((type) => [type, types.filter((one) => one === type).length])),
      controls: controlsOf(app.node.findAll().filter((node): node is CfnResource => CfnResource.isCfnResource(node))),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Whether a stack of any Region takes the sample. */
function worksAnywhere(name: string): boolean {
  try {
    GOLDEN_PATHS[name]!(new Stack(new App({ analyticsReporting: false }), name));
    return true;
  } catch (error) {
    if (/region/i.test((error as Error).message)) return false;
    throw error;
  }
}

/** Objectives and alarms as alarms say them; parts of composite alarms tell nobody. */
function watchOf(resources: readonly any[]): { readonly objectives: CatalogObjective[]; readonly alarms: CatalogAlarm[] } {
  const objectives: CatalogObjective[] = [];
  const alarms: CatalogAlarm[] = [];
  const told = resources.filter(({ Type }) => /^AWS::CloudWatch::(Composite)?Alarm$/.test(Type)).map(({ Properties }) => Properties).filter(({ AlarmName }) => /-(page|ticket)$/.test(AlarmName));
  const prefix = commonPrefix(told.map(({ AlarmName }) => AlarmName));
  for (const { AlarmName, AlarmDescription } of told) {
    const [, name, urgency] = /^(.*)-(page|ticket)$/.exec(AlarmName.slice(prefix.length)) as unknown as [string, string, CatalogAlarm['urgency']];
    const budget = /\((?<target>[\d.]+) % good in (?<days>\d+) days\)/.exec(AlarmDescription)?.groups;
    if (!budget) alarms.push({ name, urgency, meaning: AlarmDescription.replace(/\.? What to do: .*$/, '') });
    else if (urgency === 'page') objectives.push({ name, target: Number(budget.target), days: Number(budget.days) });
  }
  const byName = (one: { readonly name: string }, other: { readonly name: string }) => (one.name < other.name ? -1 : 1);
  return { objectives: objectives.sort(byName), alarms: alarms.sort(byName) };
}

/** `orders-api-`: what names of all alarms begin with, up to a hyphen. */
function commonPrefix(names: readonly string[]): string {
  const parts = (names[0] ?? '').split('-');
  const lengths = parts.map((_, at) => parts.slice(0, at + 1).join('-')).filter((prefix) => names.every((name) => name.startsWith(`${prefix}-`)) && !names.some((name) => /^(page|ticket)$/.test(name.slice(prefix.length + 1))));
  return lengths.length === 0 ? '' : `${lengths.at(-1)}-`;
}

function costOf({ currency, monthly, lines, unknown }: ReturnType<typeof estimateCosts>): CatalogCost {
  const cents = (amount: number) => Math.round(amount * 100) / 100;
  return {
    region: REGION,
    currency,
    monthly: cents(monthly),
    items: groupCosts(lines, ({ item }) => item).map((group) => ({ item: group.name, count: group.count, monthly: cents(group.monthly) })),
    byUse: [...new Set(unknown.filter(({ kind }) => kind === 'by use').map(({ type }) => type))].sort(),
    notKnown: unknown.filter(({ kind }) => kind !== 'by use').map(({ type, why }) => `${type}: ${why}`).sort(),
  };
}

/** Controls with a rule that has something to say of a resource. */
function controlsOf(resources: readonly CfnResource[]): string[] {
  const asks = (control: Control) => control.proactive.some(({ rule }) => resources.some((resource) => rule.findings(resource) !== undefined));
  return Controls.all().filter(asks).map(({ id }) => id).sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}
