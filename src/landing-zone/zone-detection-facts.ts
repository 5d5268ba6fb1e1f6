import { ZoneBaselineProps } from './zone-baseline';
import { ZoneFacts } from './zone-network';
import { Baseline } from '../delivery/baseline';
import { LogArchive } from '../logging/log-archive';

/** What the detection of a zone is made in. */
export interface ZoneDetectionFacts extends ZoneFacts {
  readonly allowedRegions: readonly string[];
  /** The log archive of the home Region. Fails where there is none. */
  readonly archive: () => LogArchive;
  readonly addBaseline: (id: string, props: ZoneBaselineProps) => Baseline;
}
