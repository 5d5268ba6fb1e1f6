import { InputError } from '../model/input-error';

/** Who hears of costs. */
export interface CostAlertsProps {
  /** Addresses, ten at most. @default - none */
  readonly emails?: string[];
  /**
   * ARN of a topic of the management account that lets `budgets.amazonaws.com` publish (and `costalerts.amazonaws.com` for anomalies). AWS does not publish to topics of other accounts.
   * @default - one is made where Slack is told, else none
   */
  readonly topicArn?: string;
  /** Whether a topic is made, with its key and its policy, for what you subscribe yourself. @default - only where Slack is told */
  readonly createTopic?: boolean;
  /** A channel of Slack. The workspace is authorized once, in the console of Amazon Q Developer in chat applications. @default - none */
  readonly slack?: SlackChannel;
}

/** A channel of Slack. */
export interface SlackChannel {
  /** `T07EA123LEP`, as the console shows it once the workspace is authorized. */
  readonly workspaceId: string;
  /** `C07EZ1ABC23`, the end of the channel's link. */
  readonly channelId: string;
}

/** Addresses and topics of a notification. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-budgets-budget-notificationwithsubscribers.html (read 2026-11-23) */
const MAX_EMAILS = 10;

/**
 * Who hears of budgets and anomalies: e-mail, a topic, Slack. Fails with all that would reach nobody.
 *
 * @example
 * const alerts = new CostAlerts({ emails: ['finops@acme.example'], slack: { workspaceId: 'T07EA123LEP', channelId: 'C07EZ1ABC23' } });
 */
export class CostAlerts {
  /** Addresses. */
  public readonly emails: string[];
  /** Topic that exists. */
  public readonly topicArn?: string;
  /** Channel of Slack. */
  public readonly slack?: SlackChannel;
  /** Whether a topic is made. */
  public readonly createsTopic: boolean;

  public constructor(props: CostAlertsProps) {
    this.emails = props.emails ?? [];
    this.topicArn = props.topicArn;
    this.slack = props.slack;
    this.createsTopic = props.topicArn === undefined && (props.createTopic ?? props.slack !== undefined);
    const problems = this.problems(props);
    if (problems.length > 0) throw new InputError(`CostAlerts:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }

  private problems({ createTopic, slack, topicArn }: CostAlertsProps): string[] {
    const twice = this.emails.filter((email, at) => this.emails.findIndex((other) => other.toLowerCase() === email.toLowerCase()) !== at);
    return [
      ...(this.emails.length === 0 && topicArn === undefined && !this.createsTopic ? ['nobody is told: give emails, topicArn or slack'] : []),
      ...(this.emails.length > MAX_EMAILS ? [`${this.emails.length} e-mail addresses, and AWS tells ${MAX_EMAILS}: give a distribution list`] : []),
      ...this.emails.filter((email) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)).map((email) => `"${email}" is no e-mail address, like finops@acme.example`),
      ...twice.map((email) => `${email} is listed twice`),
      ...(topicArn !== undefined && !/^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/.test(topicArn) ? [`"${topicArn}" is no ARN of a standard topic, like arn:aws:sns:eu-west-1:111122223333:costs; AWS does not publish to FIFO topics`] : []),
      ...(topicArn !== undefined && (createTopic ?? false) ? ['createTopic makes a topic, and topicArn names one: keep one of them'] : []),
      ...(slack && !/^T[A-Z0-9]{5,}$/.test(slack.workspaceId) ? [`"${slack.workspaceId}" is no id of a Slack workspace, like T07EA123LEP`] : []),
      ...(slack && !/^[CG][A-Z0-9]{5,}$/.test(slack.channelId) ? [`"${slack.channelId}" is no id of a Slack channel, like C07EZ1ABC23`] : []),
      ...(slack && createTopic === false && topicArn === undefined ? ['Slack is told by a topic: give topicArn, or leave createTopic out'] : []),
    ];
  }
}
