import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { PRODUCT, sampleTemplate } from './samples';
import { PavedRoad, StaticSite, StaticSiteProps } from '../../../src';

function site(props: Partial<StaticSiteProps> = {}, region = 'us-east-1'): any {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Site', { env: { account: '111122223333', region } });
  new StaticSite(stack, 'Site', {
    serviceName: 'orders-site', runbook: 'https://runbooks.acme.example/orders-site', domainNames: ['www.orders.example'],
    certificate: Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:111122223333:certificate/1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d'), ...props,
  });
  PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
  return Template.fromStack(stack).toJSON();
}

const sample = sampleTemplate('StaticSite');
const ofType = (template: any, type: string): [string, any][] => Object.entries<any>(template.Resources).filter(([, { Type }]) => Type === type).map(([id, { Properties }]) => [id, Properties]);
const config = (template: any): any => ofType(template, 'AWS::CloudFront::Distribution')[0]![1].DistributionConfig;

test('nobody but this distribution reads the files', () => {
  const [[distribution]] = ofType(sample, 'AWS::CloudFront::Distribution') as [[string, any]];
  const [[, bucket]] = ofType(sample, 'AWS::S3::Bucket') as [[string, any]];
  const [[, { PolicyDocument: { Statement } }]] = ofType(sample, 'AWS::S3::BucketPolicy') as [[string, any]];
  const allowed = Statement.filter(({ Effect }: any) => Effect === 'Allow');
  expect(allowed).toEqual([expect.objectContaining({ Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } })]);
  expect(JSON.stringify(allowed[0].Condition)).toContain(JSON.stringify({ Ref: distribution }));
  expect(bucket.PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
  expect(ofType(sample, 'AWS::CloudFront::OriginAccessControl')).toHaveLength(1);
});

test('files have the key of the account, which it lets CloudFront use', () => {
  const [[, bucket]] = ofType(sample, 'AWS::S3::Bucket') as [[string, any]];
  expect(bucket.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault).toMatchObject({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { Ref: 'EncryptionKeyLandingZoneKeysData' } });
});

test('visitors get TLS of today and headers that protect them, behind a web firewall', () => {
  expect(config(sample)).toMatchObject({
    Aliases: ['www.orders.example'], DefaultRootObject: 'index.html', HttpVersion: 'http2and3', ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
    DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https', AllowedMethods: ['GET', 'HEAD'] },
  });
  const [[acl, { Scope }]] = ofType(sample, 'AWS::WAFv2::WebACL') as [[string, any]];
  expect([Scope, config(sample).WebACLId]).toEqual(['CLOUDFRONT', { 'Fn::GetAtt': [acl, 'Arn'] }]);
  const [[, { ResponseHeadersPolicyConfig: { SecurityHeadersConfig } }]] = ofType(site({ contentSecurityPolicy: "default-src 'none'" }), 'AWS::CloudFront::ResponseHeadersPolicy') as [[string, any]];
  expect(SecurityHeadersConfig).toMatchObject({ ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'" }, StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, IncludeSubdomains: true }, FrameOptions: { FrameOption: 'DENY' } });
});

test('a path that is no file is not found, or left to the single page', () => {
  expect(config(sample).CustomErrorResponses).toEqual([{ ErrorCode: 403, ResponseCode: 404, ResponsePagePath: '/404.html', ErrorCachingMinTTL: 60 }]);
  expect(config(site({ isSinglePage: true })).CustomErrorResponses).toEqual([{ ErrorCode: 403, ResponseCode: 200, ResponsePagePath: '/index.html', ErrorCachingMinTTL: 60 }]);
});

test('who asked for what is in a log group', () => {
  const [[, delivery]] = ofType(sample, 'AWS::Logs::Delivery') as [[string, any]];
  const [[, source]] = ofType(sample, 'AWS::Logs::DeliverySource') as [[string, any]];
  expect([delivery.DeliverySourceName, source.Name, source.LogType]).toEqual(['orders-site-access', 'orders-site-access', 'ACCESS_LOGS']);
});

test('its objective is what CloudFront says of itself', () => {
  const alarm = ofType(sample, 'AWS::CloudWatch::Alarm').map(([, one]) => one).find(({ AlarmName }) => AlarmName === 'orders-site-availability-fast-short');
  expect(alarm.Metrics.map(({ Expression, MetricStat }: any) => Expression ?? [MetricStat.Metric.MetricName, MetricStat.Stat])).toEqual(['failures / 100', ['5xxErrorRate', 'Average']]);
});

test('mistakes, all at once', () => {
  expect(() => site({ domainNames: [] }, 'eu-west-1')).toThrow(/has 2 problems\n {2}its stack is in eu-west-1: put it into a stack with env: \{ account, region: 'us-east-1' \}.*\n {2}domainNames is empty/);
});

test('as a small snapshot', () => {
  expect(Object.fromEntries(Object.entries<any>(sample.Resources).map(([id, { Type }]) => [id, Type]))).toMatchSnapshot();
});
