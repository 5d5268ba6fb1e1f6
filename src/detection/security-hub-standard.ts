import { InputError } from '../model/input-error';

/** A list of controls that Security Hub CSPM looks for. https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html (read 2026-11-23) */
export class SecurityHubStandard {
  /** AWS Foundational Security Best Practices. */
  public static readonly FOUNDATIONAL = new SecurityHubStandard('aws-foundational-security-best-practices/v/1.0.0');
  /** CIS AWS Foundations Benchmark 5.0.0. */
  public static readonly CIS = new SecurityHubStandard('cis-aws-foundations-benchmark/v/5.0.0');
  /** NIST SP 800-53, revision 5. */
  public static readonly NIST_800_53 = new SecurityHubStandard('nist-800-53/v/5.0.0');
  /** NIST SP 800-171, revision 2. */
  public static readonly NIST_800_171 = new SecurityHubStandard('nist-800-171/v/2.0.0');
  /** PCI DSS 4.0.1. */
  public static readonly PCI_DSS = new SecurityHubStandard('pci-dss/v/4.0.1');
  /** AWS Resource Tagging Standard. */
  public static readonly RESOURCE_TAGGING = new SecurityHubStandard('aws-resource-tagging-standard/v/1.0.0');

  /** Another one, by the end of its ARN: `cis-aws-foundations-benchmark/v/3.0.0`. */
  public static of(name: string): SecurityHubStandard {
    if (!/^[a-z0-9-]+\/v\/\d+(\.\d+)*$/.test(name)) throw new InputError(`"${name}" is no standard of Security Hub: the end of an ARN is expected, like cis-aws-foundations-benchmark/v/5.0.0`);
    return new SecurityHubStandard(name);
  }

  private constructor(
    /** End of its ARN. */
    public readonly standardName: string,
  ) {}

  /** ARN in a Region of a partition. @internal */
  public _arnIn(partition: string, region: string): string {
    return `arn:${partition}:securityhub:${region}::standards/${this.standardName}`;
  }
}
