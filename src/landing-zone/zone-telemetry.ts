import { App } from 'aws-cdk-lib';
import { DetectionStacks } from './detection-stacks';
import { stackReader } from './stack-reader';
import { ZoneLoggingFacts } from './zone-logging-facts';
import { Baseline } from '../delivery/baseline';
import { BaselineInput } from '../delivery/baseline-input';
import { BaselineWave } from '../delivery/baseline-wave';
import { stackPart } from '../delivery/stack-part';
import { LogGroupFilter } from '../logging/log-group-filter';
import { Telemetry } from '../logging/telemetry';
import { sharingProblems } from '../logging/telemetry-limits';
import { TelemetryLink } from '../logging/telemetry-link';
import { TelemetrySink } from '../logging/telemetry-sink';
import { InputError } from '../model/input-error';

/** Properties of what accounts of a landing zone share with a monitoring account. */
export interface ZoneTelemetryProps {
  /** Key of the monitoring account. @default 'security' */
  readonly account?: string;
  /** What accounts share. @default Telemetry.standard() */
  readonly telemetry?: Telemetry[];
  /** Which log groups are shared, where log groups are. @default LogGroupFilter.all() */
  readonly logGroups?: LogGroupFilter;
  /** Units whose accounts share, in the order of a change. @default - the root, in one wave that has the management account too */
  readonly waves?: BaselineWave[];
  /** Wave in which the management account shares. @default - the last one */
  readonly managementAccountIn?: string;
}

/** Waves of a baseline that names none. */
export function telemetryWaves({ organization }: ZoneLoggingFacts, { waves }: ZoneTelemetryProps): BaselineWave[] {
  return waves ?? [{ name: 'all', units: [organization.root] }];
}

/** A sink in each Region of the monitoring account, and a link to it in each other account, by a baseline that reads the sinks' ARNs when it is deployed. */
export function addTelemetry(app: App, facts: ZoneLoggingFacts, props: ZoneTelemetryProps): Baseline {
  const { organization, name } = facts;
  const { account: key = 'security', telemetry = Telemetry.standard(), logGroups } = props;
  const problems = sharingProblems(telemetry, logGroups);
  if (problems.length > 0) throw new InputError(`zone.logging.shareTelemetry: ${problems.join('; ')}`);
  const stacks = new DetectionStacks(app, facts);
  const waves = telemetryWaves(facts, props);
  const account = organization.account(key);
  const sinks = stacks.regions.map((region) => {
    const stack = stacks.in(account, `TelemetrySink-${stackPart(key)}`, region, 'Where accounts share metrics, logs and traces to');
    return [region, new TelemetrySink(stack, 'Sink', { sinkName: `landing-zone-${name.toLowerCase()}`, organizationId: organization._literalId, telemetry }).sinkArn] as const;
  });
  const baseline = facts.baselines.addBaseline(`Telemetry-${stackPart(key)}`, {
    waves,
    managementAccountIn: props.managementAccountIn ?? waves.at(-1)?.name,
    regions: stacks.regions,
    inputs: { Sink: BaselineInput.perRegion(Object.fromEntries(sinks)) },
    content: { define: (stack) => { new TelemetryLink(stack, 'Link', { sinkArn: stack.input('Sink'), monitoringAccountId: account.accountId, telemetry, logGroups }); } },
  });
  const reader = stackReader(app, facts, account.accountId);
  for (const stack of baseline.stacks) stack.addStackDependency(reader, 'It reads the ARNs of sinks');
  return baseline;
}
