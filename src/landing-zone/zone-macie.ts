import { CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnSession } from 'aws-cdk-lib/aws-macie';
import { DetectionStacks } from './detection-stacks';
import { ZoneDetectionFacts } from './zone-detection-facts';
import { DetectionSettings } from '../detection/settings/detection-settings';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { InputError } from '../model/input-error';

/** Properties of Macie in a landing zone. */
export interface ZoneMacieProps {
  /** Key of the account that administers it for the organization. @default 'security' */
  readonly account?: string;
  /** Why buckets of all accounts are not sampled for sensitive data; AWS bills that by account, object and gigabyte. @default - they are sampled */
  readonly withoutDiscovery?: string;
}

/**
 * Macie for the organization, in the order that AWS needs: sessions of the administrator and of the management account, which AWS takes as a member only where it has one; the administrator, in each Region; then all
 * members.
 */
export function addMacie(stacks: DetectionStacks, { organization, homeRegion }: ZoneDetectionFacts, { account: key = 'security', withoutDiscovery }: ZoneMacieProps): void {
  if (withoutDiscovery?.trim() === '') throw new InputError('zone.detection.addMacie: withoutDiscovery is empty: say why buckets are not sampled');
  const { regions } = stacks;
  const account = organization.account(key);
  organization.delegate('macie.amazonaws.com', account);
  const sessions = regions.flatMap((region) => [stacks.inManagement('Macie-Management', region, 'Macie of the management account'), stacks.in(account, 'Macie', region, 'Macie of its administrator')]);
  for (const stack of sessions) sessionIn(stack);
  const administration = stacks.inManagement('Macie-Administrator', homeRegion, 'Who administers Macie', ...sessions);
  const members = stacks.in(account, 'Macie-Members', homeRegion, 'Macie of all accounts', administration);
  // One Region after the other: each tells AWS Organizations, which takes one change at a time.
  let last: CfnResource | undefined;
  for (const region of regions) {
    const next = DetectionSettings.of(administration).macieAdministrator(region, account.accountId).node.defaultChild as CfnResource;
    if (last) next.addResourceDependency(last);
    last = next;
    const setting = DetectionSettings.of(members).macieOrganization(region, account.accountId, withoutDiscovery === undefined).node.defaultChild as CfnResource;
    if (withoutDiscovery !== undefined) setting.addMetadata(METADATA_KEY, { withoutDiscovery });
  }
}

function sessionIn(stack: Stack): void {
  new CfnSession(stack, 'Session', { status: 'ENABLED', findingPublishingFrequency: 'FIFTEEN_MINUTES' }).applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
}
