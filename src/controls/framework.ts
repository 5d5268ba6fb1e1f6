/**
 * A published control framework in the edition the mappings were read from.
 */
export class Framework {
  /** CIS Amazon Web Services Foundations Benchmark 5.0.0. */
  public static readonly CIS_AWS = new Framework('CIS AWS Foundations', '5.0.0', 'https://www.cisecurity.org/benchmark/amazon_web_services');
  /** NIST Special Publication 800-53, revision 5. */
  public static readonly NIST_800_53 = new Framework('NIST 800-53', 'r5', 'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final');
  /** Payment Card Industry Data Security Standard 4.0.1. */
  public static readonly PCI_DSS = new Framework('PCI DSS', '4.0.1', 'https://www.pcisecuritystandards.org/document_library/');
  /** ISO/IEC 27001:2022, Annex A. */
  public static readonly ISO_27001 = new Framework('ISO 27001', '2022', 'https://www.iso.org/standard/27001');
  /** AICPA Trust Services Criteria 2017 with points of focus 2022. */
  public static readonly SOC_2 = new Framework('SOC 2', '2017 (2022)', 'https://www.aicpa-cima.com/topic/audit-assurance/audit-and-assurance-greater-than-soc-2');

  private constructor(
    /** `NIST 800-53`. */
    public readonly name: string,
    /** `r5`. */
    public readonly edition: string,
    /** Where the framework is published. */
    public readonly url: string,
  ) {}

  /** This framework's requirements that a control serves, by their exact numbers: `Framework.NIST_800_53.maps('AC-6', 'AU-9')`. */
  public maps(...requirements: string[]): FrameworkMapping {
    return { framework: this, requirements };
  }
}

/** The requirements of one framework that a control serves. */
export interface FrameworkMapping {
  /** The framework. */
  readonly framework: Framework;
  /** Exact numbers: `['3.1', '3.2']`. */
  readonly requirements: string[];
}
