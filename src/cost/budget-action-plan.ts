import { BudgetAction } from './budget-action';
import { MadeBudget, PlannedAction } from './organization-budget-actions';
import { Organization } from '../organization/organization';

/** What actions are planned over. */
export interface ActionGround {
  readonly organization: Organization;
  readonly managementKey: string;
  /** Budgets that are made, by key. */
  readonly budgets: ReadonlyMap<string, MadeBudget>;
}

/** Budget actions of an account: quota of AWS Budgets, https://docs.aws.amazon.com/cost-management/latest/userguide/management-limits.html (read 2026-11-23). */
const MAX_ACTIONS = 100;

/** One action a target: what names an account wins over what names a unit, and a nearer unit over one above it. An account that is excused from a budget has none. */
export function plannedActions(actions: readonly BudgetAction[], ground: ActionGround): { readonly planned: readonly Omit<PlannedAction, 'emails' | 'topicArn'>[]; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const chosen = new Map<string, { readonly rank: number; readonly planned: Omit<PlannedAction, 'emails' | 'topicArn'> }>();
  const choose = (rank: number, planned: Omit<PlannedAction, 'emails' | 'topicArn'>) => {
    const other = chosen.get(planned.path);
    if (other?.rank === rank) problems.push(`Budget actions: two are on ${planned.path}, which attach the same policy: keep one`);
    if (!other || other.rank < rank) chosen.set(planned.path, { rank, planned });
  };
  for (const action of actions) for (const { rank, planned } of targetsOf(action, ground, problems)) choose(rank, planned);
  const planned = [...chosen.values()].map((one) => one.planned);
  if (planned.length > MAX_ACTIONS) problems.push(`${planned.length} budget actions: AWS allows ${MAX_ACTIONS} an account. Act on units instead of each account of them.`);
  return { planned, problems };
}

function targetsOf(action: BudgetAction, { organization, managementKey, budgets }: ActionGround, problems: string[]): { readonly rank: number; readonly planned: Omit<PlannedAction, 'emails' | 'topicArn'> }[] {
  const { kind, subject } = action;
  const units = organization.units.map(({ targetPath }) => targetPath);
  if (kind === 'account') {
    const account = organization.accounts.find(({ key }) => key === subject);
    const budget = budgets.get(`account/${subject}`);
    if (subject === managementKey) problems.push(`A budget action is on the management account (${subject}), which service control policies do not bind`);
    else if (!account) problems.push(`A budget action is on account "${subject}", which is not there`);
    else if (!budget) problems.push(`A budget action is on account ${subject}, which has no budget`);
    else return [{ rank: Infinity, planned: { action, path: account.targetPath, target: account, budget } }];
    return [];
  }
  if (!units.includes(subject)) {
    problems.push(`A budget action is on unit "${subject}", which is not there. Units: ${units.join(', ')}`);
    return [];
  }
  if (kind === 'unit') {
    const budget = budgets.get(`unit/${subject}`);
    const hasAccounts = organization.accounts.some(({ unit }) => `${unit.targetPath}/`.startsWith(`${subject}/`));
    if (!budget && hasAccounts) problems.push(`A budget action is on unit ${subject}, which has no budget`);
    return budget ? [{ rank: 0, planned: { action, path: subject, target: organization.unit(subject), budget } }] : [];
  }
  return organization.accounts.filter(({ unit }) => `${unit.targetPath}/`.startsWith(`${subject}/`)).flatMap((account) => {
    const budget = budgets.get(`account/${account.key}`);
    return budget ? [{ rank: subject.split('/').length, planned: { action, path: account.targetPath, target: account, budget } }] : [];
  });
}
