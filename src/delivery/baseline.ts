import { CfnStackSet, Fn, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AccountRemoval } from './account-removal';
import { AutomaticDeployment } from './automatic-deployment';
import { BaselineAdministrator } from './baseline-administrator';
import { BaselineStack, IBaselineContent } from './baseline-content';
import { BaselineInput } from './baseline-input';
import { BaselineOperations } from './baseline-operations';
import { BaselineWave } from './baseline-wave';
import { IDeploymentTarget } from './deployment-target';
import { operationPreferences, operationProblems } from './operation-preferences';
import { isBelow, overlap } from './overlap';
import { readIn } from './read-in';
import { valueFrom } from './stack-output';
import { stackPart } from './stack-part';
import { STACK_SET_LIMITS } from './stack-set-limits';
import { StackSetQuotas } from './stack-set-quotas';
import { StackSetTemplate } from './stack-set-template';
import { TemplateValidation } from './template-validation';
import { shown, waveProblems } from './wave-problems';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { InputError } from '../model/input-error';
import { partitionOf } from '../model/partition';

/** What a baseline is, wherever it is delivered from. */
export interface BaselineOptions {
  /** What each account gets. */
  readonly content: IBaselineContent;
  /** Units that get it, in the order in which a new version reaches them: sandbox, then non-production, then production. */
  readonly waves: BaselineWave[];
  /** Values that the content needs from outside, by name: letters and digits. @default - none */
  readonly inputs?: { [name: string]: BaselineInput };
  /** Baselines that an account has before this one: in a deployment, and when an account comes into a unit. @default - none */
  readonly dependsOn?: Baseline[];
  /** How a change goes through the accounts. @default - a quarter of a unit's accounts at one time, in all Regions at once, until one fails */
  readonly operations?: BaselineOperations;
  /** Whether accounts that come into a unit later get it by themselves. @default AutomaticDeployment.enabled() */
  readonly automaticDeployment?: AutomaticDeployment;
  /** What happens in an account that leaves its unit. @default AccountRemoval.retain() */
  readonly accountRemoval?: AccountRemoval;
  /** Accounts of the units that do not get it; automatic deployment must be disabled for that. @default - none */
  readonly exceptAccounts?: IDeploymentTarget[];
  /** Wave in which the management account gets it, by stacks of its own: stack sets do not reach it. @default - the management account does not get it */
  readonly managementAccountIn?: string;
  /** Limits that AWS raised for you. @default - the dated defaults */
  readonly quotas?: StackSetQuotas;
}

/** Properties of a baseline. */
export interface BaselineProps extends BaselineOptions {
  /** Where its stack sets are managed. */
  readonly administrator: BaselineAdministrator;
  /** Regions of each account that get it. A Region that is taken out again loses its stacks, but for what the template retains. */
  readonly regions: string[];
  /** Name that names of stacks and stack sets begin with: letters, digits and hyphens. @default - the id */
  readonly baselineName?: string;
  /** Name of the role that reads outputs of stacks in other accounts. @default 'landing-zone-stack-reader' */
  readonly stackReaderRole?: string;
}

/** A stack of a baseline, and which accounts it stands for. */
interface Delivered {
  readonly stack: Stack;
  readonly wave: number;
  /** @default - the management account */
  readonly unit?: IDeploymentTarget;
  readonly stackSet?: CfnStackSet;
}

/**
 * What each account of some units has, by stack sets of the organization: an account that comes into a unit gets it by itself.
 *
 * Each unit has a stack with a stack set of its own, all with the same template, and waves are the order between them: a new version reaches the units of the first wave, and the next
 * wave begins when these have it. Units move between waves, and in or out of the baseline, without a stack of an account being deleted. Stack sets and stacks are retained.
 *
 * Goes beside stacks, not into one. The template is the same for all accounts and Regions, so it holds no assets; what differs is an input or a pseudo parameter.
 *
 * @example
 * declare const organization: Organization;
 * declare const content: IBaselineContent;
 * new Baseline(app, 'Owner', {
 *   administrator: BaselineAdministrator.managementAccount('111122223333', 'eu-west-1'),
 *   regions: ['eu-west-1', 'us-east-1'],
 *   waves: [
 *     { name: 'sandbox', units: [organization.unit('Sandbox')] },
 *     { name: 'production', units: [organization.unit('Workloads/Prod')] },
 *   ],
 *   inputs: { Owner: BaselineInput.of('platform') },
 *   content: content,
 * });
 */
export class Baseline extends Construct {
  /** Names of its waves, in order. */
  public readonly waveNames: string[];
  /** Its stacks, in the order of waves. */
  public readonly stacks: Stack[];
  private readonly delivered: Delivered[] = [];
  private readonly template: StackSetTemplate;
  private readonly baselineName: string;
  private dependencies = 0;

