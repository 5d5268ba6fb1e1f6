/** Properties of the dashboard of a landing zone's costs. */
export interface ZoneCostDashboardProps {
  /** Name of the dashboard. @default - the id of the zone in lower case, and `-costs` */
  readonly dashboardName?: string;
  /** What the bill of a month may be; a line in the first graph. @default - no line */
  readonly monthlyBudget?: number;
  /** Accounts and services that are shown, those with the most costs first: 1 to 100. @default 10 */
  readonly most?: number;
}
