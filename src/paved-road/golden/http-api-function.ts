import { Duration } from 'aws-cdk-lib';
import { HttpApi, IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Alias, Architecture, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { GoldenPath, GoldenPathOptions } from './golden-path';
import { SafeFunctionDeployment } from './safe-function-deployment';
import { ServiceLevelIndicator } from '../../resilience/service-level-indicator';

/** Properties of an HTTP API of one function. */
export interface HttpApiFunctionProps extends GoldenPathOptions {
  /** The function's code. */
  readonly code: Code;
  /** File and function that AWS Lambda calls. @default 'index.handler' */
  readonly handler?: string;
  /** Language. @default Runtime.NODEJS_24_X */
  readonly runtime?: Runtime;
  /** Variables of its environment; no secrets. @default - none */
  readonly environment?: { readonly [name: string]: string };
  /** Memory in MiB; processors come with it. @default 512 */
  readonly memorySize?: number;
  /** How long a request may take, below the 30 seconds that an HTTP API waits. @default Duration.seconds(10) */
  readonly timeout?: Duration;
  /** Who may call. @default - IAM: whoever a policy allows `execute-api:Invoke` */
  readonly authorizer?: IHttpRouteAuthorizer;
  /** Requests a second that are let through; a burst of twice as many. @default 100 */
  readonly requestsPerSecond?: number;
  /** Share of requests in percent that are not answered by a fault of the service. @default 99.9 */
  readonly availabilityTarget?: number;
  /** Milliseconds in which 99 % of requests are answered. @default 1000 */
  readonly latencyMilliseconds?: number;
}

/**
 * An HTTP API answered by one function: callers sign their requests, a new version takes a tenth of requests for five minutes and is rolled back when they fail, and users' requests are what is watched.
 *
 * @example
 * const api = new HttpApiFunction(stack, 'Api', {
 *   serviceName: 'orders-api', runbook: 'https://runbooks.acme.example/orders-api',
 *   code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
 * });
 * new Bucket(stack, 'Receipts').grantPut(api.function);
 */
export class HttpApiFunction extends GoldenPath {
  /** The API: add routes of other functions. */
  public readonly api: HttpApi;
  /** The function: grant it what it needs. */
  public readonly function: Function;
  /** The version that answers. */
  public readonly alias: Alias;

  public constructor(scope: Construct, id: string, props: HttpApiFunctionProps) {
    super(scope, id, props);
    const { requestsPerSecond = 100 } = props;
    this.function = new Function(this, 'Function', {
      code: props.code, handler: props.handler ?? 'index.handler', runtime: props.runtime ?? Runtime.NODEJS_24_X, architecture: Architecture.ARM_64,
      memorySize: props.memorySize ?? 512, timeout: props.timeout ?? Duration.seconds(10), environment: props.environment,
    });
    this.alias = new Alias(this, 'Live', { aliasName: 'live', version: this.function.currentVersion });
    this.api = new HttpApi(this, 'Api', {
      defaultAuthorizer: props.authorizer ?? new HttpIamAuthorizer(), defaultIntegration: new HttpLambdaIntegration('Function', this.alias), createDefaultStage: false,
    });
    this.api.addStage('DefaultStage', { autoDeploy: true, throttle: { rateLimit: requestsPerSecond, burstLimit: 2 * requestsPerSecond } });
    this.watch(props);
  }

  private watch({ availabilityTarget = 99.9, latencyMilliseconds = 1000 }: HttpApiFunctionProps): void {
    const availability = this.health.addObjective('Availability', {
      indicator: ServiceLevelIndicator.availability({ requests: this.api.metricCount(), failures: this.api.metricServerError() }), target: availabilityTarget,
    });
    this.health.addObjective('Latency', { indicator: ServiceLevelIndicator.latency({ latency: this.metricLatency(), threshold: latencyMilliseconds }), target: 99 });
    this.health.addAlarm('Throttled', { meaning: 'Requests are refused: more run at once than the account allows', metric: this.function.metricThrottles({ period: Duration.minutes(5) }), threshold: 0, periods: 3 });
    this.health.addGraph('Requests', [this.api.metricCount({ period: Duration.minutes(5) }), this.api.metricClientError({ period: Duration.minutes(5) }), this.api.metricServerError({ period: Duration.minutes(5) })]);
    this.health.addGraph('Latency', [50, 90, 99].map((percentile) => this.metricLatency().with({ statistic: Stats.percentile(percentile), period: Duration.minutes(5) })));
    new SafeFunctionDeployment(this, 'Deployment', { alias: this.alias, rollbackAlarm: availability.rollbackAlarm });
  }

  private metricLatency(): Metric {
    return this.api.metricLatency();
  }
}
