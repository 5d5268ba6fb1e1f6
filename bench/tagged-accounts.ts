import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { LandingZoneChecks } from '../src/compliance/landing-zone-checks';
import { TaggingStandard } from '../src/tagging/tagging-standard';

const RESOURCES = 20;

/** A stack of 20 resources for each account; tagged by a standard, and checked. */
export function synthesizeAccounts(accounts: number, { isTagged, isChecked }: { readonly isTagged: boolean; readonly isChecked: boolean }, outdir: string): void {
  const app = new App({ outdir });
  for (let account = 0; account < accounts; account++) {
    const stack = new Stack(app, `Account${account}`, { env: { account: String(100_000_000_000 + account), region: 'eu-west-1' } });
    for (let index = 0; index < RESOURCES; index++) new CfnQueue(stack, `Queue${index}`, { queueName: `queue-${index}` });
  }
  if (isTagged) {
    const standard = new TaggingStandard({ tags: [{ key: 'owner', default: 'platform' }, { key: 'environment', values: ['prod', 'nonprod'], default: 'prod' }, { key: 'cost-center', pattern: 'CC-[0-9]{4}', default: 'CC-0001' }] });
    standard.apply(app);
    if (isChecked) Validations.of(app).addPlugins(new LandingZoneChecks(app, { controls: [standard.checkTemplates()] }));
  }
  app.synth();
}
