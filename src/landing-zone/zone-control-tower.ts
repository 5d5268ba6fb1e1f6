import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { controlTowerProblems } from './control-tower-problems';
import { ZoneControlTowerFacts } from './zone-control-tower-facts';
import { ControlTower } from '../control-tower/control-tower';
import { EnabledControls } from '../control-tower/enabled-controls';
import { EnrolledUnits } from '../control-tower/enrolled-units';
import { shortPath } from '../control-tower/enrollment-problems';
import { GoverningLandingZone } from '../control-tower/governing-landing-zone';
import { LandingZoneSettings } from '../control-tower/landing-zone-settings';
import { Control } from '../controls/control';
import { InputError } from '../model/input-error';
import { Account } from '../organization/account';
import { OrganizationalUnit } from '../organization/organizational-unit';
import { IPolicyTarget } from '../organization/policy-target';

/**
 * What a landing zone has of AWS Control Tower, in a stack of the management account and the home Region: the landing zone where it is created, the units that are
 * enrolled, and its controls on them.
 *
 * @example
 * declare const zone: LandingZone;
 * zone.unit('Workloads').addUnit('Staging');
 * zone.controlTower!.enroll('Workloads', 'Workloads/Staging');
 */
export class ZoneControlTower extends Construct {
  /** ARN of the landing zone of AWS Control Tower that is created; undefined with one that is there already. */
  public readonly landingZoneArn: string | undefined;
  /** @internal */
  public readonly _options: ControlTower;
  /** Accounts of its service integrations, which the landing zone of AWS Control Tower governs. @internal */
  public readonly _accounts: readonly Account[];
  private readonly enrolled: EnrolledUnits;
  private readonly controls: EnabledControls;

  /** @internal */
  public constructor(scope: Construct, app: App, private readonly facts: ZoneControlTowerFacts, options: ControlTower) {
    super(scope, 'ControlTower');
    const { organization, partition, homeRegion, name } = facts;
    this._options = options;
    this._accounts = integrationAccounts(options).map(({ option, key }) => {
      const found = organization.accounts.find((account) => account.key === key);
      if (found) return found;
      throw new InputError(`ControlTower: ${option} is "${key}", and there is no such account. Accounts: ${organization.accounts.slice(0, 20).map((account) => account.key).join(', ')}`);
    });
    const stackName = `${name}-ControlTower`;
    const stack = new Stack(app, stackName, {
      stackName, description: 'What AWS Control Tower governs', terminationProtection: true, env: organization.managementEnvironment(homeRegion),
    });
    this.comeAfterOrganization(stack, app);
    const arnOf = (unit: OrganizationalUnit) => `arn:${partition}:organizations::${organization.managementAccountId}:ou/${organization._idIn(stack)}/${organization._idIn(stack, unit)}`;
    const landingZone = options._created && this.createIn(stack, options._created);
    this.landingZoneArn = landingZone?.arn;
    this.enrolled = new EnrolledUnits(stack, 'Units', {
      partition, homeRegion, arnOf, baselineVersion: options._baselineVersion, identityCenterBaselineArn: options._identityCenterBaselineArn, after: landingZone?.resource,
    });
    this.controls = new EnabledControls(stack, 'Controls', { partition, homeRegion, arnOf, detective: options._detective, proactive: options._proactive, after: () => this.enrolled.last });
    this.enroll(...options._units);
    this.node.addValidation({ validate: () => controlTowerProblems(this, facts) });
  }

  /** Enrolls units by their paths, `Workloads/Prod`, with the accounts directly in them. Fails for the root, and with the known paths; synthesis fails where AWS Control Tower would refuse. */
  public enroll(...paths: string[]): void {
    for (const unit of paths.map((path) => this.facts.organization.unit(path))) {
      if (unit === this.facts.organization.root) throw new InputError('ControlTower: the root cannot be enrolled, as it is no unit: enroll the units below it');
      if (this.enrolled.units.includes(unit)) continue;
      this.enrolled.add(unit);
      this.controls.addUnit(unit);
    }
  }

  /** Paths of the units that are enrolled, in the order in which they are: parents before children. */
  public get units(): string[] {
    return this._enrolled.map(shortPath);
  }

  /** @internal */
  public get _enrolled(): OrganizationalUnit[] {
    return this.enrolled.units;
  }

  /** @internal */
  public get _controls(): EnabledControls {
    return this.controls;
  }

  /** A control of the zone is enabled on a target. @internal */
  public _follow(target: IPolicyTarget, control: Control): void {
    this.controls.addControl(target, control);
  }

  private createIn(stack: Stack, settings: LandingZoneSettings): GoverningLandingZone {
    const { organization, partition, homeRegion, allowedRegions } = this.facts;
    const idOf = (key: string) => organization._idIn(stack, organization.account(key));
    const { logArchive, security } = this._options._accounts;
    return new GoverningLandingZone(stack, 'LandingZone', {
      partition,
      homeRegion,
      managementAccountId: organization.managementAccountId,
      settings,
      governedRegions: settings.governedRegions ?? [...new Set([homeRegion, ...allowedRegions])],
      accountIds: {
        logArchive: idOf(logArchive), security: idOf(security), ...(settings.backup && { backupAdmin: idOf(settings.backup.adminAccount), backupVault: idOf(settings.backup.vaultAccount) }),
      },
    });
  }

  /** After all stacks of the organization, so that units hold their accounts: those of spread accounts come when there are accounts. */
  private comeAfterOrganization(stack: Stack, app: App): void {
    const home = Stack.of(this.facts.organization);
    const isOfOrganization = (one: Stack) => one === home || (one.node.scope === home.node.scope && one.node.id.startsWith(`${home.node.id}-`));
    Aspects.of(stack).add({
      visit: (node) => {
        if (node !== stack) return;
        for (const one of app.node.findAll()) if (Stack.isStack(one) && isOfOrganization(one)) stack.addStackDependency(one);
      },
    });
  }
}

/** Keys of the accounts of service integrations, with the options that name them; an account that has two of them is there twice. */
function integrationAccounts({ _accounts: { logArchive, security }, _created: created }: ControlTower): { readonly option: string; readonly key: string }[] {
  const { adminAccount, vaultAccount } = created?.backup ?? {};
  return [
    { option: 'logArchiveAccount', key: logArchive },
    { option: 'securityAccount', key: security },
    ...(adminAccount !== undefined ? [{ option: 'adminAccount of backup', key: adminAccount }] : []),
    ...(vaultAccount !== undefined ? [{ option: 'vaultAccount of backup', key: vaultAccount }] : []),
  ];
}
