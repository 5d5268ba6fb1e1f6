import { IZoneBaselines } from './zone-detection-facts';
import { ZoneFacts } from './zone-network';
import { IControlGroup } from '../controls/control-group';
import { PlatformPrincipals } from '../controls/platform-principals';

/** Where controls are enabled on accounts. */
export interface IAccountControls {
  /** Enables controls on one account. */
  enableOnAccount(accountKey: string, ...groups: IControlGroup[]): void;
}

/** What the logging of a zone is made in. */
export interface ZoneLoggingFacts extends ZoneFacts {
  /** Regions of the zone. */
  readonly allowedRegions: string[];
  /** Principals that no guardrail may stop. */
  readonly platform: PlatformPrincipals;
  /** Where its baselines are added. */
  readonly baselines: IZoneBaselines;
  /** Where the controls that keep the archive are enabled. */
  readonly controls: IAccountControls;
}
