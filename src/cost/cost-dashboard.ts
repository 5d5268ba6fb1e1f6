import { Stack, Token } from 'aws-cdk-lib';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { InputError } from '../model/input-error';

/** Properties of the dashboard of costs. */
export interface CostDashboardProps {
  /** Name of the dashboard: letters, digits, - and _. */
  readonly dashboardName: string;
  /** Currency of the bill, in three letters. @default 'USD' */
  readonly currency?: string;
  /** What the bill of a month may be; a line in the first graph. @default - no line */
  readonly monthlyBudget?: number;
  /** Accounts and services that are shown, those with the most costs first: 1 to 100. @default 10 */
  readonly most?: number;
}

/** CloudWatch has AWS's charges there alone. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html (read 2026-11-23) */
const REGION = 'us-east-1';

/** AWS calculates charges several times a day. */
const PERIOD = 21_600;

/**
 * What the month has cost until now, in the management account: the whole bill beside its budget, and the accounts and services that cost most. New accounts come into it by themselves.
 *
 * Its metrics are there once "Receive CloudWatch billing alerts" is switched on in the billing preferences, which AWS has no API for. Fails in another Region than us-east-1.
 *
 * @example
 * new CostDashboard(stack, 'Dashboard', { dashboardName: 'acme-costs', monthlyBudget: 60_000 });
 */
export class CostDashboard extends Construct {
  public constructor(scope: Construct, id: string, props: CostDashboardProps) {
    super(scope, id);
    const { dashboardName, currency = 'USD', monthlyBudget, most = 10 } = props;
    const { region } = Stack.of(this);
    const problems = [
      ...(Token.isUnresolved(region) || region !== REGION ? [`its stack is in ${Token.isUnresolved(region) ? 'any Region' : region}, and CloudWatch has charges in ${REGION} alone: put it into a stack of the management account there`] : []),
      ...(/^[A-Za-z0-9_-]{1,255}$/.test(dashboardName) ? [] : [`dashboardName is "${dashboardName}": letters, digits, - and _ are expected`]),
      ...(/^[A-Z]{3}$/.test(currency) ? [] : [`currency is "${currency}": three letters are expected, like USD`]),
      ...(monthlyBudget === undefined || monthlyBudget > 0 ? [] : [`monthlyBudget is ${monthlyBudget}: an amount above 0 is expected`]),
      ...(Number.isInteger(most) && most >= 1 && most <= 100 ? [] : [`most is ${most}: 1 to 100 is expected`]),
    ];
    if (problems.length > 0) throw new InputError(`CostDashboard ${this.node.path}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    const total = [['AWS/Billing', 'EstimatedCharges', 'Currency', currency, { label: 'all accounts' }]];
    const line = monthlyBudget === undefined ? {} : { annotations: { horizontal: [{ label: 'budget of the month', value: monthlyBudget, fill: 'above' }] } };
    const widgets = [
      widget(0, 0, 16, `Month to date, ${currency}`, { metrics: total, ...line }),
      widget(16, 0, 8, `Now, ${currency}`, { metrics: total, view: 'singleValue' }),
      widget(0, 6, 12, `The ${most} accounts that cost most`, { metrics: [largest('Currency,LinkedAccount', currency, most)] }),
      widget(12, 6, 12, `The ${most} services that cost most`, { metrics: [largest('Currency,ServiceName', currency, most)] }),
    ];
    new CfnDashboard(this, 'Resource', { dashboardName, dashboardBody: JSON.stringify({ start: '-P1M', periodOverride: 'inherit', widgets }) });
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html (read 2026-11-23) */
function widget(x: number, y: number, width: number, title: string, properties: object): object {
  return { type: 'metric', x, y, width, height: 6, properties: { title, region: REGION, stat: 'Maximum', period: PERIOD, view: 'timeSeries', ...properties } };
}

/** A search that finds accounts and services that come later too, by the names of the dimensions. */
function largest(dimensions: string, currency: string, most: number): object[] {
  const search = `SEARCH('{AWS/Billing,${dimensions}} MetricName="EstimatedCharges" Currency="${currency}"', 'Maximum', ${PERIOD})`;
  return [{ expression: `SORT(${search}, MAX, DESC, ${most})`, id: 'most', period: PERIOD }];
}
