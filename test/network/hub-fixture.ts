import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AddressPlan, AddressPlanProps, FlowLogs, NetworkHub, NetworkHubProps, Spoke, SpokeProps } from '../../src';

export const ORGANIZATION = 'arn:aws:organizations::111122223333:organization/o-abcdefghij';
export const NETWORK_ACCOUNT = '444455556666';
export const LOGS = FlowLogs.toBucket('arn:aws:s3:::acme-flow-logs');

export function addressPlan(props: Partial<AddressPlanProps> = {}): AddressPlan {
  return AddressPlan.of('10.0.0.0/8', {
    regions: { 'eu-west-1': 0, 'us-east-1': 1 }, segments: { prod: 0, dev: 1, shared: 2 }, onPremises: [{ cidr: '192.168.0.0/16', purpose: 'data centre' }], ...props,
  });
}

/** Hubs and spokes in an app of their own, each in a stack of its own. */
export class NetworkFixture {
  public readonly app = new App({ analyticsReporting: false });

  public constructor(private readonly plan: AddressPlan = addressPlan()) {}

  public hub(props: Partial<NetworkHubProps> = {}, region = 'eu-west-1'): NetworkHub {
    const stack = new Stack(this.app, `Hub-${region}`, { env: { account: NETWORK_ACCOUNT, region } });
    return new NetworkHub(stack, 'Hub', { addressPlan: this.plan, shareWith: ORGANIZATION, flowLogs: LOGS, ...props });
  }

  public spoke(key: string, props: Omit<SpokeProps, 'key'>, account = '777788889999', region = props.segment._home.region): Spoke {
    const stack = new Stack(this.app, `Spoke-${key}`, { env: { account, region } });
    return new Spoke(stack, 'Network', { key, ...props });
  }

  public template(stackId: string): Template {
    return Template.fromStack(this.app.node.findChild(stackId) as Stack);
  }

  /** Types and logical ids of a stack's resources. */
  public resources(stackId: string): { readonly [logicalId: string]: { readonly Type: string; readonly Properties: any } } {
    return this.template(stackId).toJSON().Resources;
  }
}
