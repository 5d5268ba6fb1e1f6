import { Construct } from 'constructs';
import { AlarmRouting } from '../../resilience/alarm-routing';
import { ServiceHealth } from '../../resilience/service-health';

/** What every golden path asks for. */
export interface GoldenPathOptions {
  /** `orders-api`, unique in the account and Region: names of alarms and the dashboard begin with it; letters, digits and hyphens. */
  readonly serviceName: string;
  /** Address of what to do when an alarm goes off. */
  readonly runbook: string;
  /** Who is told of alarms. @default AlarmRouting.byLandingZone() */
  readonly routing?: AlarmRouting;
}

/**
 * A whole workload that a team takes as it is: on the paved road it is private, encrypted, bounded and tagged, its roles reach its own resources alone, and it is watched.
 *
 * What is inside is public, L2 constructs of CDK: whatever a golden path does not offer is changed there.
 */
export abstract class GoldenPath extends Construct {
  /** Its objectives, alarms and dashboard; add those of the product's own. */
  public readonly health: ServiceHealth;
  /** As it was given. */
  public readonly serviceName: string;

  protected constructor(scope: Construct, id: string, { serviceName, runbook, routing }: GoldenPathOptions) {
    super(scope, id);
    this.serviceName = serviceName;
    this.health = new ServiceHealth(this, 'Health', { serviceName, runbook, routing });
  }
}
