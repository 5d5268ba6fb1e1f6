import { ZoneDetection } from './zone-detection';
import { ZoneLogging } from './zone-logging';
import { ZoneFacts } from './zone-network';
import { PlatformPrincipals } from '../controls/platform-principals';

/** What the part of a zone that lives with AWS Control Tower is made in. */
export interface ZoneControlTowerFacts extends ZoneFacts {
  /** Regions of the zone. */
  readonly allowedRegions: string[];
  /** Principals that no guardrail may stop. */
  readonly platform: PlatformPrincipals;
  /** Has the organization trail, or has not. */
  readonly logging: ZoneLogging;
  /** Has AWS Config, or has not. */
  readonly detection: ZoneDetection;
}
