import { Validations } from 'aws-cdk-lib';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnListener, CfnListenerCertificate, CfnListenerRule, CfnLoadBalancer, CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnProtection } from 'aws-cdk-lib/aws-shield';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { closedSecurityGroup } from './closed-security-group';
import { addressProblems, addressTargets, balancerAttributes, targetProblems } from './ingress-balancer';
import { unusedKey } from './unused-key';
import { WebFirewall } from './web-firewall';
import { InputError } from '../model/input-error';

/** What HTTP ingress and TCP ingress have in common. */
export interface IngressOptions {
  /** VPC of the load balancer. */
  readonly vpcId: string;
  /** Addresses of that VPC; targets elsewhere are reached by the hub. */
  readonly vpcCidr: string;
  /** Public subnets, one a zone: `publicSubnets.subnetIds`. */
  readonly subnetIds: string[];
  /** Name of the bucket for access logs, in the same Region and without a KMS key of its own: AWS writes them in no other. */
  readonly accessLogsBucket: string;
  /** Blocks of those who may connect. @default ['0.0.0.0/0'], the internet */
  readonly clients?: string[];
}

/** Properties of HTTP ingress. */
export interface IngressProps extends IngressOptions {
  /** ARN of the certificate for names that no other one is for. */
  readonly certificateArn: string;
  /** What requests may hold. */
  readonly firewall: WebFirewall;
  /** Protects the load balancer with Shield Advanced, which the account must be subscribed to. @default false */
  readonly shieldAdvanced?: boolean;
}

/** Where requests go. */
export interface IngressTarget {
  /** Host names: `payments.acme.example`, `*.payments.acme.example`. */
  readonly hosts: string[];
  /** Paths: `/api/*`. @default - all */
  readonly paths?: string[];
  /** Private IPv4 addresses of the servers: a load balancer of a spoke, for example. */
  readonly ips: string[];
  /** Its place among the targets, from 1 to 50000; lower ones are asked first. A promise: others get other places. */
  readonly priority: number;
  /** Port of the servers. @default 443 */
  readonly port?: number;
  /** Path that answers 200 when a server is well. @default '/' */
  readonly healthCheckPath?: string;
}

/** TLS 1.2 and 1.3 with forward secrecy: Elastic Load Balancing, "Security policies for your Application Load Balancer" (read 2026-11-23). */
const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06';

/**
 * The door of the internet for HTTP: an Application Load Balancer with a web firewall and access logs, which cannot be deleted by mistake. Central, in an ingress VPC, it serves spokes by
 * their addresses over the hub; local, in a spoke, it serves its own VPC. What no target is for is answered with 404.
 *
 * @example
 * declare const subnets: PublicSubnets;
 * declare const firewall: WebFirewall;
 * const ingress = new Ingress(stack, 'Ingress', {
 *   vpcId: 'vpc-0123456789abcdef0', vpcCidr: '10.8.0.0/24', subnetIds: subnets.subnetIds, accessLogsBucket: 'acme-access-logs', firewall,
 *   certificateArn: 'arn:aws:acm:eu-west-1:444455556666:certificate/12345678-1234-1234-1234-123456789012',
 * });
 * ingress.addTarget('payments', { hosts: ['payments.acme.example'], ips: ['10.0.16.10', '10.0.17.10'], priority: 10 });
 */
export class Ingress extends Construct {
  /** ARN of the load balancer. */
  public readonly loadBalancerArn: string;
  /** Name by which clients reach it. */
  public readonly dnsName: string;
  private readonly group: SecurityGroup;
  private readonly listener: CfnListener;
  private readonly places = new Map<number, string>();

