/**
 * A value that the content of a baseline needs from outside: a parameter of its stacks.
 *
 * @example
 * declare const pools: IpamPools;
 * const inputs = {
 *   LogBucket: BaselineInput.of('acme-logs'),
 *   Pool: BaselineInput.perRegion({ 'eu-west-1': pools.poolId('eu-west-1', 'prod'), 'us-east-1': pools.poolId('us-east-1', 'prod') }),
 * };
 */
export class BaselineInput {
  /** The same everywhere: a text, or an attribute of a resource in a stack of whatever account, which is read whenever the baseline is deployed. */
  public static of(value: string): BaselineInput {
    return new BaselineInput(value, undefined);
  }

  /**
   * A value for each Region of the baseline. Each is a parameter and the template chooses: values that a stack set overrides do not reach accounts that come later
   * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html, read 2026-11-23).
   */
  public static perRegion(values: { [region: string]: string }): BaselineInput {
    return new BaselineInput(undefined, values);
  }

  private constructor(private readonly value: string | undefined, private readonly values: { [region: string]: string } | undefined) {}

  /** Regions that it has no value for. @internal */
  public _missing(regions: readonly string[]): string[] {
    return this.values === undefined ? [] : regions.filter((region) => this.values![region] === undefined);
  }

  /** Values by the Region they are for; one without a Region is for all. @internal */
  public _byRegion(regions: readonly string[]): { readonly region?: string; readonly value: string }[] {
    if (this.values === undefined) return [{ value: this.value! }];
    return regions.map((region) => ({ region, value: this.values![region] ?? '' }));
  }

  /** The value in a Region. @internal */
  public _in(region: string): string {
    return this.value ?? this.values?.[region] ?? '';
  }
}
