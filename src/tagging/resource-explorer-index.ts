import { CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnIndex } from 'aws-cdk-lib/aws-resourceexplorer2';
import { BaselineStack, IBaselineContent } from '../delivery/baseline-content';

/**
 * AWS Resource Explorer's index in an account and Region, as the content of a baseline: that of the home Region gathers those of the account's other Regions. It makes the service-linked role of Resource
 * Explorer in each account.
 *
 * A Region has one index. AWS makes one by itself where somebody has searched with the permission to do so, and CloudFormation then refuses a second: delete it before, in the console of that account. An
 * account that has another aggregator takes this one 24 hours after that was demoted (AWS Resource Explorer User Guide, "Deploying Resource Explorer to the accounts in an organization", read 2026-11-23).
 *
 * @example
 * declare const zone: LandingZone;
 * zone.addBaseline('ResourceExplorer', { content: new ResourceExplorerIndex('eu-west-1'), waves: [{ name: 'all', units: [zone.unit('Root')] }], managementAccountIn: 'all' });
 */
export class ResourceExplorerIndex implements IBaselineContent {
  /** @param homeRegion where the index is that gathers the others */
  public constructor(private readonly homeRegion: string) {}

  public define(stack: BaselineStack): void {
    const isHome = new CfnCondition(stack, 'GathersRegions', { expression: Fn.conditionEquals(Fn.ref('AWS::Region'), this.homeRegion) });
    new CfnIndex(stack, 'ResourceExplorerIndex', { type: Fn.conditionIf(isHome.logicalId, 'AGGREGATOR', 'LOCAL').toString() });
  }
}