  public constructor(scope: Construct, id: string, private readonly props: IngressProps) {
    super(scope, id);
    const { clients = ['0.0.0.0/0'] } = props;
    const problems = addressProblems(props);
    if (problems.length > 0) throw new InputError(`Ingress ${this.node.path} has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.group = closedSecurityGroup(this, 'Clients', props.vpcId, 'Ingress of the internet');
    for (const client of clients) for (const port of [80, 443]) this.group.addIngressRule(Peer.ipv4(client), Port.tcp(port), 'Clients');
    Validations.of(this.group).acknowledge({ id: 'AwsSolutions::AwsSolutions-EC23', reason: 'This is the door of the internet: a web firewall, TLS and access logs stand behind it.' });
    const balancer = new CfnLoadBalancer(this, 'Resource', {
      type: 'application', scheme: 'internet-facing', subnets: props.subnetIds, securityGroups: [this.group.securityGroupId],
      loadBalancerAttributes: balancerAttributes(props.accessLogsBucket, { 'routing.http.drop_invalid_header_fields.enabled': 'true', 'routing.http.desync_mitigation_mode': 'defensive' }),
    });
    this.loadBalancerArn = balancer.attrLoadBalancerArn;
    this.dnsName = balancer.attrDnsName;
    new CfnWebACLAssociation(this, 'WebFirewall', { resourceArn: this.loadBalancerArn, webAclArn: props.firewall.webAclArn });
    if (props.shieldAdvanced) new CfnProtection(this, 'Shield', { name: this.node.addr, resourceArn: this.loadBalancerArn });
    new CfnListener(this, 'Http', {
      loadBalancerArn: this.loadBalancerArn, port: 80, protocol: 'HTTP',
      defaultActions: [{ type: 'redirect', redirectConfig: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }],
    });
    this.listener = new CfnListener(this, 'Https', {
      loadBalancerArn: this.loadBalancerArn, port: 443, protocol: 'HTTPS', sslPolicy: TLS_POLICY, certificates: [{ certificateArn: props.certificateArn }],
      defaultActions: [{ type: 'fixed-response', fixedResponseConfig: { statusCode: '404', contentType: 'text/plain', messageBody: 'Not found' } }],
    });
  }

  /**
   * A certificate for more names.
   *
   * @param key names it; stable
   */
  public addCertificate(key: string, certificateArn: string): void {
    new CfnListenerCertificate(this, unusedKey(this, 'Certificate', key, 'addCertificate'), { listenerArn: this.listener.attrListenerArn, certificates: [{ certificateArn }] });
  }

  /**
   * Sends requests for some hosts to servers, by TLS.
   *
   * @param key names the target; stable
   */
  public addTarget(key: string, target: IngressTarget): void {
    this.check(key, target);
    const port = target.port ?? 443;
    const scope = new Construct(this, unusedKey(this, 'Target', key, 'addTarget'));
    const group = new CfnTargetGroup(scope, 'Group', {
      vpcId: this.props.vpcId, targetType: 'ip', protocol: 'HTTPS', port, targets: addressTargets(target.ips, port, this.props.vpcCidr),
      healthCheckProtocol: 'HTTPS', healthCheckPath: target.healthCheckPath ?? '/', matcher: { httpCode: '200' },
    });
    new CfnListenerRule(scope, 'Rule', {
      listenerArn: this.listener.attrListenerArn, priority: target.priority,
      conditions: [
        { field: 'host-header', hostHeaderConfig: { values: target.hosts } },
        ...(target.paths ? [{ field: 'path-pattern', pathPatternConfig: { values: target.paths } }] : []),
      ],
      actions: [{ type: 'forward', targetGroupArn: group.attrTargetGroupArn }],
    });
    for (const ip of target.ips) this.group.addEgressRule(Peer.ipv4(`${ip}/32`), Port.tcp(port), 'Servers');
  }

  private check(key: string, { hosts, paths, ips, priority, port = 443 }: IngressTarget): void {
    const problems = [
      ...(hosts.length === 0 ? ['hosts is empty: name what it answers to, like payments.acme.example'] : []),
      // Elastic Load Balancing, "Quotas for your Application Load Balancers" (read 2026-11-23).
      ...(hosts.length + (paths?.length ?? 0) > 5 ? [`${hosts.length + paths!.length} hosts and paths are given, AWS takes 5 in a rule: use two targets`] : []),
      ...targetProblems(ips, this.props.vpcCidr),
      ...(Number.isInteger(priority) && priority >= 1 && priority <= 50_000 ? [] : [`priority is ${priority}, AWS takes 1 to 50000`]),
      ...(this.places.has(priority) ? [`priority ${priority} is that of ${this.places.get(priority)}: give it another one`] : []),
      ...(Number.isInteger(port) && port >= 1 && port <= 65_535 ? [] : [`port is ${port}`]),
    ];
    if (problems.length > 0) throw new InputError(`${this.node.path}.addTarget(${key}): ${problems.join('; ')}`);
    this.places.set(priority, key);
  }
}
