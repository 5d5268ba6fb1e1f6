import { Aspects, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Construct, IConstruct } from 'constructs';
import { nameImageVersions } from './controls/name-image-versions';
import { Criticality } from './criticality';
import { DataClassification } from './data-classification';
import { ROAD_DEFAULTS } from './defaults/all';
import { optOut } from './opting-out';
import { Road } from './road-default';
import { RoadDefaults } from './road-defaults';
import { LandingZoneChecks } from '../compliance/landing-zone-checks';
import { DEFAULT_BOUNDARY } from '../controls/boundary-name';
import { Controls } from '../controls/controls';
import { EncryptionStandard } from '../encryption/encryption-standard';
import { PermissionBoundary } from '../identity/permission-boundary';
import { InputError } from '../model/input-error';
import { ResilienceStandard } from '../resilience/resilience-standard';
import { ResilienceTier } from '../resilience/resilience-tier';
import { TaggingStandard } from '../tagging/tagging-standard';

/** What is said of a product once. */
export interface PavedRoadProps {
  /** `payments`; tag `product`. */
  readonly product: string;
  /** Team that answers for it: `team-payments`; tag `owner`. */
  readonly owner: string;
  /** Who pays: `1042`; tag `cost-center`. */
  readonly costCenter: string;
  /** `prod`; tag `environment`. */
  readonly environment: string;
  /** How much harm it does when its data gets out: how long logs are kept follows from it; tag `data-classification`. */
  readonly dataClassification: DataClassification;
  /** How soon it is back; tag `resilience-tier`. */
  readonly tier: ResilienceTier;
  /** How much harm it does when it is down; tag `criticality`. @default Criticality.MEDIUM */
  readonly criticality?: Criticality;
  /** The organization's tags, where it declares them: keys of it have its values checked, and templates are. @default - the seven keys, whose values are not checked */
  readonly tagging?: TaggingStandard;
  /** The organization's tiers: what keeps data has what its tier promises, as far as templates say (LZ.RESILIENCE.1). @default - tiers are tags, and templates are not held to them */
  readonly resilience?: ResilienceStandard;
  /** How data is encrypted, as the landing zone says. @default new EncryptionStandard(): one key in each account and Region, which the landing zone has put there */
  readonly encryption?: EncryptionStandard;
  /** Name of the permissions boundary, with its path. @default 'landing-zone/boundary' */
  readonly permissionBoundary?: string;
  /** Address of what to do when an alarm goes off. With it, plain queues, functions, tables, databases and state machines have alarms, which cost money each. @default - no alarms but those of golden paths */
  readonly runbook?: string;
  /** ARNs of topics that those alarms tell. @default - none; the landing zone's alerts tell alarms by their names */
  readonly alarmTopicArns?: string[];
  /** Days that logs are kept; one of those that CloudWatch Logs takes. @default - by classification: 90 days, of confidential data 365, of restricted data 731 */
  readonly logRetentionDays?: number;
  /** Whether synthesis checks cdk-nag's AwsSolutions, too. @default true */
  readonly awsSolutions?: boolean;
}

/** How a construct does without a default. */
export interface PavedRoadOptOut {
  /** Id of the default, `s3.access-logs`, or of the control that defaults serve, `LZ.S3.1`. */
  readonly rule: string;
  /** Why; it is in the template, and in the validation report where a control is meant. */
  readonly reason: string;
}

const RETENTION: { readonly [classification in DataClassification]: number } = {
  [DataClassification.PUBLIC]: 90, [DataClassification.INTERNAL]: 90, [DataClassification.CONFIDENTIAL]: 365, [DataClassification.RESTRICTED]: 731,
};

/** What CloudWatch Logs takes (PutRetentionPolicy, API reference, read 2026-11-23). */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** After what the product's code and most aspects say, and before encryption, which completes what is made here. */
const LATE = 700;

const APPLIED = Symbol.for('cdk-landing-zone.paved-road');

/**
 * What a product team's CDK code becomes in a landing zone: private, encrypted, logged, tagged, bounded, and checked, without a word of it in the code.
 *
 * What the team says itself stays; where a control forbids it, synthesis says which one. It makes no difference whether the paved road is applied before or after constructs are added, or twice.
 *
 * @example
 * PavedRoad.apply(app, {
 *   product: 'payments', owner: 'team-payments', costCenter: '1042', environment: 'prod',
 *   dataClassification: DataClassification.CONFIDENTIAL, tier: ResilienceTier.TIER_1,
 * });
 * new Bucket(stack, 'Receipts');
 */
