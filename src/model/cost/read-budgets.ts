import { MONTHS } from '../../analysis/cost/budget-sums';
import { markOf, METADATA_KEY } from '../assembly/landing-zone-metadata';
import { Assembly, StackTemplate } from '../assembly/read-assembly';
import { Resolver } from '../assembly/resolve';
import { Reference, Unknown } from '../assembly/resolved';
import { Origin } from '../organization-model';

/** What the templates say of costs: the note of a cost standard, and the budgets, whoever made them. */
export interface DeclaredCosts {
  /** Currency of the standard. */
  readonly currency: string;
  /** Accounts without a budget, by key, each with the reason. */
  readonly withoutBudget: readonly { readonly account: string; readonly reason: string }[];
  /** Template of the note. */
  readonly origin: Origin;
  readonly budgets: readonly BudgetFact[];
}

/** A budget as its template has it. */
export interface BudgetFact {
  readonly name: string;
  /** `account`, `unit` and so on, and which one: as our constructs mark it. @default - somebody else's */
  readonly mark?: { readonly of: string; readonly subject: string };
  /** Amount of a month, of a plan the largest. @default - AWS adjusts it, or it is not known */
  readonly monthly?: number;
  readonly currency?: string;
  /** Ids that it is filtered by; undefined without such a filter. */
  readonly accounts?: readonly string[];
  /** Whether it is filtered by anything else, so that it is not the whole of its accounts. */
  readonly isPart: boolean;
  readonly notifications: readonly NotificationFact[];
  readonly origin: Origin;
}

/** When and whom it tells. */
export interface NotificationFact {
  /** `ACTUAL` or `FORECASTED`. */
  readonly kind: string;
  readonly threshold: number;
  /** Whether the threshold is an amount, not percent. */
  readonly isAmount: boolean;
  readonly emails: readonly string[];
  readonly topic?: TopicFact;
}

/** A topic that is told, and why nobody hears of it. */
export interface TopicFact {
  /** ARN, or its name in the templates. */
  readonly name: string;
  /** @default - nothing is against it, as far as the templates tell */
  readonly problem?: string;
}

/** Budgets of all templates. */
export function declaredBudgets(assembly: Assembly): BudgetFact[] {
  const resolver = new Resolver(assembly);
  const topics = new Topics(assembly, resolver);
  return assembly.templates.flatMap((stack) => Object.entries<any>(stack.resources)
    .filter(([, { Type }]) => Type === 'AWS::Budgets::Budget')
    .map(([logicalId, resource]) => budgetOf(logicalId, resource, stack, resolver, topics)));
}

/** The costs that a standard declared; undefined where none did. */
export function declaredCosts(assembly: Assembly): DeclaredCosts | undefined {
  const noted = assembly.stacks.find(({ template }) => template.Metadata?.[METADATA_KEY]?.costs !== undefined);
  if (!noted) return undefined;
  const { currency, withoutBudget } = noted.template.Metadata[METADATA_KEY].costs;
  return { currency, withoutBudget, budgets: declaredBudgets(assembly), origin: { stack: noted.stackName, template: noted.file } };
}

function budgetOf(logicalId: string, resource: any, stack: StackTemplate, resolver: Resolver, topics: Topics): BudgetFact {
  const { Budget: budget = {}, NotificationsWithSubscribers: notified } = resolver.partsOf(resource.Properties ?? {}, stack);
  const mark = markOf(resource) as { readonly of?: string; readonly subject?: string };
  const { LinkedAccount: accounts, ...others } = budget.CostFilters ?? {};
  const planned = Object.values<any>(budget.PlannedBudgetLimits ?? {});
  const limits = budget.BudgetLimit ? [budget.BudgetLimit] : planned;
  const amounts = limits.map(({ Amount }) => Number(Amount));
  const isKnown = amounts.length > 0 && amounts.every((amount) => Number.isFinite(amount));
  return {
    name: typeof budget.BudgetName === 'string' ? budget.BudgetName : logicalId,
    ...(mark.of !== undefined && mark.subject !== undefined && { mark: { of: mark.of, subject: mark.subject } }),
    ...(isKnown && { monthly: Math.max(...amounts) / (MONTHS[budget.TimeUnit] ?? 1) }),
    ...(typeof limits[0]?.Unit === 'string' && { currency: limits[0].Unit }),
    ...(Array.isArray(accounts) && { accounts: accounts.map(idOf) }),
    isPart: Object.keys(others).length > 0 || budget.FilterExpression !== undefined || (accounts !== undefined && !Array.isArray(accounts)),
    notifications: (Array.isArray(notified) ? notified : []).map((one) => notificationOf(one, stack, topics)),
    origin: { stack: stack.stackName, template: stack.file, logicalId, constructPath: stack.constructPathOf(logicalId) },
  };
}

