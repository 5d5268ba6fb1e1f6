import { App, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { addLogCentralization, CENTRALIZATION_ROLES, ZoneLogCentralizationProps } from './zone-log-centralization';
import { ZoneLoggingFacts } from './zone-logging-facts';
import { addTelemetry, telemetryWaves, ZoneTelemetryProps } from './zone-telemetry';
import { Controls } from '../controls/controls';
import { DETECTION_ROLE_PATH } from '../controls/detection-role';
import { Baseline } from '../delivery/baseline';
import { BaselineWave } from '../delivery/baseline-wave';
import { LogArchive, LogArchiveOptions } from '../logging/log-archive';
import { LogCentralization } from '../logging/log-centralization';
import { LogPurpose } from '../logging/log-purpose';
import { OrganizationTrail, OrganizationTrailOptions } from '../logging/organization-trail';
import { InputError } from '../model/input-error';
import { Account } from '../organization/account';

/** Properties of the log archive of a landing zone. */
export interface ZoneLogArchiveProps extends LogArchiveOptions {
  /** Key of the account of the log archive. @default 'log-archive' */
  readonly account?: string;
  /** Regions that have buckets; services of a Region write to those of the same Region. The home Region has all purposes, the others what is Regional. @default - all allowed Regions of the zone */
  readonly regions?: string[];
  /** Part of the names of its buckets, short: lower-case letters, digits and hyphens. @default - the id of the zone in lower case */
  readonly archiveName?: string;
  /**
   * Whether break-glass alone may change what buckets are like, the deployment no more. Deploy the archive before you seal it.
   *
   * @default false
   */
  readonly sealed?: boolean;
}

/** What CloudFormation deploys by: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html (read 2026-11-23). */
const CFN_ROLE = 'role/cdk-hnb659fds-cfn-exec-role-1';

/**
 * The logging of a landing zone: the log archive in its account, a stack for each Region, with the controls that keep it; the organization trail; copies of log groups in one account; metrics, logs and traces seen from one.
 *
 * @example
 * declare const zone: LandingZone;
 * declare const plan: AddressPlan;
 * const archive = zone.addLogArchive();
 * zone.logging.addTrail();
 * zone.addNetworkHub('Hub', { addressPlan: plan, flowLogs: archive.flowLogs });
 */
export class ZoneLogging extends Construct {
  private organizationTrail?: OrganizationTrail;
  private centralization?: LogCentralization;
  /** What deployments call in which member account, so that no control denies it. @internal */
  public readonly _calls: LoggingCall[] = [];
  /** Waves whose accounts are linked, by the key of the monitoring account. @internal */
  public readonly _linked = new Map<string, BaselineWave[]>();
  private readonly archives = new Map<string, LogArchive>();

  /** @internal */
  public constructor(scope: Construct, private readonly app: App, private readonly facts: ZoneLoggingFacts) {
    super(scope, 'Logging');
  }

  /** The log archive, of all Regions; what is returned is the home Region's. Fails where there is one already, and where the account is not the zone's. */
  public addArchive(props: ZoneLogArchiveProps = {}): LogArchive {
    const { homeRegion, allowedRegions, organization, name, platform } = this.facts;
    if (this.archives.size > 0) throw new InputError('The landing zone has a log archive already: zone.logging.archive()');
    const { account: accountKey = 'log-archive', regions = [...allowedRegions], sealed = false } = props;
    const { accountId } = organization.account(accountKey);
    const breakGlassRole = props.breakGlassRole ?? platform.principals.find((one) => one.name === 'break-glass role')?.rolePattern;
    const deploymentRoles = platform.principals.filter((one) => one.name === 'CDK bootstrap roles').map(({ rolePattern }) => rolePattern);
    const kept = Controls.protectLogArchive({ breakGlassRole, deploymentRoles: sealed ? [] : deploymentRoles });
    this.facts.controls.enableOnAccount(accountKey, kept, Controls.denyOutsidePrincipals(), Controls.denyConfusedDeputies());
    for (const region of [...new Set([homeRegion, ...regions])]) {
      const stackName = `${name}-LogArchive-${region}`;
      const stack = new Stack(this.app, stackName, { stackName, description: 'Log archive', terminationProtection: true, env: { account: accountId, region } });
      const purposes = region === homeRegion ? props.purposes : (props.purposes ?? LogPurpose.all()).filter((purpose) => LogPurpose.regional().includes(purpose));
      this.archives.set(region, new LogArchive(stack, 'LogArchive', {
        ...props,
        purposes,
        breakGlassRole,
        archiveName: props.archiveName ?? name.toLowerCase(),
        organizationId: organization._literalId,
        managementAccountId: organization.managementAccountId,
        trailArn: this.trailArn,
      }));
    }
    return this.archive();
  }

  /** The log archive of a Region, by default the home Region. Fails with the Regions that have one. */
  public archive(region: string = this.facts.homeRegion): LogArchive {
    const found = this.archives.get(region);
    if (found) return found;
    throw new InputError(this.archives.size === 0 ? 'The landing zone has no log archive yet: add it with zone.addLogArchive()'
      : `The log archive has no buckets in ${region}. It has some in ${[...this.archives.keys()].join(', ')}: name the Region in regions`);
  }

  /** The organization trail in the management account, to the archive of the home Region. Fails where there is one already, and where there is no archive. */
  public addTrail(options: OrganizationTrailOptions = {}): OrganizationTrail {
    const { homeRegion, organization, name } = this.facts;
    if (this.organizationTrail) throw new InputError('The landing zone has an organization trail already: zone.logging.trail');
    const archive = this.archive();
    const stackName = `${name}-Trail`;
    const stack = new Stack(this.app, stackName, { stackName, description: 'Organization trail', terminationProtection: true, env: organization.managementEnvironment(homeRegion) });
    organization.settings.trustService('cloudtrail.amazonaws.com');
    stack.addStackDependency(Stack.of(organization), 'the organization must trust CloudTrail');
    this.organizationTrail = new OrganizationTrail(stack, 'Trail', { ...options, archive });
    return this.organizationTrail;
  }

  /**
   * Copies of the log groups of all accounts and Regions in one account, encrypted with a key of its own, by a rule of the organization: see `LogCentralization`. Fails where it was added already, and for a Region
   * that the zone does not allow; synthesis fails where a control denies it.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.logging.centralizeLogs({ logGroups: LogGroupFilter.startingWith('/aws/lambda/', '/aws/eks/') });
   */
  public centralizeLogs(props: ZoneLogCentralizationProps = {}): LogCentralization {
    if (this.centralization) throw new InputError('The landing zone centralizes logs already: give centralizeLogs all log groups at once');
    const { account = 'security', administrator = account } = props;
    this.centralization = addLogCentralization(this.app, this.facts, props);
    const { organization, partition } = this.facts;
    const [destination, rule] = [organization.account(account), organization.account(administrator)];
    this._calls.push(
      { account: rule, action: 'observabilityadmin:CreateCentralizationRuleForOrganization', principal: CFN_ROLE, way: `Keep the control away from ${rule.key}, or name another administrator` },
      ...CENTRALIZATION_ROLES.map((service) => ({
        account: destination, action: 'iam:CreateServiceLinkedRole', principal: `role/${DETECTION_ROLE_PATH}any`,
        resource: `arn:${partition}:iam::${destination.accountId}:role/aws-service-role/${service}/any`,
        way: 'Keep the control away from the account that has the copies, or exempt the role, with platformPrincipals: PlatformPrincipals.standard({ configuresDetection: true })',
      })),
    );
    return this.centralization;
  }

  /**
   * Metrics, log groups and traces of all accounts, seen from one, in each Region: see `TelemetrySink` and `TelemetryLink`. Nothing is copied. Called again, they are shared with another account. Fails where they are
   * shared with the account already; synthesis fails where a control denies it.
   *
   * @example
   * declare const zone: LandingZone;
   * zone.logging.shareTelemetry({ logGroups: LogGroupFilter.exceptStartingWith('/aws/codebuild/') });
   */
  public shareTelemetry(props: ZoneTelemetryProps = {}): Baseline {
    const { account: key = 'security' } = props;
    if (this._linked.has(key)) throw new InputError(`Accounts share with ${key} already: give shareTelemetry all that is shared at once`);
    const baseline = addTelemetry(this.app, this.facts, props);
    this._linked.set(key, telemetryWaves(this.facts, props));
    const account = this.facts.organization.account(key);
    this._calls.push({ account, action: 'oam:CreateSink', principal: CFN_ROLE, way: `Keep the control away from ${key}, or name another account` });
    return baseline;
  }

  /** The organization trail; undefined until it is added. */
  public get trail(): OrganizationTrail | undefined {
    return this.organizationTrail;
  }

  /** ARN that the organization trail has, once it is there. */
  private get trailArn(): string {
    const { partition, homeRegion, organization, name } = this.facts;
    return `arn:${partition}:cloudtrail:${homeRegion}:${organization.managementAccountId}:trail/landing-zone-${name.toLowerCase()}`;
  }
}

/** What a deployment of logging calls. @internal */
export interface LoggingCall {
  readonly account: Account;
  readonly action: string;
  readonly resource?: string;
  readonly principal: string;
  /** What to do where it is denied, as a sentence. */
  readonly way: string;
}