export class PavedRoad {
  /**
   * Applies to all that is below a scope; CDK's aspects do not reach into the stages of a scope, so apply it to each stage. Fails with all that is wrong, and where it was applied with other properties.
   */
  public static apply(scope: IConstruct, props: PavedRoadProps): void {
    const said = JSON.stringify([props.product, tagsOf(props), props.permissionBoundary, props.logRetentionDays, props.encryption?.keys._parameters, props.runbook, props.alarmTopicArns]);
    const before = (scope as any)[APPLIED];
    if (before === said) return;
    check(scope, props, before !== undefined);
    (scope as any)[APPLIED] = said;
    const encryption = props.encryption ?? new EncryptionStandard();
    Aspects.of(scope).add(new RoadDefaults(ROAD_DEFAULTS, roadOf(props)), { priority: LATE });
    encryption.apply(scope);
    PermissionBoundary.applyTo(scope, props.permissionBoundary ?? DEFAULT_BOUNDARY);
    applyTags(scope, props);
    addChecks(scope, props, encryption);
  }

  /** Has a construct and all below it do without a default. Fails without a reason, and for what is none. */
  public static optOut(construct: Construct, out: PavedRoadOptOut): void {
    optOut(construct, out, ROAD_DEFAULTS);
  }

  private constructor() {}
}

function check(scope: IConstruct, props: PavedRoadProps, isOther: boolean): void {
  const problems = [
    ...(isOther ? ['it was applied here already, with other properties: say everything in one call'] : []),
    ...Object.entries(tagsOf(props)).filter(([, value]) => !/^[\w .:/=+@-]{1,256}$/.test(value)).map(([key, value]) => `${key} is "${value}": 1 to 256 letters, digits, spaces and _ . : / = + - @ are expected, as tags take them`),
    ...(props.runbook === undefined || /^https?:\/\/\S+$/.test(props.runbook) ? [] : [`runbook is "${props.runbook}": an address is expected, like https://runbooks.acme.example/payments`]),
    ...(props.runbook === undefined && props.alarmTopicArns !== undefined ? ['alarmTopicArns are given, and no runbook: alarms say what to do'] : []),
    ...(props.logRetentionDays === undefined || RETENTION_DAYS.includes(props.logRetentionDays) ? [] : [`logRetentionDays is ${props.logRetentionDays}: CloudWatch Logs takes ${RETENTION_DAYS.join(', ')}`]),
  ];
  if (problems.length > 0) throw new InputError(`PavedRoad.apply(${scope.node.path || 'app'}) has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
}

function roadOf({ logRetentionDays, dataClassification, tier, product, runbook, alarmTopicArns = [] }: PavedRoadProps): Omit<Road, 'survey'> {
  return {
    ...(runbook === undefined ? {} : { alarms: { product, runbook, topicArns: alarmTopicArns } }),
    logRetentionDays: logRetentionDays ?? RETENTION[dataClassification],
    isHighlyAvailable: tier !== ResilienceTier.TIER_4,
    valueOf: (stack, value) => value.valueIn(stack),
  };
}

function tagsOf(props: PavedRoadProps): { readonly [key: string]: string } {
  const { product, owner, costCenter, environment, dataClassification, tier, criticality = Criticality.MEDIUM } = props;
  return { product, owner, 'cost-center': costCenter, environment, 'data-classification': dataClassification, 'resilience-tier': tier, criticality };
}

/** What a resource says itself stays. */
function applyTags(scope: IConstruct, props: PavedRoadProps): void {
  const { tagging } = props;
  const all = Object.entries(tagsOf(props));
  tagging?.apply(scope, Object.fromEntries(all.filter(([key]) => tagging.keys.includes(key))));
  for (const [key, value] of all.filter(([name]) => !tagging?.keys.includes(name))) Tags.of(scope).add(key, value, { priority: 50 });
}

/** Once an app: a pack checks the whole app wherever it is attached. */
function addChecks(scope: IConstruct, { tagging, resilience, awsSolutions = true }: PavedRoadProps, encryption: EncryptionStandard): void {
  const app = scope.node.root;
  if ((app as any)[CHECKED] === true) return;
  (app as any)[CHECKED] = true;
  const standards = [...(tagging ? [tagging.checkTemplates()] : []), ...(resilience ? [resilience.checkTemplates()] : [])];
  Validations.of(app).addPlugins(new LandingZoneChecks(app, { controls: [...Controls.all(), encryption.checkTemplates(), nameImageVersions(), ...standards] }));
  if (awsSolutions) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

const CHECKED = Symbol.for('cdk-landing-zone.paved-road.checks');
