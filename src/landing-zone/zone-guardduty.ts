import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnDetector } from 'aws-cdk-lib/aws-guardduty';
import { DetectionStacks } from './detection-stacks';
import { ZoneDetectionFacts } from './zone-detection-facts';
import { GuardDutyDetector } from '../detection/guardduty-detector';
import { checkProtections, protectionsOf } from '../detection/guardduty-features';
import { GuardDutyOptions } from '../detection/guardduty-protection';
import { DetectionSettings } from '../detection/settings/detection-settings';

/** Properties of GuardDuty in a landing zone. */
export interface ZoneGuardDutyProps extends GuardDutyOptions {
  /** Key of the account that administers it for the organization. @default 'security' */
  readonly account?: string;
}

const GUARDDUTY = 'guardduty.amazonaws.com';

/** Scans of malware have a principal of their own. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonGuardDutyFullAccess_v2.html (read 2026-11-23) */
const MALWARE = 'malware-protection.guardduty.amazonaws.com';

/**
 * GuardDuty for the organization, in the order that AWS needs: detectors of the administrator and of the management account; the administrator, in each Region; then all members.
 *
 * The management account has a detector before it becomes a member, and the role of malware scans, without which AWS refuses that protection:
 * https://docs.aws.amazon.com/guardduty/latest/ug/add-member-accounts-guardduty-organization.html (read 2026-11-23)
 */
export function addGuardDuty(stacks: DetectionStacks, { organization, homeRegion }: ZoneDetectionFacts, props: ZoneGuardDutyProps): GuardDutyDetector[] {
  const { regions } = stacks;
  const account = organization.account(props.account ?? 'security');
  checkProtections(props, 'zone.detection.addGuardDuty', regions);
  organization.delegate(GUARDDUTY, account);
  organization.settings.trustService(MALWARE);
  const managed = regions.map((region) => {
    const stack = stacks.inManagement('GuardDuty-Management', region, 'GuardDuty of the management account');
    // Its protections are the organization's; a member does not choose them.
    new CfnDetector(stack, 'Detector', { enable: true }).applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return stack;
  });
  const detectors = regions.map((region) => {
    const stack = stacks.in(account, 'GuardDuty', region, 'GuardDuty of its administrator');
    const { without = [], also } = props;
    return { stack, detector: new GuardDutyDetector(stack, 'GuardDuty', { also, without: without.filter(({ regions: own }) => own?.includes(region) ?? true).map((one) => ({ ...one, regions: one.regions && [region] })) }) };
  });
  const administration = stacks.inManagement('GuardDuty-Administrator', homeRegion, 'Who administers GuardDuty', ...managed, ...detectors.map(({ stack }) => stack));
  const naming = DetectionSettings.of(administration);
  // One Region after the other: each tells AWS Organizations, which takes one change at a time.
  let last = naming.serviceLinkedRole(MALWARE);
  for (const region of regions) {
    const next = naming.guardDutyAdministrator(region, account.accountId);
    next.node.addDependency(last);
    last = next;
  }
  const members = stacks.in(account, 'GuardDuty-Members', homeRegion, 'GuardDuty of all accounts', administration);
  const { email } = organization.managementAccount;
  for (const region of regions) {
    DetectionSettings.of(members).guardDutyOrganization(
      region,
      protectionsOf(props, region).map(({ protection: { featureName, parts }, isOn }) => {
        const AutoEnable = isOn ? 'ALL' : 'NONE';
        return { Name: featureName, AutoEnable, ...(parts.length > 0 ? { AdditionalConfiguration: parts.map((Name) => ({ Name, AutoEnable })) } : {}) };
      }),
      [{ AccountId: organization.managementAccountId, Email: email }],
    );
  }
  return detectors.map(({ detector }) => detector);
}
