import { AlertTargetFacts } from './alert-facts';
import { InputError } from '../model/input-error';

/** A channel of Microsoft Teams. */
export interface TeamsChannel {
  /** Id of the team, a UUID. The team is authorized once, in the console of Amazon Q Developer in chat applications. */
  readonly teamId: string;
  /** Id of the tenant, a UUID. */
  readonly tenantId: string;
  /** Id of the channel, as its link has it: `19%3aABCD…%40thread.tacv2`. */
  readonly channelId: string;
}

/** An incident tool. */
export interface IncidentToolOptions {
  /** ARN of a secret in the account and Region of the alerts. */
  readonly secretArn: string;
  /** Field of the secret. PagerDuty: the integration key of Events API v2. Opsgenie: `GenieKey ` and the API key. @default 'key' */
  readonly field?: string;
  /** Whether the tool's European service is used. @default false */
  readonly inEurope?: boolean;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Who is told.
 *
 * @example
 * const onCall = AlertTarget.pagerDuty({ secretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:pagerduty-AbCdEf', inEurope: true });
 */
export class AlertTarget {
  /** An address, which must confirm once. Fails when it is none. */
  public static email(address: string): AlertTarget {
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) throw new InputError(`"${address}" is no e-mail address, like security@acme.example`);
    return new AlertTarget({ kind: 'email', id: `Email.${address.toLowerCase()}`, address });
  }

  /** A channel of Slack, by the ids that the console of Amazon Q Developer in chat applications shows: `T07EA123LEP`, `C07EZ1ABC23`. Fails when they are none. */
  public static slack(workspaceId: string, channelId: string): AlertTarget {
    if (!/^T[A-Z0-9]{5,}$/.test(workspaceId) || !/^[CG][A-Z0-9]{5,}$/.test(channelId)) throw new InputError(`Slack workspace "${workspaceId}" and channel "${channelId}": ids are expected, like T07EA123LEP and C07EZ1ABC23`);
    return new AlertTarget({ kind: 'slack', id: `Slack.${workspaceId}.${channelId}`, workspaceId, channelId });
  }

  /** A channel of Microsoft Teams. Fails when an id is none. */
  public static teams(channel: TeamsChannel): AlertTarget {
    const { teamId, tenantId, channelId } = channel;
    const wrong = [['teamId', teamId], ['tenantId', tenantId]].filter(([, value]) => !UUID.test(value!)).map(([name]) => name);
    if (wrong.length > 0 || !/^\S+$/.test(channelId)) throw new InputError(`Microsoft Teams: ${[...wrong.map((name) => `${name} is no UUID`), ...(/^\S+$/.test(channelId) ? [] : ['channelId is empty or has spaces'])].join(', ')}`);
    return new AlertTarget({ kind: 'teams', id: `Teams.${teamId}.${channelId.replace(/[^A-Za-z0-9]/g, '')}`, teamId, tenantId, channelId });
  }

  /** PagerDuty, by its Events API v2: https://developer.pagerduty.com/docs/events-api-v2-overview. Fails when the secret is none. */
  public static pagerDuty(options: IncidentToolOptions): AlertTarget {
    return AlertTarget.tool('pagerDuty', `https://events${options.inEurope ? '.eu' : ''}.pagerduty.com/v2/enqueue`, options);
  }

  /** Opsgenie, by its Alert API: https://docs.opsgenie.com/docs/alert-api. Fails when the secret is none. */
  public static opsgenie(options: IncidentToolOptions): AlertTarget {
    return AlertTarget.tool('opsgenie', `https://api${options.inEurope ? '.eu' : ''}.opsgenie.com/v2/alerts`, options);
  }

  private static tool(kind: 'pagerDuty' | 'opsgenie', endpoint: string, { secretArn, field = 'key' }: IncidentToolOptions): AlertTarget {
    const name = /^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:([A-Za-z0-9/_+=.@-]+)$/.exec(secretArn)?.[1];
    if (name === undefined) throw new InputError(`"${secretArn}" is no ARN of a secret, like arn:aws:secretsmanager:eu-west-1:111122223333:secret:pagerduty-AbCdEf`);
    return new AlertTarget({ kind, id: `${kind === 'pagerDuty' ? 'PagerDuty' : 'Opsgenie'}.${name.replace(/[^A-Za-z0-9-]/g, '-')}`, endpoint, secretArn, field });
  }

  private constructor(
    /** @internal */
    public readonly _facts: AlertTargetFacts,
  ) {}
}