/** The id of an account's resource is what our constructs mark it with. */
function idOf(value: any): string {
  if (value instanceof Reference) return (markOf(value.stack.resources[value.logicalId]) as { readonly id?: string }).id ?? value.text;
  return value instanceof Unknown ? value.what : String(value);
}

function notificationOf({ Notification: { NotificationType: kind = '', Threshold: threshold, ThresholdType: type } = {} as any, Subscribers: subscribers }: any, stack: StackTemplate, topics: Topics): NotificationFact {
  const all: any[] = Array.isArray(subscribers) ? subscribers : [];
  const sns = all.find(({ SubscriptionType }) => SubscriptionType === 'SNS');
  return {
    kind, threshold: Number(threshold), isAmount: type === 'ABSOLUTE_VALUE', emails: all.filter(({ SubscriptionType }) => SubscriptionType === 'EMAIL').map(({ Address }) => String(Address)),
    ...(sns && { topic: topics.factOf(sns.Address, stack) }),
  };
}

/** Topics of the templates by ARN, with what keeps AWS Budgets from publishing. */
class Topics {
  private readonly byArn = new Map<string, { readonly stack: StackTemplate; readonly logicalId: string }>();

  public constructor(assembly: Assembly, private readonly resolver: Resolver) {
    for (const stack of assembly.templates) {
      for (const [logicalId, { Type, Properties }] of Object.entries<any>(stack.resources)) {
        if (Type === 'AWS::SNS::Topic' && typeof Properties?.TopicName === 'string') this.byArn.set(`${stack.region} ${stack.account} ${Properties.TopicName}`, { stack, logicalId });
      }
    }
  }

  public factOf(address: any, user: StackTemplate): TopicFact {
    if (address instanceof Reference) return { name: address.text, ...this.problemOf(address.stack, address.logicalId) };
    if (typeof address !== 'string') return { name: 'its topic', problem: 'is not known' };
    const [, , service, region, account, name] = address.split(':');
    if (service !== 'sns' || name === undefined) return { name: address, problem: 'is no ARN of a topic' };
    if (user.account !== undefined && account !== user.account) return { name: address, problem: `is in account ${account}, and AWS publishes to topics of the budget's own account, ${user.account}` };
    const found = this.byArn.get(`${region} ${account} ${name}`);
    return { name: address, ...(found && this.problemOf(found.stack, found.logicalId)) };
  }

  private problemOf(stack: StackTemplate, logicalId: string): { readonly problem?: string } {
    const properties = stack.resources[logicalId]?.Properties ?? {};
    if (properties.FifoTopic === true) return { problem: 'is a FIFO topic, to which AWS Budgets does not publish' };
    if (typeof properties.KmsMasterKeyId === 'string' && properties.KmsMasterKeyId.endsWith('alias/aws/sns')) return { problem: 'is encrypted with AWS\'s key of SNS, which lets no service publish' };
    const policies = Object.values<any>(stack.resources).filter(({ Type, Properties }) => Type === 'AWS::SNS::TopicPolicy' && JSON.stringify(Properties?.Topics ?? '').includes(`"${logicalId}"`));
    const statements = policies.flatMap(({ Properties }) => [this.resolver.partsOf(Properties.PolicyDocument, stack)?.Statement ?? []].flat());
    const isAllowed = statements.some(({ Effect, Principal, Action }) => Effect === 'Allow' && [Principal?.Service ?? Principal].flat().some((one) => one === 'budgets.amazonaws.com' || one === '*')
      && [Action].flat().some((action) => /^sns:(publish|\*)$/i.test(String(action)) || action === '*'));
    return isAllowed ? {} : { problem: 'has no policy that lets budgets.amazonaws.com publish' };
  }
}
