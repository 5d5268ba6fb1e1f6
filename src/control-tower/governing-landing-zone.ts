import { CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import { CfnLandingZone } from 'aws-cdk-lib/aws-controltower';
import { Construct } from 'constructs';
import { LANDING_ZONE_VERSION } from './control-tower-facts';
import { ControlTowerRoles, ControlTowerRolesProps } from './control-tower-roles';
import { IntegrationAccountIds, landingZoneManifest } from './landing-zone-manifest';
import { LandingZoneSettings } from './landing-zone-settings';

/** What a landing zone of AWS Control Tower is created with. */
export interface GoverningLandingZoneProps extends Omit<ControlTowerRolesProps, 'identityCenter'> {
  readonly settings: LandingZoneSettings;
  readonly governedRegions: readonly string[];
  readonly accountIds: IntegrationAccountIds;
}

/**
 * The landing zone of AWS Control Tower, in the management account and the home Region, after its roles.
 *
 * It is retained when it leaves the template: to delete one decommissions it, which cannot be taken back (https://docs.aws.amazon.com/controltower/latest/userguide/decommission-landing-zone.html, read 2026-11-23).
 */
export class GoverningLandingZone extends Construct {
  public readonly arn: string;
  public readonly resource: CfnResource;

  public constructor(scope: Construct, id: string, props: GoverningLandingZoneProps) {
    super(scope, id);
    const { settings } = props;
    const roles = new ControlTowerRoles(this, 'Roles', { ...props, identityCenter: settings.identityCenter });
    const landingZone = new CfnLandingZone(this, 'Resource', {
      version: LANDING_ZONE_VERSION,
      manifest: landingZoneManifest(settings, props.governedRegions, props.accountIds),
      // Accounts that come into an enrolled unit are enrolled, and those that move get the controls of their new unit.
      remediationTypes: settings.automaticEnrollment ? ['INHERITANCE_DRIFT'] : undefined,
    });
    landingZone.applyRemovalPolicy(RemovalPolicy.RETAIN);
    for (const role of roles.resources) landingZone.addResourceDependency(role);
    this.resource = landingZone;
    this.arn = landingZone.attrArn;
  }
}
