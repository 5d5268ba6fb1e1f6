import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { CfnDelegatedAdmin, CfnHub } from 'aws-cdk-lib/aws-securityhub';
import { DetectionStacks } from './detection-stacks';
import { ZoneDetectionFacts } from './zone-detection-facts';
import { Controls } from '../controls/controls';
import { SecurityHubConfiguration, SecurityHubOptions } from '../detection/security-hub-configuration';
import { Organization } from '../organization/organization';

/** Properties of Security Hub in a landing zone. */
export interface ZoneSecurityHubProps extends SecurityHubOptions {
  /** Key of the account that administers it for the organization. @default 'security' */
  readonly account?: string;
  /**
   * Whether accounts have Security Hub, too, which correlates findings of all services: LZ.SECURITYHUB.1, an organization policy, at the root. Look at its price, and name its administrator in its console:
   * CloudFormation's type does that of Security Hub CSPM alone.
   *
   * @default false
   */
  readonly unified?: boolean;
}

/**
 * Security Hub CSPM for the organization, in the order that AWS needs: a hub of the administrator and of the management account in each Region; the administrator, the home Region first; then central configuration.
 */
export function addSecurityHub(stacks: DetectionStacks, facts: ZoneDetectionFacts, props: ZoneSecurityHubProps): SecurityHubConfiguration {
  const { organization, homeRegion, controls } = facts;
  const { regions } = stacks;
  const account = organization.account(props.account ?? 'security');
  organization.settings.trustService('securityhub.amazonaws.com');
  const administrators: Stack[] = [];
  for (const region of regions) {
    const own = stacks.in(account, 'SecurityHub', region, 'Security Hub CSPM of its administrator');
    hubIn(own);
    // AWS Organizations takes one change at a time, and the home Region registers the account with it.
    const management = stacks.inManagement('SecurityHub-Management', region, 'Security Hub CSPM of the management account, and who administers it', own, ...administrators.slice(-1));
    const hub = hubIn(management);
    const administrator = new CfnDelegatedAdmin(management, 'Administrator', { adminAccountId: account.accountId });
    administrator.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    administrator.addResourceDependency(hub);
    administrators.push(management);
  }
  if (props.unified ?? false) controls.enable('Root', Controls.enableSecurityHub());
  const stack = stacks.in(account, 'SecurityHub-Configuration', homeRegion, 'Security Hub CSPM of all accounts', ...administrators);
  return new SecurityHubConfiguration(stack, 'SecurityHub', {
    standards: props.standards, without: props.without, rootId: rootIdOf(organization), linkedRegions: regions.filter((region) => region !== homeRegion),
  });
}

/** Standards are the organization's to choose. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-securityhub-hub.html (read 2026-11-23) */
function hubIn(stack: Stack): CfnHub {
  const hub = new CfnHub(stack, 'Hub', { enableDefaultStandards: false, controlFindingGenerator: 'SECURITY_CONTROL' });
  hub.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  return hub;
}

/** As a literal, for a stack of another account: the existing organization's, the lock file's, or a placeholder, which goes with a placeholder as the account's id. */
function rootIdOf(organization: Organization): string {
  return Token.isUnresolved(organization.rootId) ? organization._ids.root.id : organization.rootId;
}
