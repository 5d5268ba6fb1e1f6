import type { ZoneControlTower } from './zone-control-tower';
import { ZoneControlTowerFacts } from './zone-control-tower-facts';
import { EXECUTION_ROLE } from '../control-tower/control-tower-facts';
import { enrollmentProblems, shortPath } from '../control-tower/enrollment-problems';
import { accountProblems, regionProblems } from '../control-tower/landing-zone-problems';
import { overlap } from '../delivery/overlap';

/** What AWS would refuse of a zone with AWS Control Tower, and what the two would do twice. */
export function controlTowerProblems(tower: ZoneControlTower, { platform, logging, detection, allowedRegions, homeRegion }: ZoneControlTowerFacts): string[] {
  const { _options: options, _accounts: own, _enrolled: enrolled } = tower;
  const created = options._created ? [...accountProblems(own), ...regionProblems(options._created.governedRegions ?? [homeRegion], allowedRegions, homeRegion)] : [];
  return [
    ...created.map((problem) => `Control Tower: ${problem}`),
    ...enrollmentProblems(enrolled, own),
    ...(options._created?.identityCenter && options._identityCenterBaselineArn === undefined && enrolled.length > 0 ? ['Control Tower: units are enrolled with IAM Identity Center, whose baseline is there when the landing zone is. '
      + 'Deploy without units first, then give identityCenterBaselineArn from aws controltower list-enabled-baselines'] : []),
    ...(enrolled.length > 0 && !options._hasConfig ? ['Control Tower: units are enrolled, and AWS Config is not AWS Control Tower\'s: the baseline of units sets it up in their accounts. Leave config out, or enroll none'] : []),
    ...(platform.principals.some(({ rolePattern }) => rolePattern === EXECUTION_ROLE) ? []
      : [`Control Tower: guardrails would stop it, for ${EXECUTION_ROLE} is not one of the platform principals. Begin with PlatformPrincipals.standard()`]),
    ...(options._hasTrail && logging.trail ? ['Control Tower: the organization has two trails, AWS Control Tower\'s and that of zone.logging.addTrail(). Leave addTrail out, '
      + 'or give controlTower trail: false where its landing zone has no centralized logging'] : []),
    ...controlProblems(tower),
    ...(options._hasConfig ? recordedTwice(tower, detection._recordedUnits) : []),
  ];
}

/** CloudFormation's limit of resources in a stack (CloudFormation quotas, read 2026-11-22). */
const MAX_RESOURCES = 500;

function controlProblems({ _controls: controls, _enrolled: enrolled }: ZoneControlTower): string[] {
  const resources = controls.count + enrolled.length;
  return [
    ...controls.unknown.map((one) => `Control Tower: there is no control ${one}. Correct controlTower of that control`),
    ...(enrolled.length === 0 ? [] : controls.unused.map((id) => `Control Tower: proactiveControls has ${id}, which no control names that is enabled on an enrolled unit or above. Enable one, or leave it out`)),
    ...(resources > MAX_RESOURCES ? [`Control Tower: ${controls.count} controls on ${enrolled.length} units are too many for a stack, which holds ${MAX_RESOURCES} resources. `
      + 'Leave detectiveControls out, with detectiveControls: false, or enroll fewer units'] : []),
  ];
}

/**
 * An account has one recorder in a Region, and AWS Control Tower's own policy lets nobody else make it, in an enrolled unit and below.
 * https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html and
 * https://docs.aws.amazon.com/controltower/latest/controlreference/mandatory-controls.html#config-disallow-changes (read 2026-11-23)
 */
function recordedTwice({ _accounts: own, _enrolled: enrolled }: ZoneControlTower, recorded: ZoneControlTowerFacts['detection']['_recordedUnits']): string[] {
  const governed = [...new Set([...own.map(({ unit }) => unit), ...enrolled])];
  const twice = governed.filter((unit) => recorded.some((one) => overlap(one, unit))).map(shortPath);
  return twice.length === 0 ? [] : [`Control Tower: AWS Config of ${twice.join(', ')} is recorded by AWS Control Tower and by zone.detection.addConfig(), and an account has one recorder in a Region. `
    + 'Leave addConfig out, give its waves units that are not enrolled, or give controlTower config: false where its landing zone has no AWS Config'];
}
