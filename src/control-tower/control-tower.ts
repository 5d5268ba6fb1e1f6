import { UNIT_BASELINE_VERSION } from './control-tower-facts';
import { behaviorOf } from './known-controls';
import { InputError } from '../model/input-error';

/** What is said of an AWS Control Tower that governs the organization. */
export interface ControlTowerOptions {
  /**
   * Paths of the units that are enrolled, `Workloads/Prod`; each needs its parent enrolled too. `zone.controlTower.enroll` enrolls more. A unit that leaves the list stays enrolled: take it out in AWS.
   *
   * @default - none
   */
  readonly units?: string[];
  /**
   * ARN of the enabled IdentityCenterBaseline, where AWS Control Tower manages IAM Identity Center: the one of `aws controltower list-enabled-baselines`.
   *
   * @default - AWS Control Tower does not manage IAM Identity Center
   */
  readonly identityCenterBaselineArn?: string;
  /** Version of AWSControlTowerBaseline. It follows from the version of the landing zone: `4.0` for 3.2 and 3.3. @default '5.0' for a landing zone 4.0 */
  readonly baselineVersion?: string;
  /** Key of the account that keeps AWS Control Tower's logs. @default 'log-archive' */
  readonly logArchiveAccount?: string;
  /** Key of the account that has AWS Control Tower's audit roles and its aggregator of AWS Config. @default 'security' */
  readonly securityAccount?: string;
  /** Whether AWS Control Tower has the organization trail; `zone.logging.addTrail` is then refused. @default true */
  readonly trail?: boolean;
  /** Whether AWS Control Tower records with AWS Config; `zone.detection.addConfig` is then refused where it does. Enrolled units need it. @default true */
  readonly config?: boolean;
  /** Whether detective controls of AWS Control Tower are enabled on enrolled units, those that controls of the zone name which reach the unit. AWS bills evaluations of their rules of AWS Config. @default true */
  readonly detectiveControls?: boolean;
  /**
   * ARNs of proactive controls, by the ids by which controls of the zone name them: `{ 'CT.EC2.PR.8': 'arn:aws:controlcatalog:::control/...' }`, from `aws controlcatalog list-controls`. Each is enabled
   * on the enrolled units that such a control reaches, where CloudFormation then refuses what the zone's checks refuse at synthesis. Synthesis fails for one that no control names.
   *
   * @default - none
   */
  readonly proactiveControls?: { [id: string]: string };
}

/**
 * Whether a zone lives with AWS Control Tower, and what that does: the value of the zone's option `controlTower`. Without it, the zone does all by itself.
 *
 * @example
 * new LandingZone(app, 'Acme', {
 *   regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }),
 *   accountEmail: 'aws+{account}@acme.example',
 *   controlTower: ControlTower.existing({ units: ['Infrastructure', 'Workloads', 'Workloads/Prod', 'Workloads/NonProd'] }),
 * });
 */
export class ControlTower {
  /** One that was set up before, with the console or by other means. Nothing of it is managed but the units that are enrolled. Fails with all that is wrong. */
  public static existing(options: ControlTowerOptions = {}): ControlTower {
    return new ControlTower(options);
  }

  /** @internal */
  public readonly _units: readonly string[];
  /** @internal */
  public readonly _identityCenterBaselineArn: string | undefined;
  /** @internal */
  public readonly _baselineVersion: string;
  /** Keys of the accounts of its service integrations. @internal */
  public readonly _accounts: { readonly logArchive: string; readonly security: string };
  /** @internal */
  public readonly _hasTrail: boolean;
  /** @internal */
  public readonly _hasConfig: boolean;
  /** @internal */
  public readonly _detective: boolean;
  /** @internal */
  public readonly _proactive: { readonly [id: string]: string };

  private constructor(options: ControlTowerOptions) {
    this._units = options.units ?? [];
    this._identityCenterBaselineArn = options.identityCenterBaselineArn;
    this._baselineVersion = options.baselineVersion ?? UNIT_BASELINE_VERSION;
    this._accounts = { logArchive: options.logArchiveAccount ?? 'log-archive', security: options.securityAccount ?? 'security' };
    this._hasTrail = options.trail ?? true;
    this._hasConfig = options.config ?? true;
    this._detective = options.detectiveControls ?? true;
    this._proactive = options.proactiveControls ?? {};
    const problems = this.problems();
    if (problems.length > 0) throw new InputError(`ControlTower: ${problems.join('; ')}`);
  }

  private problems(): string[] {
    const arn = this._identityCenterBaselineArn;
    return [
      ...(/^[0-9]+\.[0-9]+$/.test(this._baselineVersion) ? [] : [`baselineVersion is "${this._baselineVersion}", and a version like 5.0 is expected`]),
      ...(arn === undefined || /^arn:aws[a-z-]*:controltower:[a-z0-9-]+:[0-9]{12}:enabledbaseline\/[A-Za-z0-9]+$/.test(arn) ? []
        : [`identityCenterBaselineArn is "${arn}", and an ARN like arn:aws:controltower:eu-west-1:111122223333:enabledbaseline/XAHCR4CJTSI4W07MZ is expected`]),
      ...Object.entries(this._proactive).flatMap(([id, one]) => [
        ...(behaviorOf(id) === 'proactive' ? [] : [`proactiveControls names ${id}, and an id like CT.EC2.PR.8 is expected`]),
        ...(/^arn:aws[a-z-]*:(controlcatalog:::|controltower:[a-z0-9-]+::)control\/[0-9A-Za-z_-]+$/.test(one) ? [] : [`the ARN of ${id} is "${one}", and one like arn:aws:controlcatalog:::control/5mhjhod4ky44haldvja2v4x3a is expected`]),
      ]),
    ];
  }
}
