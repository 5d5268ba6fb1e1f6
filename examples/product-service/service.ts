import { App, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DataClassification, PavedRoad, ResilienceTier } from '../../src';

/** Takes orders by an API, puts them into a queue, and writes them to a table and their receipts to a bucket. */
export class OrderService extends Stack {
  public constructor(scope: App, id: string, props: StackProps) {
    super(scope, id, props);
    const receipts = new Bucket(this, 'Receipts');
    const orders = new TableV2(this, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    const work = new Queue(this, 'Work', { visibilityTimeout: Duration.minutes(3) });

    const intake = this.function('Intake', { QUEUE_URL: work.queueUrl });
    work.grantSendMessages(intake);
    const api = new HttpApi(this, 'Api', { defaultAuthorizer: new HttpIamAuthorizer() });
    api.addRoutes({ path: '/orders', methods: [HttpMethod.POST], integration: new HttpLambdaIntegration('Intake', intake) });

    const worker = this.function('Worker', { TABLE: orders.tableName, BUCKET: receipts.bucketName });
    worker.addEventSource(new SqsEventSource(work, { reportBatchItemFailures: true }));
    orders.grants.writeData(worker);
    receipts.grantPut(worker, 'receipts/*');
  }

  private function(id: string, environment: { [name: string]: string }): Function {
    return new Function(this, id, { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => ({ statusCode: 202 });'), timeout: Duration.seconds(30), environment });
  }
}

/** The service on the paved road. */
export function productService(app: App): OrderService {
  PavedRoad.apply(app, {
    product: 'orders', owner: 'team-orders', costCenter: '1042', environment: 'prod', dataClassification: DataClassification.CONFIDENTIAL, tier: ResilienceTier.TIER_1,
  });
  return new OrderService(app, 'Orders', { env: { account: '111122223333', region: 'eu-west-1' } });
}
