import { ZoneFacts } from './zone-network';
import { Control } from '../controls/control';
import { PlatformPrincipals } from '../controls/platform-principals';

/** What the logging of a zone is made in. */
export interface ZoneLoggingFacts extends ZoneFacts {
  readonly allowedRegions: readonly string[];
  readonly platform: PlatformPrincipals;
  /** Enables controls on an account. */
  readonly enable: (accountKey: string, controls: Control[]) => void;
}
