import { IAspect, Aspects, Stack } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { AlertTopic } from './alert-topic';
import { Budget } from './budget';
import { plannedActions } from './budget-action-plan';
import { BudgetAmount } from './budget-amount';
import { budgetResource, MAX_NAME } from './budget-resource';
import { CostAlerts } from './cost-alerts';
import { CostStandard } from './cost-standard';
import { ANOMALY_REGION, OrganizationAnomalies } from './organization-anomalies';
import { MadeBudget, OrganizationBudgetActions } from './organization-budget-actions';
import { PlatformPrincipals } from '../controls/platform-principals';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { BudgetDefinition, OrganizationDefinition, unitsOf } from '../model/organization-definition';
import { Account } from '../organization/account';
import { bucketOf } from '../organization/account-stacks';
import { Organization } from '../organization/organization';
import { OrganizationalUnit } from '../organization/organizational-unit';
import { refuseDeployment } from '../organization/placeholder-refusal';

/** What the budgets of an organization are made from. */
export interface OrganizationBudgetsProps {
  readonly standard: CostStandard;
  readonly organization: Organization;
  /** The file's tree, with what its people budgeted. */
  readonly definition: OrganizationDefinition;
  /** The organization's own stack, which is deployed before. */
  readonly organizationStack: Stack;
  /** Names of stacks begin with it. */
  readonly name: string;
  readonly partition: string;
  /** Whom the policy of budget actions exempts. */
  readonly platform: PlatformPrincipals;
  /** Stacks that accounts are spread over. @default - one */
  readonly accountStacks?: number;
}

/** Budgets beside those of accounts that one stack takes; CloudFormation's limit is 500 resources (read 2026-11-22). */
const MAX_OTHERS = 480;

/** Pattern of BudgetName: https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html (read 2026-11-23) */
const NOT_IN_NAMES = /:|\/action\//;

/** A key, and whom it stands for. */
interface Subject {
  readonly key: string;
  readonly accountId: string;
  readonly isPlaceholder: boolean;
  /** Path of its unit. */
  readonly path: string;
}

/**
 * Budgets of all accounts, of units and of parts of the bill, in the management account. Those of accounts are spread over stacks as the accounts are, by key, so that adding one moves none.
 *
 * They are made when the tree is whole, before synthesis: until then accounts may be added.
 */
export class OrganizationBudgets extends Construct implements IAspect {
  private readonly home: Stack;
  private readonly problems: string[] = [];
  private isDone = false;
  private readonly topicArn: string | undefined;
  private readonly made = new Map<string, MadeBudget>();
  private readonly anomalies: Stack | undefined;
  private readonly anomalyTopicArn: string | undefined;

  public constructor(scope: Construct, id: string, private readonly props: OrganizationBudgetsProps) {
    super(scope, id);
    const { standard, name, partition } = props;
    const { alerts } = standard;
    this.home = this.stack('Costs', 'Costs of the organization: budgets and who hears of them');
    const { account, region } = this.home;
    const arnOf = (topicName: string, place = region) => `arn:${partition}:sns:${place}:${account}:${topicName}`;
    this.anomalies = this.anomalyStack();
    // Nobody says that anomalies are told to topics of other Regions.
    const isAway = region !== ANOMALY_REGION && this.anomalies !== undefined && standard.anomalies._alerts(alerts).some(({ frequency, _options }) => frequency === 'IMMEDIATE' && !_options.alerts);
    const furtherTopics: string[] = [];
    if (alerts.createsTopic && isAway) {
      new AlertTopic(this.anomalies!, 'Alerts', { topicName: `${name}-anomalies`, account, partition });
      furtherTopics.push(arnOf(`${name}-anomalies`, ANOMALY_REGION));
      this.home.addStackDependency(this.anomalies!);
    }
    if (alerts.createsTopic) {
      const topic = new AlertTopic(this.home, 'Alerts', { topicName: `${name}-costs`, account, partition });
      if (alerts.slack) topic.forwardTo(alerts.slack, partition, furtherTopics);
    }
    this.topicArn = alerts.createsTopic ? arnOf(`${name}-costs`) : alerts.topicArn;
    this.anomalyTopicArn = furtherTopics[0] ?? this.topicArn;
    Aspects.of(this).add(this);
    this.node.addValidation({ validate: () => this.problems });
  }

