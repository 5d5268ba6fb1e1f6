import { Cidr } from '../analysis/cidr';
import { InputError } from '../model/input-error';

/** Properties of central egress. */
export interface CentralEgressProps {
  /**
   * Addresses of the egress VPC, a /24 at least. Nobody routes to them, so they may be the same in all Regions.
   * @default '100.64.0.0/24'
   */
  readonly cidr?: string;
  /** Whether partners may rely on the public addresses: one Elastic IP a zone, kept when the gateway goes. @default false - AWS chooses addresses and may add some */
  readonly fixedAddresses?: boolean;
  /** A NAT gateway in each zone, in public subnets, in place of the regional one. @default false */
  readonly zonal?: boolean;
}

/**
 * How segments reach the internet.
 *
 * @example
 * const egress = Egress.central({ fixedAddresses: true });
 */
export class Egress {
  /** By one VPC of the hub with a regional NAT gateway: no public subnet, and a new zone is a new zone, not a new gateway. */
  public static central(props: CentralEgressProps = {}): Egress {
    const block = Cidr.parse(props.cidr ?? DEFAULT_CIDR);
    if (!block || block.prefix > 24 || block.prefix < 16) throw new InputError(`Egress.central: cidr is ${JSON.stringify(props.cidr)}, a block of /16 to /24 is expected, like ${DEFAULT_CIDR}`);
    return new Egress(true, block, props);
  }

  /** Not at all: nothing in a spoke reaches the internet by the hub. */
  public static none(): Egress {
    return new Egress(false, Cidr.parse(DEFAULT_CIDR)!, {});
  }

  private constructor(
    /** Whether there is egress by the hub. */
    public readonly isCentral: boolean,
    /** @internal */
    public readonly _block: Cidr,
    /** @internal */
    public readonly _props: CentralEgressProps,
  ) {}
}

const DEFAULT_CIDR = '100.64.0.0/24';
