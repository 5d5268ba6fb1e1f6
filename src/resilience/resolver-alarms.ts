import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmRouting } from './alarm-routing';
import { ServiceHealth } from './service-health';
import { InputError } from '../model/input-error';
import { Dns } from '../network/dns';

/** Properties of what watches the endpoints of DNS. */
export interface ResolverAlarmsProps {
  /** DNS with an endpoint, in the same stack. */
  readonly dns: Dns;
  /** Address of what to do when an alarm goes off. */
  readonly runbook: string;
  /** Begins names of alarms, unique in the account and Region. @default 'platform-dns' */
  readonly serviceName?: string;
  /** Who is told. @default AlarmRouting.byLandingZone() */
  readonly routing?: AlarmRouting;
}

/**
 * Somebody hears when an endpoint between DNS of AWS and DNS on premises answers no more (page), and when one of its interfaces is out of order (ticket). No objective: AWS counts queries without charge, and not those
 * that failed. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-resolver-with-cloudwatch.html (read 2026-11-23). Fails where DNS has no endpoint.
 *
 * @example
 * declare const dns: Dns;
 * new ResolverAlarms(Stack.of(dns), 'DnsAlarms', { dns, runbook: 'https://runbooks.acme.example/dns' });
 */
export class ResolverAlarms extends Construct {
  /** Alarms and their dashboard. */
  public readonly health: ServiceHealth;

  public constructor(scope: Construct, id: string, { dns, runbook, serviceName = 'platform-dns', routing }: ResolverAlarmsProps) {
    super(scope, id);
    const endpoints = [['Inbound', dns.inboundEndpointId, 'InboundQueryVolume'], ['Outbound', dns.outboundEndpointId, 'OutboundQueryAggregateVolume']] as const;
    if (endpoints.every(([, endpointId]) => endpointId === undefined)) throw new InputError(`ResolverAlarms ${this.node.path}: ${dns.node.path} has no endpoint. Give it inbound or outbound, or leave the alarms out.`);
    this.health = new ServiceHealth(this, 'Health', { serviceName, runbook, routing });
    for (const [name, endpointId, volume] of endpoints) {
      if (endpointId === undefined) continue;
      const metric = (metricName: string, statistic: string) => new Metric({ namespace: 'AWS/Route53Resolver', metricName, dimensionsMap: { EndpointId: endpointId }, statistic, period: Duration.minutes(5) });
      this.health.addAlarm(`${name}-Down`, {
        meaning: `No interface of the ${name.toLowerCase()} resolver works`, metric: metric('EndpointHealthyENICount', 'Maximum'), threshold: 1, isMinimum: true, isUrgent: true, periods: 2,
      });
      this.health.addAlarm(`${name}-Weak`, {
        meaning: `An interface of the ${name.toLowerCase()} resolver is out of order for half an hour`, metric: metric('EndpointUnhealthyENICount', 'Minimum'), threshold: 0, periods: 6,
      });
      this.health.addGraph(`Queries, ${name.toLowerCase()}`, [metric(volume, 'Sum')]);
    }
  }
}
