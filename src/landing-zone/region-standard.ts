import { InputError } from '../model/input-error';

/** Properties of the Region standard. */
export interface RegionStandardProps {
  /** Region of the organization's own stacks: `eu-west-1`. */
  readonly home: string;
  /** Regions in which accounts may work. @default - the home Region alone */
  readonly allowed?: string[];
  /**
   * Who enables allowed Regions that accounts have to opt in to, where the landing zone does not: because account vending does, say.
   *
   * @default - `zone.enableOptInRegions()` does; synthesis says where it is missing
   */
  readonly openedElsewhere?: string;
}

/**
 * Where the organization works: one choice from which the Region lock, baselines and the network follow.
 *
 * @example
 * const regions = new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] });
 */
export class RegionStandard {
  /** Home Region. */
  public readonly home: string;
  /** Regions in use, the home Region among them, in order of declaration. */
  public readonly allowed: string[];
  /** Who enables Regions that accounts have to opt in to, where the landing zone does not. */
  public readonly openedElsewhere: string | undefined;

  public constructor(props: RegionStandardProps) {
    this.home = props.home;
    this.allowed = props.allowed ?? [props.home];
    this.openedElsewhere = props.openedElsewhere;
    if (this.openedElsewhere?.trim() === '') throw new InputError('RegionStandard: openedElsewhere is empty: say who enables Regions that accounts have to opt in to');
    const wrong = [...new Set([this.home, ...this.allowed])].filter((region) => !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region));
    if (wrong.length > 0) {
      throw new InputError(`RegionStandard: ${wrong.map((region) => `"${region}"`).join(', ')} ${wrong.length === 1 ? 'is' : 'are'} not of the form of a Region, like eu-west-1`);
    }
    const twice = this.allowed.filter((region, index) => this.allowed.indexOf(region) !== index);
    if (twice.length > 0) throw new InputError(`RegionStandard: ${twice.join(', ')} is listed twice in allowed`);
    if (!this.allowed.includes(this.home)) {
      throw new InputError(`RegionStandard: the home Region ${this.home} is not among the allowed Regions ${this.allowed.join(', ')}. Add it: the platform's own stacks live there.`);
    }
  }
}
