import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods, Distribution, ErrorResponse, HeadersFrameOption, HeadersReferrerPolicy, HttpVersion, PriceClass, ResponseHeadersPolicy, SecurityPolicyProtocol, ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { GoldenPath, GoldenPathOptions } from './golden-path';
import { InputError } from '../../model/input-error';
import { WebFirewall } from '../../network/web-firewall';
import { WebFirewallLogs } from '../../network/web-firewall-logs';
import { ServiceLevelIndicator } from '../../resilience/service-level-indicator';

/** Properties of a site of files. */
export interface StaticSiteProps extends GoldenPathOptions {
  /** Names that it answers to: `www.orders.example`. */
  readonly domainNames: string[];
  /** Of all those names, in us-east-1. */
  readonly certificate: ICertificate;
  /** Whether paths that are no files are answered by `index.html`, which finds its way by itself. @default false: by `404.html`, with status 404 */
  readonly isSinglePage?: boolean;
  /** Where its pages may get code, pictures and data from. @default "default-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'" */
  readonly contentSecurityPolicy?: string;
  /** Requests of one address in five minutes; more are blocked. 0 is no limit. @default 2000 */
  readonly requestsPerAddress?: number;
  /** Share of requests in percent that are not answered by a fault of the service. @default 99.9 */
  readonly availabilityTarget?: number;
}

const CONTENT_SECURITY_POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

const HOME = 'us-east-1';

/**
 * A site of files for everybody: Amazon CloudFront before a bucket that it alone reads, with a web firewall, headers that protect visitors, and logs.
 *
 * Its stack is in us-east-1, where AWS has what belongs to CloudFront: certificates, web firewalls, logs and metrics. Files get there by `aws s3 sync dist s3://BUCKET --delete` and
 * `aws cloudfront create-invalidation --distribution-id ID --paths '/*'`, by whoever deploys.
 *
 * @example
 * declare const certificate: ICertificate;
 * declare const stackInVirginia: Stack;
 * new StaticSite(stackInVirginia, 'Site', {
 *   serviceName: 'orders-site', runbook: 'https://runbooks.acme.example/orders-site', domainNames: ['www.orders.example'], certificate,
 * });
 */
export class StaticSite extends GoldenPath {
  /** Where the files are. */
  public readonly bucket: Bucket;
  /** What visitors reach: a DNS record leads to its `distributionDomainName`. */
  public readonly distribution: Distribution;

  public constructor(scope: Construct, id: string, props: StaticSiteProps) {
    super(scope, id, props);
    this.check(props);
    this.bucket = this.addBucket();
    this.distribution = this.addDistribution(props);
    this.addLogs();
    this.watch(props.availabilityTarget ?? 99.9);
  }

  private addBucket(): Bucket {
    return new Bucket(this, 'Files', { objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED, removalPolicy: RemovalPolicy.RETAIN });
  }

  private addDistribution(props: StaticSiteProps): Distribution {
    const notFound: ErrorResponse = props.isSinglePage ? { httpStatus: 403, responseHttpStatus: 200, responsePagePath: '/index.html' } : { httpStatus: 403, responseHttpStatus: 404, responsePagePath: '/404.html' };
    const distribution = new Distribution(this, 'Distribution', {
      comment: props.serviceName,
      domainNames: props.domainNames,
      certificate: props.certificate,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      webAclId: this.firewall(props.requestsPerAddress ?? 2000).webAclArn,
      // S3 says 403 of what is not there to whoever may not list.
      errorResponses: [{ ...notFound, ttl: Duration.minutes(1) }],
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        compress: true,
        responseHeadersPolicy: this.headers(props.contentSecurityPolicy ?? CONTENT_SECURITY_POLICY),
      },
    });
    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-CFR1', reason: 'The site is for everybody, wherever they are.' },
      { id: 'AwsSolutions::AwsSolutions-CFR3', reason: 'Access logs go to CloudWatch Logs, by the delivery of logs that CloudFront has had since 2024.' },
    );
    return distribution;
  }

  private firewall(requestsPerAddress: number): WebFirewall {
    const logs = new LogGroup(this, 'FirewallLogs', { logGroupName: `aws-waf-logs-${this.serviceName}`, removalPolicy: RemovalPolicy.RETAIN });
    return new WebFirewall(this, 'Firewall', {
      isForCloudFront: true, requestsPerAddress, logs: WebFirewallLogs.toLogGroup(Stack.of(this).formatArn({ service: 'logs', resource: `log-group:${logs.logGroupName}` })),
    });
  }

  private headers(contentSecurityPolicy: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'Headers', {
      comment: this.serviceName,
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
      },
    });
  }

  /** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html (read 2026-11-23) */
  private addLogs(): void {
    const logs = new LogGroup(this, 'AccessLogs', { removalPolicy: RemovalPolicy.RETAIN });
    const source = new CfnDeliverySource(this, 'LogSource', { name: `${this.serviceName}-access`, logType: 'ACCESS_LOGS', resourceArn: this.distribution.distributionArn });
    const destination = new CfnDeliveryDestination(this, 'LogDestination', { name: `${this.serviceName}-access`, destinationResourceArn: logs.logGroupArn, outputFormat: 'json' });
    const delivery = new CfnDelivery(this, 'LogDelivery', { deliverySourceName: source.name, deliveryDestinationArn: destination.attrArn });
    delivery.addResourceDependency(source);
  }

  private watch(target: number): void {
    const failures = this.distribution.metric5xxErrorRate();
    this.health.addObjective('Availability', { indicator: ServiceLevelIndicator.errorRate(failures), target });
    const period = Duration.minutes(5);
    this.health.addGraph('Requests', [this.distribution.metricRequests({ period })]);
    this.health.addGraph('Errors in percent', [this.distribution.metric4xxErrorRate({ period }), this.distribution.metric5xxErrorRate({ period })]);
  }

  private check({ domainNames }: StaticSiteProps): void {
    const { region } = Stack.of(this);
    const problems = [
      ...(region === HOME ? [] : [`its stack is in ${region.includes('${') ? 'any Region' : region}: put it into a stack with env: { account, region: '${HOME}' }, where CloudFront has its certificates, firewalls and metrics`]),
      ...(domainNames.length > 0 ? [] : ['domainNames is empty: by the name that AWS gives, TLS would be as old as visitors like']),
    ];
    if (problems.length > 0) throw new InputError(`StaticSite ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }
}
