import { Stack } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import type { ZoneNetwork } from './zone-network';
import { DeploymentPipeline } from '../delivery/deployment-pipeline';
import { InputError } from '../model/input-error';
import { Dns } from '../network/dns';
import { NetworkHub } from '../network/network-hub';
import { AlarmRouting } from '../resilience/alarm-routing';
import { DeliveryAlarms } from '../resilience/delivery-alarms';
import { NetworkObjectives, NetworkTargets } from '../resilience/network-objectives';
import { ResolverAlarms } from '../resilience/resolver-alarms';

/** Properties of the objectives of a platform. */
export interface ZonePlatformObjectivesProps extends NetworkTargets {
  /** Address of what to do when an alarm goes off; it is in every alarm and on the dashboards. */
  readonly runbook: string;
  /** Who is told. @default AlarmRouting.byLandingZone() */
  readonly routing?: AlarmRouting;
}

/** Adds what watches each part to the part's own stack, so that nothing has to be exported. Whoever adds a part afterwards hears of it at synthesis. */
export function addPlatformObjectives(zone: Construct & { readonly network: ZoneNetwork }, { runbook, routing, ...targets }: ZonePlatformObjectivesProps): NetworkObjectives[] {
  if (zone.network.hubs.length === 0) throw new InputError('The landing zone has no network to promise anything of: add a hub with zone.addNetworkHub("Hub", { addressPlan, flowLogs }), and then its objectives');
  const parts = partsOf(zone);
  const objectives = zone.network.hubs.map((hub) => new NetworkObjectives(Stack.of(hub), 'PlatformNetwork', { ...targets, hub, runbook, routing }));
  for (const part of parts) {
    if (part instanceof Dns) new ResolverAlarms(Stack.of(part), 'PlatformDns', { dns: part, runbook, routing });
    if (part instanceof DeploymentPipeline) new DeliveryAlarms(Stack.of(part), 'PlatformDelivery', { pipeline: part, runbook, routing });
  }
  zone.node.addValidation({
    validate: () => partsOf(zone).filter((part) => !parts.includes(part)).map(({ node }) => `${node.path} was added after zone.addPlatformObjectives(), and nobody would watch it: call addPlatformObjectives last`),
  });
  return objectives;
}

/** What can be watched: hubs, DNS with endpoints, and pipelines that CodePipeline runs. */
function partsOf({ network, node }: Construct & { readonly network: ZoneNetwork }): (NetworkHub | Dns | DeploymentPipeline)[] {
  const all: IConstruct[] = node.root.node.findAll();
  return [
    ...network.hubs,
    ...all.filter((one): one is Dns => one instanceof Dns && (one.inboundEndpointId ?? one.outboundEndpointId) !== undefined),
    ...all.filter((one): one is DeploymentPipeline => one instanceof DeploymentPipeline && DeliveryAlarms._canWatch(one)),
  ];
}
