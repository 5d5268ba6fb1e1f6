import { App, Stack } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DataClassification } from '../src/paved-road/data-classification';
import { PavedRoad } from '../src/paved-road/paved-road';
import { ResilienceTier } from '../src/resilience/resilience-tier';

/** How much of the paved road a product has. */
export interface Paving {
  readonly isPaved: boolean;
  /** With cdk-nag's AwsSolutions. */
  readonly isAsked: boolean;
}

/** A product of plain constructs in stacks of eight units; a unit is 10 resources. */
export function synthesizeProduct(units: number, { isPaved, isAsked }: Paving, outdir: string): void {
  const app = new App({ outdir });
  if (isPaved) {
    PavedRoad.apply(app, {
      product: 'bench', owner: 'team-bench', costCenter: '1042', environment: 'prod', dataClassification: DataClassification.CONFIDENTIAL, tier: ResilienceTier.TIER_1, awsSolutions: isAsked,
    });
  }
  for (let unit = 0; unit < units; unit += 8) {
    const stack = new Stack(app, `Stack${unit}`, { env: { account: '123456789012', region: 'eu-west-1' } });
    for (let index = unit; index < Math.min(unit + 8, units); index++) addUnit(stack, index);
  }
  app.synth();
}

function addUnit(stack: Stack, index: number): void {
  const bucket = new Bucket(stack, `Bucket${index}`);
  const queue = new Queue(stack, `Queue${index}`);
  const table = new TableV2(stack, `Table${index}`, { partitionKey: { name: 'id', type: AttributeType.STRING } });
  new Topic(stack, `Topic${index}`);
  for (const name of ['In', 'Out']) {
    const handler = new Function(stack, `${name}${index}`, { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => {};') });
    bucket.grantRead(handler);
    queue.grantSendMessages(handler);
    table.grants.readWriteData(handler);
  }
}
