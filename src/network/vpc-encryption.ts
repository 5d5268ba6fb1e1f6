import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnVPCEncryptionControl, CfnVPCEncryptionControlProps } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { InputError } from '../model/input-error';

/** What happens to traffic that is not encrypted. */
export class VpcEncryptionMode {
  /** It passes, and flow logs tell it. */
  public static readonly MONITOR = new VpcEncryptionMode('monitor');
  /** It cannot arise: what does not encrypt is not made in the VPC. AWS takes it after monitoring, when nothing in the VPC speaks unencrypted any more. */
  public static readonly ENFORCE = new VpcEncryptionMode('enforce');

  private constructor(
    /** AWS's word. */
    public readonly name: string,
  ) {}
}

/** What may carry unencrypted traffic in a VPC that enforces encryption. */
export class VpcEncryptionExclusion {
  /** Internet gateway. */
  public static readonly INTERNET_GATEWAY = new VpcEncryptionExclusion('internetGatewayExclusionInput');
  /** Egress-only internet gateway. */
  public static readonly EGRESS_ONLY_INTERNET_GATEWAY = new VpcEncryptionExclusion('egressOnlyInternetGatewayExclusionInput');
  /** NAT gateway. */
  public static readonly NAT_GATEWAY = new VpcEncryptionExclusion('natGatewayExclusionInput');
  /** Virtual private gateway. */
  public static readonly VIRTUAL_PRIVATE_GATEWAY = new VpcEncryptionExclusion('virtualPrivateGatewayExclusionInput');
  /** Peering with a VPC that does not enforce encryption. */
  public static readonly VPC_PEERING = new VpcEncryptionExclusion('vpcPeeringExclusionInput');
  /** VPC Lattice. */
  public static readonly VPC_LATTICE = new VpcEncryptionExclusion('vpcLatticeExclusionInput');
  /** Amazon EFS. */
  public static readonly ELASTIC_FILE_SYSTEM = new VpcEncryptionExclusion('elasticFileSystemExclusionInput');
  /** Lambda functions. */
  public static readonly LAMBDA = new VpcEncryptionExclusion('lambdaExclusionInput');

  private constructor(
    /** @internal */
    public readonly _property: keyof CfnVPCEncryptionControlProps,
  ) {}
}

/** An exclusion and why it is one. */
export interface VpcEncryptionExclusionProps {
  /** What may carry unencrypted traffic. */
  readonly what: VpcEncryptionExclusion;
  /** Why; it stands in the template. */
  readonly reason: string;
}

/** Properties of a VPC's encryption in transit. */
export interface VpcEncryptionProps {
  /** The VPC. */
  readonly vpcId: string;
  /** Whether unencrypted traffic is told or not possible. @default VpcEncryptionMode.MONITOR */
  readonly mode?: VpcEncryptionMode;
  /** What is left out when encryption is enforced. @default - nothing */
  readonly exclusions?: VpcEncryptionExclusionProps[];
}

/**
 * Encryption in transit of a VPC: monitored, or enforced. An existing VPC is monitored first, which says who does not encrypt, and enforces when nobody is left. It stays on when it leaves the template.
 *
 * Amazon VPC, "Enforce VPC encryption in transit", and AWS CloudFormation, AWS::EC2::VPCEncryptionControl (read 2026-11-23).
 *
 * @example
 * new VpcEncryption(stack, 'Encryption', {
 *   vpcId: 'vpc-0123456789abcdef0', mode: VpcEncryptionMode.ENFORCE,
 *   exclusions: [{ what: VpcEncryptionExclusion.NAT_GATEWAY, reason: 'Partners are called over the internet, by TLS' }],
 * });
 */
export class VpcEncryption extends Construct {
  public constructor(scope: Construct, id: string, props: VpcEncryptionProps) {
    super(scope, id);
    const { vpcId, mode = VpcEncryptionMode.MONITOR, exclusions = [] } = props;
    const properties = exclusions.map(({ what }) => what._property);
    const problems = [
      ...(mode === VpcEncryptionMode.MONITOR && exclusions.length > 0 ? ['exclusions are given, and nothing is enforced: they belong to VpcEncryptionMode.ENFORCE'] : []),
      ...properties.filter((property, at) => properties.indexOf(property) !== at).map((property) => `${property.replace('ExclusionInput', '')} is excluded twice`),
      ...exclusions.filter(({ reason }) => reason.trim() === '').map(({ what }) => `say in reason why ${what._property.replace('ExclusionInput', '')} is excluded`),
    ];
    if (problems.length > 0) throw new InputError(`VpcEncryption ${this.node.path}: ${problems.join('; ')}`);
    const control = new CfnVPCEncryptionControl(this, 'Resource', { vpcId, mode: mode.name, ...Object.fromEntries(properties.map((property) => [property, 'enable'])) });
    control.applyRemovalPolicy(RemovalPolicy.RETAIN);
    if (exclusions.length > 0) control.addMetadata(METADATA_KEY, { reasons: Object.fromEntries(exclusions.map(({ what, reason }) => [what._property.replace('ExclusionInput', ''), reason])) });
  }
}