  public visit(node: IConstruct): void {
    if (node !== this || this.isDone) return;
    this.isDone = true;
    const { standard, organization: { root } } = this.props;
    const subjects = this.subjects();
    const declared = this.declared(subjects);
    const excused = this.excused(subjects, declared);
    const others = declared.filter(({ kind }) => kind !== 'account');
    for (const subject of subjects) {
      const own = declared.find((budget) => budget.kind === 'account' && budget.subject === subject.key);
      const budget = own ?? (excused.has(subject.key) || !standard._accountDefault ? undefined : Budget.account(subject.key, standard._accountDefault));
      if (budget) this.make(this.stackOf(subject.key), budget, { LinkedAccount: [subject.accountId] }, [subject]);
    }
    for (const budget of others) {
      const members = budget.kind === 'unit' && budget.subject !== root.targetPath ? subjects.filter(({ path }) => `${path}/`.startsWith(`${budget.subject}/`)) : undefined;
      // Without a filter it would watch the whole bill.
      if (members?.length === 0) continue;
      this.make(this.home, budget, members ? { LinkedAccount: members.map(({ accountId }) => accountId) } : budget._filters, members ?? []);
    }
    if (others.length > MAX_OTHERS) this.problems.push(`${others.length} budgets beside those of accounts: stack ${this.home.stackName} takes ${MAX_OTHERS}. Budget fewer units, or use cost categories.`);
    this.addActions();
    this.addAnomalies(subjects);
    this.describe(excused);
  }

  private addActions(): void {
    const { standard, organization, platform, partition, name } = this.props;
    const { planned, problems } = plannedActions(standard.actions, { organization, managementKey: this.props.definition.managementAccount.key, budgets: this.made });
    this.problems.push(...problems);
    if (planned.length === 0) return;
    const heard = planned.map((one) => {
      const { alerts = standard.alerts } = one.action._options;
      const topicArn = this.topicFor(`The action on ${one.path}`, alerts);
      return { ...one, emails: alerts.emails, ...(topicArn !== undefined && { topicArn }) };
    });
    new OrganizationBudgetActions(this.home, 'NewSpend', { organization, platform, partition, name, newSpend: standard.newSpend, planned: heard });
  }

  /** A stack where anomalies are, unless there are none. */
  private anomalyStack(): Stack | undefined {
    const { standard: { anomalies, alerts, _watchesByDefault: isDefault }, partition } = this.props;
    const isHeard = alerts.emails.length > 0 || alerts.createsTopic || alerts.topicArn?.split(':')[3] === ANOMALY_REGION;
    if (anomalies.noneBecause !== undefined || (isDefault && (partition !== 'aws' || !isHeard))) return undefined;
    if (partition !== 'aws') this.problems.push(`CloudFormation has anomaly monitors in ${ANOMALY_REGION}, and the zone is in partition ${partition}: use CostAnomalies.none(reason)`);
    return this.stack('Costs-Anomalies', 'Unusual costs, and who hears of them', ANOMALY_REGION);
  }

  private addAnomalies(subjects: readonly Subject[]): void {
    const { standard, name } = this.props;
    if (!this.anomalies) return;
    const made = new OrganizationAnomalies(this.anomalies, 'Anomalies', {
      anomalies: standard.anomalies, standardAlerts: standard.alerts, name, accountId: (key) => subjects.find((subject) => subject.key === key)?.accountId,
      ...(this.anomalyTopicArn !== undefined && { topicArn: this.anomalyTopicArn }),
    });
    this.problems.push(...made.problems);
    const watched = standard.anomalies.monitors.flatMap(({ _terms: { accounts = [] } }) => accounts);
    const unknown = subjects.find(({ key, isPlaceholder }) => isPlaceholder && watched.includes(key));
    if (unknown) refuseDeployment(this.anomalies, `the placeholder account id ${unknown.accountId} of ${unknown.key}`);
  }

