import { App, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ZoneFacts } from './zone-network';
import { CostAnalytics, CostAnalyticsOptions } from '../cost/exports/cost-analytics';
import { CostExportBucket, CostExportBucketOptions } from '../cost/exports/cost-export-bucket';
import { CostExports, CostExportsOptions } from '../cost/exports/cost-exports';
import { exportRegion } from '../model/cost/export-region';
import { refuseDeployment } from '../organization/placeholder-refusal';
import { TaggingStandard } from '../tagging/tagging-standard';

/** Properties of the exports of a landing zone. */
export interface ZoneCostExportsProps extends CostExportsOptions, CostExportBucketOptions {
  /** Key of the account that has the files and asks them: for people who look at costs. */
  readonly account: string;
  /** Region of the files. @default - the home Region */
  readonly region?: string;
  /** Part of the names of what is made, short: lower-case letters, digits and hyphens. @default - the id of the zone in lower case */
  readonly exportName?: string;
  /** What can be asked. @default - costs by each key of the zone's tagging standard, else by owner and environment, and by account */
  readonly analytics?: CostAnalyticsOptions;
}

/** The trust that the Cost Optimization Hub has where it looks at member accounts. https://docs.aws.amazon.com/cost-management/latest/userguide/coh-trusted-access.html (read 2026-11-23) */
const OPTIMIZATION_HUB = 'cost-optimization-hub.bcm.amazonaws.com';

/**
 * Costs of a landing zone as files, and the questions about them: files and questions in an account of yours, a stack `CostData`; the exports in the management account, a stack `CostExports` in the
 * Region where AWS has them.
 *
 * @example
 * declare const zone: LandingZone;
 * const costs = zone.addCostExports({ account: 'finops', exports: [CostExport.costAndUsage(), CostExport.focus()] });
 */
export class ZoneCostExports extends Construct {
  /** Where the files are. */
  public readonly bucket: CostExportBucket;
  /** What is exported. */
  public readonly exports: CostExports;
  /** What can be asked; undefined where the Cost and Usage Report is not exported. */
  public readonly analytics?: CostAnalytics;

  /** @internal */
  public constructor(scope: Construct, app: App, { organization, name, homeRegion }: ZoneFacts, props: ZoneCostExportsProps, tagging?: TaggingStandard) {
    super(scope, 'CostExports');
    const { account, region = homeRegion, exportName = name.toLowerCase(), analytics = {} } = props;
    const stack = (id: string, description: string, env: { readonly account: string; readonly region: string }) => new Stack(app, `${name}-${id}`, {
      stackName: `${name}-${id}`, description, terminationProtection: true, env,
    });
    const data = stack('CostData', 'Costs of the organization: files and the questions about them', { account: organization.account(account).accountId, region });
    const management = stack('CostExports', 'Costs of the organization: exports', { account: organization.managementAccountId, region: exportRegion(region) ?? region });
    if (organization.hasPlaceholderId) refuseDeployment(data, `the placeholder id ${organization.managementAccountId} of the management account`);
    this.bucket = new CostExportBucket(data, 'CostData', { ...props, exportName, sourceAccountId: organization.managementAccountId });
    this.exports = new CostExports(management, 'CostExports', { exports: props.exports, createServiceLinkedRole: props.createServiceLinkedRole, bucket: this.bucket });
    const keys = this.exports.exports.map(({ key }) => key);
    if (keys.includes('cur2') || props.analytics) this.analytics = new CostAnalytics(data, 'CostAnalytics', { tagging, ...analytics, exports: this.exports });
    if (!keys.includes('recommendations')) return;
    organization.settings.trustService(OPTIMIZATION_HUB);
    management.addStackDependency(Stack.of(organization), 'the organization must trust the Cost Optimization Hub');
  }
}
