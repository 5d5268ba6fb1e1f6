import { InputError } from '../model/input-error';

/**
 * How many addresses a spoke's VPC gets. A VPC cannot shrink or move: choose with the growth of two years in mind.
 *
 * @example
 * const size = SpokeSize.MEDIUM;
 */
export class SpokeSize {
  /** 256 addresses, /24: a tool, a sandbox. */
  public static readonly SMALL = new SpokeSize(24);
  /** 1,024 addresses, /22: a product with functions and containers. */
  public static readonly MEDIUM = new SpokeSize(22);
  /** 4,096 addresses, /20: a product with Kubernetes or large fleets. */
  public static readonly LARGE = new SpokeSize(20);
  /** 16,384 addresses, /18: a platform. */
  public static readonly EXTRA_LARGE = new SpokeSize(18);

  /** A prefix of your own; AWS takes VPCs from /16 to /28. */
  public static prefix(length: number): SpokeSize {
    if (!Number.isInteger(length) || length < 16 || length > 28) {
      throw new InputError(`SpokeSize.prefix(${length}): AWS takes VPCs from /16 (65,536 addresses) to /28 (16 addresses)`);
    }
    return new SpokeSize(length);
  }

  private constructor(
    /** Length of the prefix. */
    public readonly prefixLength: number,
  ) {}
}
