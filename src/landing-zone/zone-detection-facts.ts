import { ZoneBaselineProps } from './zone-baseline';
import { ZoneLogging } from './zone-logging';
import { ZoneFacts } from './zone-network';
import { IControlGroup } from '../controls/control-group';
import { Baseline } from '../delivery/baseline';

/** Where baselines are added. */
export interface IZoneBaselines {
  /** A baseline of all Regions of the zone. */
  addBaseline(id: string, props: ZoneBaselineProps): Baseline;
}

/** Where controls are enabled on units. */
export interface IUnitControls {
  /** Enables controls on a unit, `Root` or `Workloads/Prod`, for all accounts below it. */
  enable(unitPath: string, ...groups: IControlGroup[]): void;
}

/** What the detection of a zone is made in. */
export interface ZoneDetectionFacts extends ZoneFacts {
  /** Regions of the zone. */
  readonly allowedRegions: string[];
  /** Has the log archive of the home Region. */
  readonly logging: ZoneLogging;
  /** Where its baselines are added. */
  readonly baselines: IZoneBaselines;
  /** Where its controls are enabled. */
  readonly controls: IUnitControls;
}
