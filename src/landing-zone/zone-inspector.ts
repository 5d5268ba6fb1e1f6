import { CfnResource } from 'aws-cdk-lib';
import { DetectionStacks } from './detection-stacks';
import { ZoneDetectionFacts } from './zone-detection-facts';
import { Controls } from '../controls/controls';
import { DetectionSettings } from '../detection/settings/detection-settings';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { InputError } from '../model/input-error';

/** Properties of Inspector in a landing zone. */
export interface ZoneInspectorProps {
  /** Key of the account that administers it for the organization. @default 'security' */
  readonly account?: string;
  /**
   * Why LZ.INSPECTOR.1, the organization policy by which all accounts are scanned, is not enabled at the root: because units have it, or not yet, as AWS recommends to name the administrator first.
   *
   * @default - it is enabled at the root
   */
  readonly withoutPolicy?: string;
}

/**
 * Inspector for the organization: who administers it in each Region, and the organization policy by which all accounts are scanned.
 * https://docs.aws.amazon.com/inspector/latest/user/designating-admin.html (read 2026-11-23)
 */
export function addInspector(stacks: DetectionStacks, { organization, homeRegion, controls }: ZoneDetectionFacts, { account: key = 'security', withoutPolicy }: ZoneInspectorProps): void {
  if (withoutPolicy?.trim() === '') throw new InputError('zone.detection.addInspector: withoutPolicy is empty: say why the policy is not at the root');
  const account = organization.account(key);
  organization.delegate('inspector2.amazonaws.com', account);
  const stack = stacks.inManagement('Inspector-Administrator', homeRegion, 'Who administers Inspector');
  // One Region after the other: Inspector refuses two changes at a time.
  let last: CfnResource | undefined;
  for (const region of stacks.regions) {
    const next = DetectionSettings.of(stack).inspectorAdministrator(region, account.accountId).node.defaultChild as CfnResource;
    if (last) next.addResourceDependency(last);
    if (withoutPolicy !== undefined) next.addMetadata(METADATA_KEY, { withoutPolicy });
    last = next;
  }
  if (withoutPolicy === undefined) controls.enable('Root', Controls.enableInspector());
}
