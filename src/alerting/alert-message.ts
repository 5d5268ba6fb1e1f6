import { CfnRule } from 'aws-cdk-lib/aws-events';
import { AlertSource } from './alert-source';
import { Severity } from '../controls/severity';

/** How an event is told. `<name>` is a value of the event, which EventBridge puts in. */
export type Wording = 'mail' | 'chat' | 'pagerDuty' | 'opsgenie';

const PAGERDUTY: { readonly [severity in Severity]: string } = { critical: 'critical', high: 'error', medium: 'warning', low: 'info' };
const OPSGENIE: { readonly [severity in Severity]: string } = { critical: 'P1', high: 'P2', medium: 'P3', low: 'P4' };

/**
 * The transformation of events of a source and a severity. EventBridge does not escape what it puts between quotes, and makes a whole field of JSON what stands alone: so the title, which is anybody's
 * text, stands alone, and between quotes stand ids, Regions and times. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function messageOf(source: AlertSource, severity: Severity, wording: Wording): CfnRule.InputTransformerProperty {
  const { titlePath, keyPath, accountPath, words } = source._facts;
  const inputPathsMap = { title: titlePath, key: keyPath, account: accountPath, region: '$.region', time: '$.time' };
  const body = JSON.stringify(bodyOf(wording, severity, words));
  return { inputPathsMap, inputTemplate: body.replace('"<title>"', '<title>') };
}

function bodyOf(wording: Wording, severity: Severity, words: string): object {
  const headline = `${severity.toUpperCase()} ${words} in account <account>`;
  switch (wording) {
    case 'mail': return { alert: headline, what: '<title>', region: '<region>', time: '<time>', id: '<key>' };
    // https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
    case 'chat': return { version: '1.0', source: 'custom', content: { title: headline, description: '<title>' }, metadata: { additionalContext: { region: '<region>', time: '<time>', id: '<key>' } } };
    // https://developer.pagerduty.com/docs/send-alert-event, whose fields https://docs.influxdata.com/flux/v0/stdlib/pagerduty/sendevent has too (read 2026-11-23); the connection adds the routing key to the body.
    case 'pagerDuty': return {
      event_action: 'trigger', dedup_key: '<key>',
      payload: { summary: '<title>', source: 'AWS account <account>', severity: PAGERDUTY[severity], timestamp: '<time>', component: '<region>', class: `${severity} ${words}` },
    };
    // A message has 130 characters at most, a description 15,000: https://docs.opsgenie.com/docs/alert-api, as https://docs.influxdata.com/flux/v0/stdlib/contrib/sranka/opsgenie/sendalert has it too (read 2026-11-23)
    case 'opsgenie': return { message: headline, alias: '<key>', description: '<title>', priority: OPSGENIE[severity], source: 'AWS', details: { region: '<region>', time: '<time>' } };
  }
}