  /** Accounts with their ids, the management account first. */
  private subjects(): Subject[] {
    const { organization, definition } = this.props;
    const subjectOf = ({ key, accountId, hasPlaceholderId, unit }: Account): Subject => ({ key, accountId, isPlaceholder: hasPlaceholderId, path: unit.targetPath });
    const management = { key: definition.managementAccount.key, accountId: organization.managementAccountId, isPlaceholder: organization.hasPlaceholderId, path: organization.root.targetPath };
    return [management, ...organization.accounts.map(subjectOf)];
  }

  /** Budgets of the file and of the standard, those of the file first. */
  private declared(subjects: readonly Subject[]): Budget[] {
    const { standard, definition, organization } = this.props;
    const own = [...unitsOf(definition.root)].flatMap((unit) => [
      ...this.ofFile(unit.budget, (amount) => Budget.unit(unit.path, amount)),
      ...unit.accounts.flatMap((account) => this.ofFile(account.budget, (amount) => Budget.account(account.key, amount))),
    ]);
    const file = [...this.ofFile(definition.managementAccount.budget, (amount) => Budget.account(definition.managementAccount.key, amount)), ...own];
    const paths = organization.units.map((unit: OrganizationalUnit) => unit.targetPath);
    for (const { kind, subject, budgetKey } of standard.budgets) {
      if (kind === 'account' && !subjects.some(({ key }) => key === subject)) this.problems.push(`There is no account "${subject}", which has a budget. Accounts: ${subjects.map(({ key }) => key).slice(0, 20).join(', ')}`);
      if (kind === 'unit' && !paths.includes(subject)) this.problems.push(`There is no unit "${subject}", which has a budget. Units: ${paths.join(', ')}`);
      if (file.some((other) => other.budgetKey === budgetKey)) this.problems.push(`The budget of ${kind} ${subject} is in ${definition.file} and in code: keep one`);
    }
    return [...file, ...standard.budgets.filter(({ budgetKey }) => !file.some((other) => other.budgetKey === budgetKey))];
  }

  private ofFile(budget: BudgetDefinition | undefined, make: (amount: BudgetAmount) => Budget): Budget[] {
    if (!budget || 'none' in budget.amount) return [];
    const { currency } = this.props.standard;
    if (budget.currency !== undefined && budget.currency !== currency) {
      this.problems.push(`${budget.place.file}${budget.place.line === undefined ? '' : `:${budget.place.line}`}: a budget in ${budget.currency}, while the cost standard is in ${currency}`);
    }
    const { period, value } = budget.amount;
    return [make(period === 'MONTHLY' ? BudgetAmount.monthly(value) : period === 'QUARTERLY' ? BudgetAmount.quarterly(value) : BudgetAmount.annual(value))];
  }

  /** Accounts that have none, with the reason: by name, or because a unit that they are in is excused. An own budget wins over a unit's excuse. */
  private excused(subjects: readonly Subject[], declared: readonly Budget[]): Map<string, string> {
    const { definition, standard } = this.props;
    const reasons = new Map<string, string>();
    const has = (key: string) => declared.some((budget) => budget.kind === 'account' && budget.subject === key);
    const reasonOf = (budget?: BudgetDefinition) => (budget && 'none' in budget.amount ? budget.amount.none : undefined);
    for (const unit of unitsOf(definition.root)) {
      const reason = reasonOf(unit.budget);
      if (reason !== undefined) for (const { key } of subjects.filter((subject) => `${subject.path}/`.startsWith(`${unit.path}/`) && !has(subject.key))) reasons.set(key, reason);
      for (const { key, budget } of unit.accounts) if (reasonOf(budget) !== undefined) reasons.set(key, reasonOf(budget)!);
    }
    const ofManagement = reasonOf(definition.managementAccount.budget);
    if (ofManagement !== undefined) reasons.set(definition.managementAccount.key, ofManagement);
    for (const { account, reason } of standard.withoutBudget) {
      if (!subjects.some(({ key }) => key === account)) this.problems.push(`There is no account "${account}", which is excused from a budget`);
      else if (has(account)) this.problems.push(`Account ${account} has a budget, and is excused from one: keep one of them`);
      else reasons.set(account, reason);
    }
    return reasons;
  }

