import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { GOLDEN_PATHS } from '../../../examples/golden-paths/all';
import { DataClassification, PavedRoad, PavedRoadProps, ResilienceTier } from '../../../src';

/** The product that samples belong to. */
export const PRODUCT: PavedRoadProps = {
  product: 'orders', owner: 'team-orders', costCenter: '1042', environment: 'prod', dataClassification: DataClassification.CONFIDENTIAL, tier: ResilienceTier.TIER_1,
};

/** What belongs to CloudFront is in us-east-1. */
export function stackOf(app: App, name: string): Stack {
  return new Stack(app, name, { env: { account: '111122223333', region: name === 'StaticSite' ? 'us-east-1' : 'eu-west-1' } });
}

/** A golden path's sample on the paved road, as CloudFormation gets it. */
export function sampleTemplate(name: string): any {
  const app = new App({ analyticsReporting: false });
  PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
  const stack = stackOf(app, name);
  GOLDEN_PATHS[name]!(stack);
  return Template.fromStack(stack).toJSON();
}
