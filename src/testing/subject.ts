import { App } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { networkOfAssembly, NetworkUnderTest } from './network-subject';
import { AccountPolicies } from '../analysis/policy-document';
import { LandingZone } from '../landing-zone/landing-zone';
import { organizationFromAssembly } from '../model/assembly/organization-from-assembly';
import { readAssembly } from '../model/assembly/read-assembly';
import { OrganizationModel } from '../model/organization-model';
import { describeAccounts, Situation, situationsOf } from '../model/situations';
import { Account } from '../organization/account';
import { modelOfDefinition } from '../organization/model-of-definition';
import { Organization } from '../organization/organization';
import { OrganizationFile } from '../organization/organization-file';
import { OrganizationalUnit } from '../organization/organizational-unit';

/** The accounts that an expectation is about. */
export interface Subject {
  /** `payments-prod (Root/Workloads/Prod)`, `every account in Root/Workloads`. */
  readonly label: string;
  readonly model: OrganizationModel;
  /** What decides in each group of equal accounts. */
  readonly accounts: readonly AccountPolicies[];
}

/** A landing zone that was read, to expect things of: `landingZone({ assembly: 'cdk.out' }).account('payments-prod')`. */
export class LandingZoneUnderTest {
  private read?: NetworkUnderTest;

  /** @internal */
  public constructor(private readonly model: OrganizationModel, private readonly assembly?: string) {}

  /** The network in its accounts. Fails where a data file was read, which has none. */
  public get network(): NetworkUnderTest {
    if (this.assembly === undefined) throw new Error('An organization file has no network: read an assembly, landingZone({ assembly: \'cdk.out\' })');
    this.read ??= new NetworkUnderTest(networkOfAssembly(this.assembly));
    return this.read;
  }

  /** Every account, and one that could be in each unit without any. */
  public get all(): Subject {
    return everyAccount(this.model, 'Root');
  }

  /** Every account below a unit, and one that could be there. Fails with the known paths. */
  public unit(path: string): Subject {
    return everyAccount(this.model, path);
  }

  /** One account by key, name or id. Fails with the known keys. */
  public account(name: string): Subject {
    return oneAccount(this.model, name);
  }
}

/** Reads a synthesized assembly (`{ assembly: 'cdk.out' }`) or a data file (`{ organization: 'organization.yaml' }`). */
export function landingZone(source: { readonly assembly: string } | { readonly organization: string }): LandingZoneUnderTest {
  return 'assembly' in source ? new LandingZoneUnderTest(modelOfAssembly(source.assembly), source.assembly) : new LandingZoneUnderTest(modelOfFile(source.organization));
}

/** What an expectation is about: a construct of a zone, or what `landingZone` read. */
export function subjectOf(received: unknown): Subject {
  if (received instanceof LandingZoneUnderTest) {
    return received.all;
  }
  if (isSubject(received)) {
    return received;
  }
  if (received instanceof Account) {
    return oneAccount(modelOfApp(received), received.key);
  }
  if (received instanceof OrganizationalUnit) {
    return everyAccount(modelOfApp(received), received.targetPath);
  }
  if (received instanceof LandingZone || received instanceof Organization) {
    return everyAccount(modelOfApp(received), 'Root');
  }
  throw new Error('Expected a LandingZone, Organization, OrganizationalUnit or Account, or what landingZone({ assembly }) or landingZone({ organization }) read; '
    + `got ${received === null ? 'null' : typeof received === 'object' ? received.constructor.name : typeof received}`);
}

function isSubject(received: unknown): received is Subject {
  return typeof received === 'object' && received !== null && 'accounts' in received && 'model' in received && 'label' in received;
}

function oneAccount(model: OrganizationModel, name: string): Subject {
  const account = model.account(name);
  if (!account) {
    throw new Error(`There is no account "${name}". Accounts: ${model.accounts.map(({ key }) => key).join(', ')}`);
  }
  return { label: `${account.key} (${account.unitPath})`, model, accounts: [model.policiesOf(account)] };
}

function everyAccount(model: OrganizationModel, path: string): Subject {
  const unit = model.unit(path);
  if (!unit) {
    throw new Error(`There is no unit "${path}". Units: ${model.units.map((known) => known.path).join(', ')}`);
  }
  const isBelow = (place: string): boolean => place === unit.path || place.startsWith(`${unit.path}/`);
  const inside = groupsOf(model).filter(({ accounts, emptyUnits }) => accounts.some(({ unitPath }) => isBelow(unitPath)) || emptyUnits.some((empty) => isBelow(empty.path)));
  return { label: unit.path === 'Root' ? 'every account' : `every account in ${unit.path}`, model, accounts: inside.map(named) };
}

/** The policies of a group under the name of the group. */
function named(group: Situation): AccountPolicies {
  return { ...group.policies, account: { ...group.policies.account, name: describeAccounts(group) } };
}

const groups = new WeakMap<OrganizationModel, readonly Situation[]>();

function groupsOf(model: OrganizationModel): readonly Situation[] {
  const known = groups.get(model) ?? situationsOf(model);
  groups.set(model, known);
  return known;
}

const models = new WeakMap<object, OrganizationModel>();

/** The model of the app that a construct belongs to: of its templates, as CDK writes them. */
function modelOfApp(construct: Construct): OrganizationModel {
  const app = construct.node.root;
  if (!App.isApp(app)) {
    throw new Error(`${construct.node.path} is in no App: its templates cannot be synthesized`);
  }
  const assembly = app.synth();
  const known = models.get(assembly) ?? modelOfAssembly(assembly.directory);
  models.set(assembly, known);
  return known;
}

function modelOfAssembly(directory: string): OrganizationModel {
  const { model, problems } = organizationFromAssembly(readAssembly(directory));
  if (!model) {
    throw new Error([`${directory} holds no organization`, ...problems.map(({ message }) => `  ${message}`)].join('\n'));
  }
  return model;
}

function modelOfFile(file: string): OrganizationModel {
  const loaded = OrganizationFile.load(file);
  return modelOfDefinition(loaded._definition, { lock: loaded.lockFile?._lock }).model;
}
