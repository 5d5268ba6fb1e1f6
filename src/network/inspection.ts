import { Cidr } from '../analysis/cidr';
import { InputError } from '../model/input-error';

/** What a firewall looks at. */
export interface InspectionScope {
  /** Traffic between segments, and with networks on premises. @default true */
  readonly eastWest?: boolean;
  /** Traffic to the internet. @default true */
  readonly northSouth?: boolean;
}

/** Properties of AWS Network Firewall. */
export interface NetworkFirewallProps extends InspectionScope {
  /** Domains that may be called by TLS and HTTP; a leading dot takes subdomains: `.example.com`. @default - every destination */
  readonly allowedDomains?: string[];
  /** Suricata rules of your own, one a line, judged before all others; in strict order `pass` ends the judgement. @default - none */
  readonly suricataRules?: string[];
  /**
   * AWS-managed rule groups for strict order, by name, judged first.
   * @default - ['BotNetCommandAndControlDomainsStrictOrder', 'MalwareDomainsStrictOrder']
   */
  readonly managedRuleGroups?: string[];
  /** Rule groups of your own, by ARN, judged after the Suricata rules. @default - none */
  readonly ruleGroupArns?: string[];
  /** ARN of the certificate authority, in ACM, that signs for inspected TLS; clients must trust it. @default - TLS is not opened */
  readonly tlsCertificateAuthorityArn?: string;
}

/** Properties of an inspection VPC. */
export interface InspectionVpcProps extends NetworkFirewallProps {
  /** Addresses of the VPC, a /24 at least. Nobody routes to them. @default '100.64.1.0/24' */
  readonly cidr?: string;
}

/** Properties of third-party appliances behind a Gateway Load Balancer. */
export interface GatewayLoadBalancerProps extends InspectionScope {
  /** Name of the endpoint service of the Gateway Load Balancer: `com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0`. */
  readonly serviceName: string;
  /** Addresses of the VPC with the endpoints, a /24 at least. @default '100.64.1.0/24' */
  readonly cidr?: string;
}

/** @internal */
export type InspectionKind = 'native' | 'vpc' | 'gateway-load-balancer' | 'none';

/**
 * What is looked at, and by what.
 *
 * @example
 * const inspection = Inspection.networkFirewall({ allowedDomains: ['.amazonaws.com', '.github.com'] });
 */
export class Inspection {
  /** AWS Network Firewall, attached to the transit gateway itself: no VPC, and both ways of a flow meet in one zone by themselves. */
  public static networkFirewall(props: NetworkFirewallProps = {}): Inspection {
    return new Inspection('native', props, props);
  }

  /** AWS Network Firewall in a VPC of its own, with appliance mode: where the native attachment is not available. */
  public static inspectionVpc(props: InspectionVpcProps = {}): Inspection {
    return new Inspection('vpc', props, props, blockOf(props.cidr, 'inspectionVpc'));
  }

  /** Appliances of others behind a Gateway Load Balancer. What they let through is theirs to say: proofs take it for everything. */
  public static gatewayLoadBalancer(props: GatewayLoadBalancerProps): Inspection {
    return new Inspection('gateway-load-balancer', props, {}, blockOf(props.cidr, 'gatewayLoadBalancer'), props.serviceName);
  }

  /** No firewall: routes alone keep segments apart. The reason reaches the evidence. */
  public static none(reason: string): Inspection {
    if (reason.trim() === '') throw new InputError('Inspection.none: say why nothing is inspected');
    return new Inspection('none', { eastWest: false, northSouth: false }, {}, undefined, undefined, reason);
  }

  /** Whether traffic between segments is inspected. */
  public readonly eastWest: boolean;
  /** Whether traffic to the internet is inspected. */
  public readonly northSouth: boolean;

  private constructor(
    /** @internal */
    public readonly _kind: InspectionKind,
    scope: InspectionScope,
    /** @internal */
    public readonly _firewall: NetworkFirewallProps,
    /** @internal */
    public readonly _block?: Cidr,
    /** @internal */
    public readonly _serviceName?: string,
    /** Why nothing is inspected. */
    public readonly reason?: string,
  ) {
    this.eastWest = scope.eastWest ?? true;
    this.northSouth = scope.northSouth ?? true;
    if (_kind !== 'none' && !this.eastWest && !this.northSouth) {
      throw new InputError('Inspection of neither eastWest nor northSouth looks at nothing. Use Inspection.none(reason).');
    }
  }
}

function blockOf(cidr: string | undefined, factory: string): Cidr {
  const block = Cidr.parse(cidr ?? '100.64.1.0/24');
  if (!block || block.prefix > 24 || block.prefix < 16) throw new InputError(`Inspection.${factory}: cidr is ${JSON.stringify(cidr)}, a block of /16 to /24 is expected, like 100.64.1.0/24`);
  return block;
}
