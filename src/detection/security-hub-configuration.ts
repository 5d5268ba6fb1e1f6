import { CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnConfigurationPolicy, CfnFindingAggregator, CfnOrganizationConfiguration, CfnPolicyAssociation } from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import { SecurityHubStandard } from './security-hub-standard';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { InputError } from '../model/input-error';

/** A control of Security Hub CSPM that is switched off. */
export interface WithoutSecurityControl {
  /** Its id, the same in all standards: `IAM.6`. */
  readonly control: string;
  /** Why, for the evidence. */
  readonly reason: string;
}

/** What can be chosen of Security Hub CSPM. */
export interface SecurityHubOptions {
  /** What is looked for. @default - AWS Foundational Security Best Practices and CIS AWS Foundations Benchmark */
  readonly standards?: SecurityHubStandard[];
  /** Controls that are switched off in all accounts and Regions, each with a reason; all others of the standards are on, those that AWS adds among them. @default - none */
  readonly without?: WithoutSecurityControl[];
}

/** Properties of the configuration of Security Hub CSPM. */
export interface SecurityHubConfigurationProps extends SecurityHubOptions {
  /** Id of the organization's root, whose accounts all have it: `r-ab12`. */
  readonly rootId: string;
  /** Regions beside the stack's own that have it, and whose findings are shown here; at least one. */
  readonly linkedRegions: string[];
}

/**
 * Security Hub CSPM for the whole organization by central configuration: one policy on the root for all accounts in this and the linked Regions, the management account among them, and all findings here.
 *
 * For the account that administers Security Hub CSPM, in the home Region, once it does so in all of these Regions. An account has one of each, and all stays when it leaves the template.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/central-configuration-intro.html (read 2026-11-23)
 *
 * @example
 * new SecurityHubConfiguration(stack, 'SecurityHub', {
 *   rootId: 'r-ab12',
 *   linkedRegions: ['us-east-1'],
 *   without: [{ control: 'IAM.6', reason: 'Root users of member accounts have no credentials' }],
 * });
 */
export class SecurityHubConfiguration extends Construct {
  /** Names of the standards, as their ARNs end. */
  public readonly standardNames: string[];

  public constructor(scope: Construct, id: string, props: SecurityHubConfigurationProps) {
    super(scope, id);
    const { rootId, linkedRegions, without = [], standards = [SecurityHubStandard.FOUNDATIONAL, SecurityHubStandard.CIS] } = props;
    const { partition, region } = Stack.of(this);
    this.check(standards, props, region);
    this.standardNames = standards.map(({ standardName }) => standardName);
    const aggregator = new CfnFindingAggregator(this, 'FindingAggregator', { regionLinkingMode: 'SPECIFIED_REGIONS', regions: [...linkedRegions].sort() });
    // With central configuration both are what they are, and AWS refuses others.
    const organization = new CfnOrganizationConfiguration(this, 'Organization', { autoEnable: false, autoEnableStandards: 'NONE', configurationType: 'CENTRAL' });
    organization.addResourceDependency(aggregator);
    const policy = new CfnConfigurationPolicy(this, 'Policy', {
      name: 'landing-zone',
      description: 'Security Hub CSPM in all accounts of the landing zone',
      configurationPolicy: {
        securityHub: {
          serviceEnabled: true,
          enabledStandardIdentifiers: standards.map((standard) => standard._arnIn(partition, region)),
          securityControlsConfiguration: { disabledSecurityControlIdentifiers: without.map(({ control }) => control).sort() },
        },
      },
    });
    policy.addResourceDependency(organization);
    if (without.length > 0) policy.addMetadata(METADATA_KEY, { without: Object.fromEntries(without.map(({ control, reason }) => [control, reason])) });
    const association = new CfnPolicyAssociation(this, 'Root', { configurationPolicyId: policy.attrId, targetId: rootId, targetType: 'ROOT' });
    for (const one of [aggregator, organization, policy, association] as CfnResource[]) one.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }

  private check(standards: readonly SecurityHubStandard[], { rootId, linkedRegions, without = [] }: SecurityHubConfigurationProps, region: string): void {
    const controls = without.map(({ control }) => control);
    const names = standards.map(({ standardName }) => standardName);
    const twice = (list: readonly string[]) => list.filter((one, at) => list.indexOf(one) !== at);
    const problems = [
      ...(/^r-[0-9a-z]{4,32}$/.test(rootId) ? [] : [`rootId is "${rootId}": r- and 4 to 32 letters and digits are expected`]),
      ...(standards.length === 0 ? ['standards is empty: name at least one'] : []),
      ...twice(names).map((name) => `standard ${name} is there twice`),
      ...controls.filter((control) => !/^[A-Za-z0-9]+\.\d+$/.test(control)).map((control) => `"${control}" is no control: an id like IAM.6 is expected`),
      ...twice(controls).map((control) => `${control} is left out twice`),
      ...without.filter(({ reason }) => reason.trim() === '').map(({ control }) => `${control} is left out without a reason`),
      ...(linkedRegions.length === 0 ? ['linkedRegions is empty: CloudFormation\'s aggregator of findings, without which AWS has no central configuration, links one Region at least. Allow a second Region'] : []),
      ...(linkedRegions.includes(region) ? [`linkedRegions names ${region}, which is the Region that others are linked to`] : []),
    ];
    if (problems.length > 0) throw new InputError(`SecurityHubConfiguration ${this.node.path}: ${problems.join('; ')}`);
  }
}
