import { Validations } from 'aws-cdk-lib';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnListener, CfnLoadBalancer, CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { closedSecurityGroup } from './closed-security-group';
import { IngressOptions } from './ingress';
import { addressProblems, addressTargets, balancerAttributes, targetProblems } from './ingress-balancer';
import { unusedKey } from './unused-key';
import { InputError } from '../model/input-error';

/** Where connections go. */
export interface NetworkIngressTarget {
  /** Port that clients connect to. */
  readonly port: number;
  /** Private IPv4 addresses of the servers. */
  readonly ips: string[];
  /** Port of the servers. @default - port */
  readonly targetPort?: number;
}

/**
 * The door of the internet for TCP other than HTTP: a Network Load Balancer that passes connections on as they are, encrypted or not. It looks at nothing: for HTTP use `Ingress`, which has a
 * web firewall. Central or local, as there.
 *
 * @example
 * declare const subnets: PublicSubnets;
 * const ingress = new NetworkIngress(stack, 'Files', {
 *   vpcId: 'vpc-0123456789abcdef0', vpcCidr: '10.8.0.0/24', subnetIds: subnets.subnetIds, accessLogsBucket: 'acme-access-logs', clients: ['203.0.113.0/24'],
 * });
 * ingress.addTarget('partners', { port: 8443, ips: ['10.0.16.20'] });
 */
export class NetworkIngress extends Construct {
  /** ARN of the load balancer. */
  public readonly loadBalancerArn: string;
  /** Name by which clients reach it. */
  public readonly dnsName: string;
  private readonly group: SecurityGroup;
  private readonly ports = new Map<number, string>();

  public constructor(scope: Construct, id: string, private readonly props: IngressOptions) {
    super(scope, id);
    const problems = addressProblems(props, 1);
    if (problems.length > 0) throw new InputError(`NetworkIngress ${this.node.path} has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.group = closedSecurityGroup(this, 'Clients', props.vpcId, 'Ingress of the internet');
    if (props.clients === undefined) {
      Validations.of(this.group).acknowledge({ id: 'AwsSolutions::AwsSolutions-EC23', reason: 'This is the door of the internet, on the ports of its targets; give clients to open it to some only.' });
    }
    const balancer = new CfnLoadBalancer(this, 'Resource', {
      type: 'network', scheme: 'internet-facing', subnets: props.subnetIds, securityGroups: [this.group.securityGroupId],
      loadBalancerAttributes: balancerAttributes(props.accessLogsBucket, { 'load_balancing.cross_zone.enabled': 'true' }),
    });
    this.loadBalancerArn = balancer.attrLoadBalancerArn;
    this.dnsName = balancer.attrDnsName;
  }

  /**
   * Passes connections to a port on to servers.
   *
   * @param key names the target; stable
   */
  public addTarget(key: string, target: NetworkIngressTarget): void {
    const { port, ips, targetPort = port } = target;
    const problems = [
      ...[port, targetPort].filter((one) => !Number.isInteger(one) || one < 1 || one > 65_535).map((one) => `port ${one} is none`),
      ...(this.ports.has(port) ? [`port ${port} is that of ${this.ports.get(port)}`] : []),
      ...targetProblems(ips, this.props.vpcCidr),
    ];
    if (problems.length > 0) throw new InputError(`${this.node.path}.addTarget(${key}): ${problems.join('; ')}`);
    this.ports.set(port, key);
    const scope = new Construct(this, unusedKey(this, 'Target', key, 'addTarget'));
    const group = new CfnTargetGroup(scope, 'Group', {
      vpcId: this.props.vpcId, targetType: 'ip', protocol: 'TCP', port: targetPort, targets: addressTargets(ips, targetPort, this.props.vpcCidr), healthCheckProtocol: 'TCP',
    });
    new CfnListener(scope, 'Listener', { loadBalancerArn: this.loadBalancerArn, port, protocol: 'TCP', defaultActions: [{ type: 'forward', targetGroupArn: group.attrTargetGroupArn }] });
    for (const client of this.props.clients ?? ['0.0.0.0/0']) this.group.addIngressRule(Peer.ipv4(client), Port.tcp(port), `Clients of ${key}`);
    for (const ip of ips) this.group.addEgressRule(Peer.ipv4(`${ip}/32`), Port.tcp(targetPort), 'Servers');
  }
}
