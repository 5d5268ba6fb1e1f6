import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AddressPlan, Controls, FlowLogs, LandingZone, PlatformPrincipals, RegionStandard } from '../../src';
import '../../src/testing';

function zone() {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }), accountEmail: 'aws+{account}@acme.example' });
  made.unit('Workloads/Prod').addAccount('payments-prod', { email: 'aws+payments-prod@acme.example' });
  const addressPlan = AddressPlan.of('10.0.0.0/8', { regions: { 'eu-west-1': 0, 'us-east-1': 1 }, segments: { prod: 0, dev: 1 } });
  const options = { addressPlan, flowLogs: FlowLogs.toBucket('arn:aws:s3:::acme-flow-logs') };
  const stack = (name: string) => app.node.findChild(name) as Stack;
  return { app, made, options, stack, template: (name: string) => Template.fromStack(stack(name)) };
}

test('a hub is a stack of the network account, shared with the zone\'s organization', () => {
  const { made, options, template, stack } = zone();
  const hub = made.addNetworkHub('Hub', options);
  expect(hub.region).toBe('eu-west-1');
  expect(stack('Acme-Hub-eu-west-1').account).toBe(made.account('network').accountId);
  template('Acme-Hub-eu-west-1').hasResourceProperties('AWS::RAM::ResourceShare', { Principals: [Match.stringLikeRegexp(`^arn:aws:organizations::${made.organization.managementAccountId}:organization/o-`)] });
});

test('hubs with one plan are peered', () => {
  const { made, options, template } = zone();
  made.addNetworkHub('Hub', options);
  made.addNetworkHub('Hub', { ...options, region: 'us-east-1' });
  template('Acme-Hub-eu-west-1.Peering').resourceCountIs('AWS::EC2::TransitGatewayPeeringAttachment', 1);
  expect(made.network.segment('dev').hub.region).toBe('eu-west-1');
});

test('a spoke is a stack of its account, after the roles that read outputs', () => {
  const { made, options, stack, template } = zone();
  const hub = made.addNetworkHub('Hub', options);
  const spoke = made.network.addSpoke('payments-prod', { segment: hub.segment('prod') });
  expect(spoke.key).toBe('payments-prod');
  expect(stack('Acme-Spoke-payments-prod').account).toBe(made.account('payments-prod').accountId);
  expect(stack('Acme-Spoke-payments-prod').dependencies.map(({ stackName }) => stackName).sort()).toEqual(['Acme-Hub-eu-west-1', 'Acme-StackReader-network', 'Acme-StackReader-payments-prod']);
  template('Acme-StackReader-payments-prod').hasResourceProperties('AWS::IAM::Role', {
    RoleName: 'landing-zone-stack-reader',
    AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Condition: { StringEquals: { 'aws:PrincipalOrgID': Match.stringLikeRegexp('^o-') } } })] },
    Policies: [Match.objectLike({ PolicyDocument: { Statement: [Match.objectLike({ Action: 'cloudformation:DescribeStacks' })] } })],
  });
});

test('a core network in place of hubs; its spokes are in the Region that is asked for', () => {
  const { made, options, stack, template } = zone();
  const coreNetwork = made.network.addCoreNetwork('Wan', options);
  template('Acme-Wan').hasResourceProperties('AWS::NetworkManager::CoreNetwork', {
    PolicyDocument: Match.objectLike({ 'core-network-configuration': Match.objectLike({ 'edge-locations': [Match.objectLike({ location: 'eu-west-1' }), Match.objectLike({ location: 'us-east-1' })] }) }),
  });
  template('Acme-Wan.Share').hasResourceProperties('AWS::RAM::ResourceShare', { Principals: [Match.stringLikeRegexp(`^arn:aws:organizations::${made.organization.managementAccountId}:organization/o-`)] });
  made.network.addSpoke('payments-prod', { segment: coreNetwork.segment('prod'), region: 'us-east-1' });
  expect(stack('Acme-Spoke-payments-prod').region).toBe('us-east-1');
  expect(stack('Acme-Spoke-payments-prod').dependencies.map(({ stackName }) => stackName).sort()).toEqual(['Acme-StackReader-network', 'Acme-StackReader-payments-prod', 'Acme-Wan', 'Acme-Wan-Share']);
});

test('what is not there is said', () => {
  const { made, options } = zone();
  expect(() => made.network.segment('prod')).toThrow('has no network yet: add a hub');
  expect(() => made.addNetworkHub('Hub', { ...options, account: 'networks' })).toThrow('network');
  expect(() => made.addNetworkHub('Hub', { ...options, region: 'eu-north-1' })).toThrow('The address plan has no Region eu-north-1');
});

describe('a control that denies accepting peerings, at the network account', () => {
  const peered = (props: { platformPrincipals?: PlatformPrincipals; regions?: string[]; at?: string } = {}) => {
    const made = new LandingZone(new App({ analyticsReporting: false }), 'Acme', {
      regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }), accountEmail: 'aws+{account}@acme.example', platformPrincipals: props.platformPrincipals,
    });
    const addressPlan = AddressPlan.of('10.0.0.0/8', { regions: { 'eu-west-1': 0, 'us-east-1': 1 }, segments: { prod: 0 } });
    for (const region of props.regions ?? ['eu-west-1', 'us-east-1']) made.addNetworkHub('Hub', { addressPlan, flowLogs: FlowLogs.toBucket('arn:aws:s3:::acme-flow-logs'), region });
    made.enable(props.at ?? 'Infrastructure', Controls.denyNetworkConnections());
    return made;
  };
  const synthesized = (made: LandingZone) => (made.node.root as App).synth();

  test('stops the synthesis and says how the role is exempt', () => {
    expect(() => synthesized(peered())).toThrow(/Hubs of account network are peered, and .* at Root\/Infrastructure \(statement LZNETWORK2\) denies ec2:AcceptTransitGatewayPeeringAttachment[^]*acceptsPeerings: true/);
  });

  test('is fine where no hub is peered, and where it is for other accounts', () => {
    expect(() => synthesized(peered({ regions: ['eu-west-1'] }))).not.toThrow();
    expect(() => synthesized(peered({ at: 'Workloads' }))).not.toThrow();
  });

  test('lets the role pass when it is a platform principal, which is proved, and nobody else', () => {
    const made = peered({ platformPrincipals: PlatformPrincipals.standard({ acceptsPeerings: true }) });
    expect(() => synthesized(made)).not.toThrow();
    const accept = 'ec2:AcceptTransitGatewayPeeringAttachment';
    expect(made.account('network')).toAlwaysAllow(accept, { as: 'role/landing-zone-network/Acme-Hub-eu-west-1-Peering-NetworkSettingsRole-1A2B3C' });
    expect(made.account('network')).toNeverAllow(accept, { as: 'role/deploy' });
    const role = Template.fromStack((made.node.root as App).node.findChild('Acme-Hub-eu-west-1.Peering') as Stack).findResources('AWS::IAM::Role', { Properties: { Path: '/landing-zone-network/' } });
    expect(Object.keys(role)).toHaveLength(1);
  });
});
