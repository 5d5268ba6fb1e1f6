import { App, Stack } from 'aws-cdk-lib';
import { ZoneDetectionFacts } from './zone-detection-facts';
import { AlertForwarding } from '../alerting/alert-forwarding';
import { AlertRouting, AlertRoutingOptions } from '../alerting/alert-routing';
import { AlertSource } from '../alerting/alert-source';
import { BaselineWave } from '../delivery/baseline-wave';

/** Properties of the alerts of a landing zone. */
export interface ZoneAlertsProps extends AlertRoutingOptions {
  /** Key of the account that administers security services, where alerts come together. @default 'security' */
  readonly account?: string;
  /** Units whose accounts forward what only they have, in the order of a change. @default - the root, in one wave that has the management account too */
  readonly waves?: BaselineWave[];
  /** Wave in which the management account forwards. @default - the last one */
  readonly managementAccountIn?: string;
}

/** Where sign-ins of root users and calls of global services are, in the partition of most. */
const GLOBAL_REGION = 'us-east-1';

/**
 * Routing in the home Region of the account that administers; from its other Regions, and from its default bus, what it has of all accounts; and from each account and Region, what only they have.
 * Forwarders name the bus by its ARN, which is known, so that nothing is exported between stacks.
 */
export function addAlerts(app: App, facts: Pick<ZoneDetectionFacts, 'organization' | 'name' | 'homeRegion' | 'allowedRegions' | 'partition' | 'baselines'>, props: ZoneAlertsProps): AlertRouting {
  const { organization, name, homeRegion, allowedRegions, partition } = facts;
  const { account: accountKey = 'security', waves = [{ name: 'all', units: [organization.root] }], sources = AlertSource.standard(), routes } = props;
  const { accountId } = organization.account(accountKey);
  const busName = 'landing-zone-alerts';
  const busArn = `arn:${partition}:events:${homeRegion}:${accountId}:event-bus/${busName}`;
  const administered = sources.filter(({ _facts }) => _facts.arrives === 'administrator');
  const everywhere = sources.filter(({ _facts }) => _facts.arrives === 'every account');
  const stackIn = (region: string) => {
    const stackName = `${name}-Alerts-${region}`;
    return new Stack(app, stackName, { stackName, description: 'Alerts of all accounts', terminationProtection: true, env: { account: accountId, region } });
  };
  const home = stackIn(homeRegion);
  const routing = new AlertRouting(home, 'Alerts', { routes, sources, busName, organizationId: organization._literalId });
  if (administered.length > 0) {
    const forwarding = new AlertForwarding(home, 'Forwarding', { busArn, sources: administered });
    forwarding.node.addDependency(routing);
    for (const region of allowedRegions.filter((one) => one !== homeRegion)) {
      const stack = stackIn(region);
      stack.addStackDependency(home, 'The bus of alerts');
      new AlertForwarding(stack, 'Forwarding', { busArn, sources: administered });
    }
  }
  if (everywhere.length > 0) {
    const baseline = facts.baselines.addBaseline('Alerts', {
      waves,
      managementAccountIn: props.managementAccountIn ?? waves.at(-1)?.name,
      regions: [...new Set([homeRegion, ...allowedRegions, ...partition === 'aws' ? [GLOBAL_REGION] : []])],
      content: { define: (stack) => { new AlertForwarding(stack, 'Forwarding', { busArn, sources: everywhere }); } },
    });
    for (const stack of baseline.stacks) stack.addStackDependency(home, 'The bus of alerts');
  }
  return routing;
}