  public constructor(scope: Construct, id: string, private readonly props: BaselineProps) {
    super(scope, id);
    this.baselineName = props.baselineName ?? id;
    this.waveNames = props.waves.map(({ name }) => name);
    this.check();
    this.template = new StackSetTemplate(this, 'Template', { content: props.content, inputs: props.inputs ?? {}, regions: props.regions });
    for (const [index, { name, units }] of props.waves.entries()) {
      for (const unit of units) this.deliver(unit, index);
      if (name === props.managementAccountIn) for (const region of props.regions) this.deliverToManagement(region, index);
    }
    this.order();
    TemplateValidation.addTo(this);
    this.stacks = this.delivered.map(({ stack }) => stack);
    this.node.addValidation({ validate: () => [...this.template.problems(), ...this.quotaProblems()].map((problem) => `Baseline ${this.baselineName}: ${problem}`) });
  }

  private check(): void {
    const { waves, regions, inputs = {}, operations = {}, managementAccountIn, automaticDeployment, exceptAccounts = [] } = this.props;
    const isInStack = this.node.scopes.some((one) => Stack.isStack(one));
    const except = exceptAccounts.filter((account) => !waves.some(({ units }) => units.some((unit) => isBelow(account, unit))));
    const problems = [
      ...(isInStack ? ['it is put into a stack, and it makes stacks of its own: put it into the app, the stage or the landing zone'] : []),
      ...(/^[A-Za-z][A-Za-z0-9-]*$/.test(this.baselineName) ? [] : [`"${this.baselineName}" cannot be its name: letters, digits and hyphens are expected. Give baselineName`]),
      ...waveProblems(waves),
      ...(regions.length === 0 ? ['regions is empty'] : []),
      ...[...new Set(regions.filter((region, index) => regions.indexOf(region) !== index))].map((region) => `Region ${region} is named twice`),
      ...operationProblems(operations, [...new Set(regions)]),
      ...Object.keys(inputs).filter((name) => !/^[A-Za-z][A-Za-z0-9]*$/.test(name)).map((name) => `"${name}" cannot be the name of an input: letters and digits are expected`),
      ...Object.entries(inputs).flatMap(([name, input]) => input._missing([...new Set(regions)]).map((region) => `input ${name} has no value for ${region}`)),
      ...(managementAccountIn !== undefined && !this.waveNames.includes(managementAccountIn) ? [`managementAccountIn is ${managementAccountIn}, and there is no such wave. Waves: ${[...new Set(this.waveNames)].join(', ')}`] : []),
      ...(exceptAccounts.length > 0 && (automaticDeployment?.isEnabled ?? true)
        ? ['exceptAccounts leaves accounts out, and automatic deployment would deliver to them all the same: move them to a unit without the baseline, or give automaticDeployment: AutomaticDeployment.disabled("why")'] : []),
      ...except.map((account) => `exceptAccounts names ${shown(account)}, which is in none of its units`),
    ];
    if (problems.length > 0) throw new InputError(`Baseline ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }

  /** A stack with the stack set of a unit. Its names follow from the unit alone. */
  private deliver(unit: IDeploymentTarget, wave: number): void {
    const { administrator, stackReaderRole, operations = {} } = this.props;
    const name = `${this.baselineName}-${stackPart(unit.targetPath)}`;
    const stack = new Stack(this, stackPart(unit.targetPath), {
      stackName: name,
      description: `Baseline ${this.baselineName} of ${shown(unit)}`,
      terminationProtection: true,
      env: { account: administrator.accountId, region: administrator.region },
    });
    const { parameters, capabilities } = this.template.in(stack, stackReaderRole);
    const stackSet = new CfnStackSet(stack, 'StackSet', {
      stackSetName: name,
      description: `Baseline ${this.baselineName} of ${shown(unit)}`,
      permissionModel: 'SERVICE_MANAGED',
      callAs: administrator.isDelegated ? 'DELEGATED_ADMIN' : 'SELF',
      capabilities,
      parameters,
      templateBody: Lazy.uncachedString({ produce: () => this.template.body }),
      templateUrl: Lazy.uncachedString({ produce: () => this.template.urlIn(stack) }),
      autoDeployment: this.autoDeployment(unit, stack),
      managedExecution: { Active: true },
      operationPreferences: operationPreferences(operations),
      stackInstancesGroup: [{ regions: this.props.regions, deploymentTargets: this.targetsOf(unit, stack) }],
    });
    stackSet.applyRemovalPolicy(RemovalPolicy.RETAIN);
    stackSet.addMetadata(METADATA_KEY, this.note(unit));
    this.delivered.push({ stack, wave, unit, stackSet });
  }

  /** The same content in a stack of its own: stack sets of an organization leave its management account out. */
  private deliverToManagement(region: string, wave: number): void {
    const { administrator: { managementAccountId: account }, inputs = {}, stackReaderRole } = this.props;
    const stack = BaselineStack._add(this, `Management-${region}`, {
      inputs: Object.keys(inputs),
      read: (own, name) => readIn(own, inputs[name]!._in(region), `Input ${name}`, stackReaderRole),
      props: {
        stackName: `${this.baselineName}-Management-${region}`, description: `Baseline ${this.baselineName} of the management account`, terminationProtection: true, env: { account, region },
      },
    });
    this.props.content.define(stack);
    this.delivered.push({ stack, wave });
  }

  private targetsOf(unit: IDeploymentTarget, stack: Stack): CfnStackSet.DeploymentTargetsProperty {
    const read = ({ targetId }: IDeploymentTarget, what: string) => readIn(stack, targetId, what, this.props.stackReaderRole);
    const except = (this.props.exceptAccounts ?? []).filter((account) => isBelow(account, unit));
    return {
      organizationalUnitIds: [read(unit, `Id of unit ${shown(unit)}`)],
      ...(except.length > 0 ? { accountFilterType: 'DIFFERENCE', accounts: except.map((account) => read(account, `Id of account ${shown(account)}`)) } : {}),
    };
  }

  private autoDeployment(unit: IDeploymentTarget, stack: Stack): CfnStackSet.AutoDeploymentProperty {
    const { automaticDeployment = AutomaticDeployment.enabled(), accountRemoval = AccountRemoval.retain(), stackReaderRole } = this.props;
    if (!automaticDeployment.isEnabled) return { enabled: false };
    const before = this.before(unit).filter(({ stackSet, owner }) => stackSet !== undefined && (owner.props.automaticDeployment?.isEnabled ?? true));
    this.dependencies += before.length;
    return {
      enabled: true,
      retainStacksOnAccountRemoval: accountRemoval.isRetained,
      ...(before.length > 0 ? { dependsOn: before.map(({ stackSet, owner }) => valueFrom(stackSet!.stack, 'StackSetArn', owner.arnOf(stackSet!), stack, stackReaderRole)) } : {}),
    };
  }

  /** What is delivered to accounts of a unit, or to the management account, before this baseline. */
  private before(unit?: IDeploymentTarget): (Delivered & { readonly owner: Baseline })[] {
    return [...new Set(this.props.dependsOn ?? [])].flatMap((owner) => owner.delivered
      .filter((one) => (one.unit === undefined || unit === undefined ? one.unit === unit : overlap(one.unit, unit)))
      .map((one) => ({ ...one, owner })));
  }

  /** Stack sets belong to the management account, whoever made them. */
  private arnOf(stackSet: CfnStackSet): string {
    const { region, managementAccountId } = this.props.administrator;
    return Fn.join('', [`arn:${partitionOf(region)}:cloudformation:${region}:${managementAccountId}:stackset/`, stackSet.ref]);
  }

  /** A wave after all of the waves before it, and after the baselines that it depends on. */
  private order(): void {
    for (const { stack, wave, unit } of this.delivered) {
      for (const earlier of this.delivered.filter((other) => other.wave === wave - 1)) stack.addStackDependency(earlier.stack, `${this.waveNames[wave]} follows ${this.waveNames[wave - 1]}`);
      for (const before of this.before(unit)) stack.addStackDependency(before.stack, `${this.baselineName} depends on ${before.owner.baselineName}`);
    }
  }

  private quotaProblems(): string[] {
    const { quotas, administrator } = this.props;
    const { stackSets, dependencies, accountDependencies } = { ...STACK_SET_LIMITS, ...quotas };
    const siblings = this.node.root.node.findAll().filter((one): one is Baseline => one instanceof Baseline && one.props.administrator.managementAccountId === administrator.managementAccountId);
    const all = siblings.reduce((sum, one) => sum + one.delivered.filter(({ stackSet }) => stackSet).length, 0);
    const relations = siblings.reduce((sum, one) => sum + one.dependencies, 0);
    const isFirst = siblings[0] === this;
    const most = Math.max(0, ...this.delivered.filter(({ unit }) => unit).map(({ unit }) => this.before(unit).length));
    return [
      ...(most > dependencies ? [`a stack set of it waits for ${most} others, and AWS allows ${dependencies}. Depend on the last of a chain alone, or say by quotas what AWS allows you`] : []),
      ...(isFirst && all > stackSets ? [`the baselines of the account have ${all} stack sets, and AWS allows ${stackSets}. Name units higher up, or say by quotas what AWS allows you`] : []),
      ...(isFirst && relations > accountDependencies ? [`the baselines' stack sets wait for each other ${relations} times, and AWS allows ${accountDependencies} an account. Depend on the last of a chain alone, or say by quotas what AWS allows you`] : []),
    ];
  }

  /** What readers of the assembly know of a stack set. Waves are not in it: they are the order of stacks, and no template changes with them. */
  private note(unit: IDeploymentTarget): object {
    const { automaticDeployment, accountRemoval } = this.props;
    return {
      baseline: this.baselineName,
      unit: unit.targetPath,
      templateFile: this.template.file,
      ...(automaticDeployment?.reason !== undefined ? { notAutomatic: automaticDeployment.reason } : {}),
      ...(accountRemoval?.reason !== undefined ? { notRetained: accountRemoval.reason } : {}),
    };
  }
}
