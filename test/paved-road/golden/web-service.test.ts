import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { PRODUCT, sampleTemplate, stackOf } from './samples';
import { PavedRoad, WebService, WebServiceProps } from '../../../src';

function service(props: Partial<WebServiceProps> = {}): any {
  const app = new App({ analyticsReporting: false });
  const stack = stackOf(app, 'Shop');
  new WebService(stack, 'Shop', {
    serviceName: 'orders-shop', runbook: 'https://runbooks.acme.example/orders-shop', image: ContainerImage.fromRegistry('public.ecr.aws/docker/library/httpd:2.4.66'),
    certificate: Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d'), ...props,
  });
  PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
  return Template.fromStack(stack).toJSON();
}

const sample = sampleTemplate('WebService');
const ofType = (template: any, type: string): any[] => Object.values<any>(template.Resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
const only = (template: any, type: string): any => {
  const found = ofType(template, type);
  expect([type, found.length]).toEqual([type, 1]);
  return found[0];
};

test('it is in private subnets of the account\'s VPC, without addresses in the internet, for callers from the VPC', () => {
  const balancer = only(sample, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  expect(balancer.Scheme).toBe('internal');
  const { AwsvpcConfiguration } = only(sample, 'AWS::ECS::Service').NetworkConfiguration;
  const subnets = [0, 1, 2].map((index) => ({ 'Fn::Select': [index, { Ref: 'LandingZonePrivateSubnetIds' }] }));
  expect([AwsvpcConfiguration.AssignPublicIp, AwsvpcConfiguration.Subnets, balancer.Subnets]).toEqual(['DISABLED', subnets, subnets]);
  const ingress = ofType(sample, 'AWS::EC2::SecurityGroup').flatMap(({ SecurityGroupIngress = [] }) => SecurityGroupIngress);
  expect(ingress).toEqual([expect.objectContaining({ CidrIp: { Ref: 'LandingZoneVpcCidr' }, FromPort: 443, ToPort: 443 })]);
  expect(sample.Parameters.LandingZonePrivateSubnetIds.Default).toBe('/landing-zone/v1/network/private-subnet-ids');
});

test('callers speak TLS and nothing else, behind a web firewall with logs; what no rule matches is not found', () => {
  const listener = only(sample, 'AWS::ElasticLoadBalancingV2::Listener');
  expect(listener).toMatchObject({ Port: 443, Protocol: 'HTTPS', SslPolicy: expect.stringContaining('TLS13'), DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }] });
  expect(only(sample, 'AWS::WAFv2::WebACLAssociation').ResourceArn).toEqual({ Ref: expect.stringContaining('LoadBalancer') });
  expect(ofType(sample, 'AWS::Logs::LogGroup').map(({ LogGroupName }) => LogGroupName)).toContain('aws-waf-logs-orders-shop');
  only(sample, 'AWS::WAFv2::LoggingConfiguration');
});

test('containers are nobody, and write to /tmp alone', () => {
  const { ContainerDefinitions: [container], RuntimePlatform } = only(sample, 'AWS::ECS::TaskDefinition');
  expect(container).toMatchObject({ User: '1000', ReadonlyRootFilesystem: true, MountPoints: [{ ContainerPath: '/tmp', ReadOnly: false }], PortMappings: [{ ContainerPort: 8080 }] });
  expect(RuntimePlatform.CpuArchitecture).toBe('ARM64');
});

test('a new version starts beside the old one, and is taken back by the availability alarm', () => {
  const { DeploymentConfiguration, LoadBalancers: [{ AdvancedConfiguration }] } = only(sample, 'AWS::ECS::Service');
  const [rollback] = Object.entries<any>(sample.Resources).find(([, { Properties }]) => Properties?.AlarmName === 'orders-shop-availability-fast-short')!;
  expect(DeploymentConfiguration).toMatchObject({ Strategy: 'BLUE_GREEN', BakeTimeInMinutes: 5, Alarms: { AlarmNames: [{ Ref: rollback }], Enable: true, Rollback: true } });
  const [rule] = Object.entries<any>(sample.Resources).find(([, { Type }]) => Type === 'AWS::ElasticLoadBalancingV2::ListenerRule')!;
  expect(AdvancedConfiguration).toMatchObject({ ProductionListenerRule: { Ref: rule }, AlternateTargetGroupArn: { Ref: expect.stringContaining('Green') }, RoleArn: { 'Fn::GetAtt': [expect.stringContaining('ShiftingRole'), 'Arn'] } });
  expect(only(sample, 'AWS::ElasticLoadBalancingV2::ListenerRule').Actions[0].ForwardConfig.TargetGroups.map(({ Weight }: any) => Weight)).toEqual([100, 0]);
});

test('it grows before tasks are full, and loses one without loss', () => {
  const template = service({ minTasks: 3, maxTasks: 30 });
  expect(only(template, 'AWS::ApplicationAutoScaling::ScalableTarget')).toMatchObject({ MinCapacity: 3, MaxCapacity: 30 });
  expect(only(template, 'AWS::ApplicationAutoScaling::ScalingPolicy').TargetTrackingScalingPolicyConfiguration.TargetValue).toBe(60);
});

test('that no task can take requests is a page, whichever group has them, and silence is as bad', () => {
  const down = ofType(sample, 'AWS::CloudWatch::Alarm').find(({ AlarmName }) => AlarmName === 'orders-shop-down-page');
  expect(down).toMatchObject({ ComparisonOperator: 'LessThanThreshold', Threshold: 1, TreatMissingData: 'breaching', Metrics: [{ Expression: 'FILL(blue, 0) + FILL(green, 0)' }, {}, {}] });
});

test('what the load balancer refuses by itself counts as failed, though it counts as no request', () => {
  const alarm = ofType(sample, 'AWS::CloudWatch::Alarm').find(({ AlarmName }) => AlarmName === 'orders-shop-availability-fast-long');
  expect(alarm.Metrics.map(({ Expression, MetricStat }: any) => Expression ?? MetricStat.Metric.MetricName)).toEqual([
    '(FILL(failures, 0) + FILL(refused, 0)) / (FILL(requests, 0) + FILL(refused, 0))', 'HTTPCode_Target_5XX_Count', 'RequestCount', 'HTTPCode_ELB_5XX_Count',
  ]);
});

test('mistakes, all at once', () => {
  expect(() => service({ port: 80, minTasks: 1, maxTasks: 0 })).toThrow(/has 3 problems\n {2}port is 80.*\n {2}minTasks is 1.*\n {2}maxTasks is 0/);
});

test('as a small snapshot', () => {
  expect(Object.fromEntries(Object.entries<any>(sample.Resources).map(([id, { Type }]) => [id, Type]))).toMatchSnapshot();
});