  private make(stack: Stack, budget: Budget, filters: { readonly [name: string]: readonly string[] }, members: readonly Subject[]): void {
    const { standard } = this.props;
    const { thresholds, alerts = standard.alerts } = budget._options;
    if (budget.budgetKey.length > MAX_NAME) this.problems.push(`Budget "${budget.budgetKey}" has a name of ${budget.budgetKey.length} characters, and AWS takes ${MAX_NAME}`);
    if (NOT_IN_NAMES.test(budget.budgetKey)) this.problems.push(`Budget "${budget.budgetKey}" cannot be named so: AWS takes neither ":" nor "/action/" in the name of a budget`);
    const topicArn = this.topicFor(`Budget ${budget.budgetKey}`, alerts);
    // Below a construct, ids have a hash: keys that differ by a hyphen stay apart.
    const scope = (stack.node.tryFindChild('Budgets') as Construct | undefined) ?? new Construct(stack, 'Budgets');
    const resource = budgetResource(scope, budget, {
      currency: standard.currency, thresholds: thresholds ?? standard.thresholds, emails: alerts.emails, ...(topicArn !== undefined && { topicArn }), filters,
    });
    this.made.set(budget.budgetKey, { resource, stack });
    const unknown = members.find(({ isPlaceholder }) => isPlaceholder);
    if (unknown) refuseDeployment(stack, `the placeholder account id ${unknown.accountId} of ${unknown.key}`);
  }

  /** The topic that alerts go to. */
  private topicFor(what: string, alerts: CostAlerts): string | undefined {
    const isOwn = alerts !== this.props.standard.alerts;
    if (isOwn && alerts.createsTopic) this.problems.push(`${what} wants a topic of its own: only the alerts of the standard make one. Give topicArn.`);
    const topicArn = isOwn ? alerts.topicArn : this.topicArn;
    if (topicArn !== undefined && topicArn.split(':')[4] !== this.home.account) {
      this.problems.push(`${what} would tell topic ${topicArn}, which nobody hears: AWS publishes to topics of the management account (${this.home.account}) only`);
    }
    return topicArn;
  }

  private stackOf(key: string): Stack {
    const { accountStacks } = this.props;
    const id = `Costs-Accounts${accountStacks === undefined ? '' : bucketOf(key, accountStacks)}`;
    const known = this.node.tryFindChild(id) as Stack | undefined;
    if (known) return known;
    const stack = this.stack(id, 'Budgets of accounts');
    stack.addStackDependency(this.home);
    return stack;
  }

  private stack(id: string, description: string, region = this.props.organizationStack.region): Stack {
    const { name, organizationStack } = this.props;
    const { account } = organizationStack;
    const stack = new Stack(this, id, { stackName: `${name}-${id}`, description, terminationProtection: true, env: { account, region } });
    stack.addStackDependency(organizationStack);
    return stack;
  }

  /** A note for readers of the assembly: the currency, and who is excused for which reason. */
  private describe(excused: ReadonlyMap<string, string>): void {
    const { templateOptions } = this.home;
    const { currency, actions, newSpend, anomalies } = this.props.standard;
    const costs = {
      currency, withoutBudget: [...excused].map(([account, reason]) => ({ account, reason })), ...(actions.length > 0 && { newSpend }),
      ...(anomalies.noneBecause !== undefined && { withoutAnomalies: anomalies.noneBecause }),
    };
    templateOptions.metadata = { ...templateOptions.metadata, [METADATA_KEY]: { costs } };
  }
}
