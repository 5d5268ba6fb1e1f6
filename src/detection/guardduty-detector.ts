import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnDetector } from 'aws-cdk-lib/aws-guardduty';
import { Construct } from 'constructs';
import { checkProtections, protectionsOf } from './guardduty-features';
import { GuardDutyOptions } from './guardduty-protection';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';

/** Properties of a detector. */
export interface GuardDutyDetectorProps extends GuardDutyOptions {
  /** Region. @default - the stack's */
  readonly region?: string;
}

/**
 * GuardDuty in one account and Region, with its protections. For the account that administers GuardDuty, which organization settings do not reach, and for accounts outside of an organization.
 *
 * An account has one detector a Region: where it has one, take it over by `cdk import`. It stays when it leaves the template, and only a failed creation takes it away again.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-guardduty-detector.html (read 2026-11-23)
 *
 * @example
 * new GuardDutyDetector(stack, 'GuardDuty', {
 *   without: [{ protection: GuardDutyProtection.EKS, reason: 'Nobody runs Kubernetes' }],
 * });
 */
export class GuardDutyDetector extends Construct {
  /** Id of the detector. */
  public readonly detectorId: string;
  /** Names of its protections that are on, as GuardDuty's API has them. */
  public readonly protections: string[];

  public constructor(scope: Construct, id: string, props: GuardDutyDetectorProps = {}) {
    super(scope, id);
    const region = props.region ?? Stack.of(this).region;
    checkProtections(props, `GuardDutyDetector ${this.node.path}`, [region]);
    const chosen = protectionsOf(props, region);
    this.protections = chosen.filter(({ isOn }) => isOn).map(({ protection }) => protection.featureName);
    const detector = new CfnDetector(this, 'Resource', {
      enable: true,
      findingPublishingFrequency: 'FIFTEEN_MINUTES',
      features: chosen.map(({ protection: { featureName, parts }, isOn }) => {
        const status = isOn ? 'ENABLED' : 'DISABLED';
        return { name: featureName, status, ...(parts.length > 0 ? { additionalConfiguration: parts.map((name) => ({ name, status })) } : {}) };
      }),
    });
    detector.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    const { without = [] } = props;
    if (without.length > 0) detector.addMetadata(METADATA_KEY, { without: Object.fromEntries(without.map(({ protection, reason }) => [protection.featureName, reason])) });
    this.detectorId = detector.attrId;
  }
}
