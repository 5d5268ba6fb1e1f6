import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { RegionFailover, RegionFailoverProps, ResilienceStandard, ResilienceTier } from '../../src';
import { validated } from '../network/aws-solutions';

const PLACES = { primary: { dnsName: 'orders.eu-west-1.elb.amazonaws.com', hostedZoneId: 'Z32O12XQLNTSW2' }, secondary: { dnsName: 'orders.eu-central-1.elb.amazonaws.com', hostedZoneId: 'Z215JYRZR1TBD5' } };
const ALARM = { alarmName: 'orders-down', alarmRegion: 'eu-west-1' };

function failover(stack: Stack, props: Partial<RegionFailoverProps> = {}): RegionFailover {
  const zone = PublicHostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'acme.example' });
  return new RegionFailover(stack, 'Failover', { zone, recordName: 'orders.acme.example', ...PLACES, check: { endpoint: 'orders.eu-west-1.acme.example', path: '/health' }, ...props });
}

const newStack = () => new Stack(new App({ analyticsReporting: false }), 'Product', { env: { account: '111122223333', region: 'eu-west-1' } });

test('one name, two places: the first while its check is healthy, the other one without a check, so that something answers', () => {
  const stack = newStack();
  failover(stack);
  expect(Template.fromStack(stack).toJSON().Resources).toMatchSnapshot();
});

test('services that the internet does not reach are told of by an alarm, and stay where they are while it has no data', () => {
  const stack = newStack();
  const { detectionTime } = failover(stack, { check: { ...ALARM, alarmTakes: Duration.minutes(5) } });
  Template.fromStack(stack).hasResourceProperties('AWS::Route53::HealthCheck', {
    HealthCheckConfig: { Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name: 'orders-down', Region: 'eu-west-1' }, InsufficientDataHealthStatus: 'LastKnownStatus' },
  });
  expect(detectionTime.toMinutes()).toBe(6);
});

test.each<[number | undefined, number | undefined, number]>([[undefined, undefined, 150], [10, 3, 90], [10, 1, 70], [30, 10, 360]])('every %p seconds, %p failures: callers are elsewhere after %p seconds', (interval, failures, seconds) => {
  expect(failover(newStack(), { check: { endpoint: 'orders.eu-west-1.acme.example', interval, failures } }).detectionTime.toSeconds()).toBe(seconds);
});

test('the first tier\'s promise is held, and a shorter one fails with the numbers', () => {
  failover(newStack(), { rto: new ResilienceStandard().of(ResilienceTier.TIER_1).rto });
  expect(() => failover(newStack(), { rto: Duration.minutes(2) })).toThrow('rto is 2 minutes, and it takes 2.5 minutes until callers ask the other Region');
});

test('mistakes, all at once', () => {
  expect(() => failover(newStack(), { secondary: PLACES.primary, check: { endpoint: 'orders.acme.example', ...ALARM, interval: 20, failures: 0 } })).toThrow(
    /has 5 problems\n.*an endpoint and an alarm.*\n.*the name that moves.*\n.*interval is 20.*\n.*failures is 0.*\n.*same place/,
  );
  expect(() => failover(newStack(), { check: { alarmName: 'orders-down' } })).toThrow('neither an endpoint nor an alarm with its Region');
});

test('checks of CloudFormation, AwsSolutions and the landing zone find nothing', () => {
  expect(validated((stack) => { failover(stack); }).violations).toEqual([]);
});
