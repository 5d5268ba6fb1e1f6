import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnEIP, CfnNatGateway, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { estimateCosts } from '../src/analysis/cost/estimate';
import { LandingZoneChecks } from '../src/compliance/landing-zone-checks';
import { organizationFromAssembly } from '../src/model/assembly/organization-from-assembly';
import { readAssembly } from '../src/model/assembly/read-assembly';
import { costedResources } from '../src/model/cost/costed-resources';
import { priceTable } from '../src/model/cost/read-prices';
import { TaggingStandard } from '../src/tagging/tagging-standard';

/** What is charged by the hour or month, beside queues. */
const PRICED = 4;
const RESOURCES = 20;

/** A stack of 20 tagged resources for each account, four of them with a price; the templates are checked for tags where that is asked for, and their cost is estimated. */
export function synthesizeCostedAccounts(accounts: number, { isChecked, isEstimated }: { readonly isChecked: boolean; readonly isEstimated: boolean }, outdir: string): void {
  const app = new App({ outdir });
  for (let account = 0; account < accounts; account++) {
    const stack = new Stack(app, `Account${account}`, { env: { account: String(100_000_000_000 + account), region: 'eu-west-1' } });
    for (let index = 0; index < RESOURCES - PRICED; index++) new CfnQueue(stack, `Queue${index}`, { queueName: `queue-${index}` });
    const address = new CfnEIP(stack, 'Address', { domain: 'vpc' });
    new CfnNatGateway(stack, 'Gateway', { subnetId: 'subnet-1', allocationId: address.attrAllocationId });
    new CfnVPCEndpoint(stack, 'Endpoint', { vpcId: 'vpc-1', serviceName: 'com.amazonaws.eu-west-1.ssm', vpcEndpointType: 'Interface', subnetIds: ['subnet-1', 'subnet-2', 'subnet-3'] });
    new CfnKey(stack, 'Key', { enableKeyRotation: true });
  }
  const standard = new TaggingStandard({ tags: [{ key: 'owner', default: 'platform' }, { key: 'environment', values: ['prod', 'nonprod'], default: 'prod' }, { key: 'cost-center', pattern: 'CC-[0-9]{4}', default: 'CC-0001' }] });
  standard.apply(app);
  if (isChecked) Validations.of(app).addPlugins(new LandingZoneChecks(app, { controls: [standard.checkTemplates()] }));
  app.synth();
  if (!isEstimated) return;
  const assembly = readAssembly(outdir);
  const { lines } = estimateCosts(costedResources(assembly, organizationFromAssembly(assembly).model), priceTable([]));
  if (lines.length !== PRICED * accounts) throw new Error(`${lines.length} of ${PRICED * accounts} prices were found`);
}
