import { LANDING_ZONE_VERSION, UNIT_BASELINE_VERSION } from './control-tower-facts';
import { behaviorOf } from './known-controls';
import { settingsProblems } from './landing-zone-problems';
import { LandingZoneSettings } from './landing-zone-settings';
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

/** What is said of an AWS Control Tower whose landing zone is created. */
export interface NewControlTowerOptions extends ControlTowerOptions {
  /** Regions that it governs, the home Region among them; all must be the zone's. @default - all Regions of the zone */
  readonly governedRegions?: string[];
  /** Whether it has roles for auditors in all accounts, of the account `securityAccount`. IAM Identity Center and backups need them, and they need `config`. @default - the same as `config` */
  readonly securityRoles?: boolean;
  /**
   * Whether it manages IAM Identity Center. Units are then enrolled in a second deployment, when `identityCenterBaselineArn` is known.
   *
   * @default false: the zone's own permission sets, or others, do
   */
  readonly identityCenter?: boolean;
  /** Whether accounts that come into an enrolled unit are enrolled by themselves. @default true */
  readonly automaticEnrollment?: boolean;
  /** Days for which logs are kept, of CloudTrail and AWS Config: a whole number from 1. @default 365 */
  readonly logRetentionDays?: number;
  /** Days for which it is kept who reads these logs: a whole number from 1. @default 365 */
  readonly accessLogRetentionDays?: number;
  /** ARN of the KMS key that encrypts logs of CloudTrail, of the management account and the home Region, symmetric and of one Region; its policy must let CloudTrail use it. @default - the bucket's default encryption */
  readonly trailKeyArn?: string;
  /** ARN of the KMS key that encrypts what AWS Config records, likewise; its policy must let AWS Config use it. @default - the bucket's default encryption */
  readonly configKeyArn?: string;
  /** AWS Backup, managed by AWS Control Tower. @default - not managed by it */
  readonly backup?: ControlTowerBackup;
}

/** AWS Backup as AWS Control Tower manages it. */
export interface ControlTowerBackup {
  /** Key of the account that administers it; in the unit of AWS Control Tower's other accounts, and none of them. */
  readonly adminAccount: string;
  /** Key of the account of the central vault, likewise. */
  readonly vaultAccount: string;
  /** ARN of the KMS key of backups: of the management account, symmetric, with copies in all governed Regions. */
  readonly keyArn: string;
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

  /**
   * A landing zone 4.0 that is created, with its roles, by its manifest; it is retained when it leaves the template. Its accounts are the zone's, in one unit directly below the root. Fails with all that is wrong.
   *
   * @example
   * ControlTower.create({ units: ['Workloads', 'Workloads/Prod'], logRetentionDays: 730 });
   */
  public static create(options: NewControlTowerOptions = {}): ControlTower {
    const config = options.config ?? true;
    return new ControlTower(options, {
      governedRegions: options.governedRegions,
      trail: options.trail ?? true,
      config,
      securityRoles: options.securityRoles ?? config,
      identityCenter: options.identityCenter ?? false,
      automaticEnrollment: options.automaticEnrollment ?? true,
      logRetentionDays: options.logRetentionDays ?? 365,
      accessLogRetentionDays: options.accessLogRetentionDays ?? 365,
      trailKeyArn: options.trailKeyArn,
      configKeyArn: options.configKeyArn,
      backup: options.backup,
    });
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

  /** What is created; undefined where it is there already. @internal */
  public readonly _created: LandingZoneSettings | undefined;

  private constructor(options: ControlTowerOptions, created?: LandingZoneSettings) {
    this._created = created;
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
      ...(this._created ? settingsProblems(this._created) : []),
      ...(this._created && this._baselineVersion !== UNIT_BASELINE_VERSION ? [`baselineVersion is "${this._baselineVersion}", and a landing zone ${LANDING_ZONE_VERSION} has ${UNIT_BASELINE_VERSION}`] : []),
      ...Object.entries(this._proactive).flatMap(([id, one]) => [
        ...(behaviorOf(id) === 'proactive' ? [] : [`proactiveControls names ${id}, and an id like CT.EC2.PR.8 is expected`]),
        ...(/^arn:aws[a-z-]*:(controlcatalog:::|controltower:[a-z0-9-]+::)control\/[0-9A-Za-z_-]+$/.test(one) ? [] : [`the ARN of ${id} is "${one}", and one like arn:aws:controlcatalog:::control/5mhjhod4ky44haldvja2v4x3a is expected`]),
      ]),
    ];
  }
}
