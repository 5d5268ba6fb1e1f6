import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { TemplateRule, withinEach } from '../template-rule';

/** LZ.SNS.1. */
export function denyPlainHttpSubscriptions(): Control {
  return new Control({
    id: 'LZ.SNS.1',
    title: 'Notifications are not delivered over plain HTTP',
    description: 'A topic sends each message to its subscribers, and over plain HTTP everybody on the way reads and changes it. No subscription for the protocol http is made; '
      + 'https and every other protocol stay possible. Subscriptions that exist go on: look for them before enabling it.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('SC-8', 'SC-8(1)', 'SC-13', 'SC-23'),
      Framework.PCI_DSS.maps('4.2.1'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.24'),
      Framework.SOC_2.maps('CC6.7'),
    ],
    sources: [
      'https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html (sns:Protocol, read 2026-11-22)',
      'https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['sns:Subscribe'], conditions: { StringEquals: { 'sns:Protocol': 'http' } } })],
    proactive: [ProactiveMechanism.nagRule('A subscription does not use plain HTTP', new TemplateRule({
      'AWS::SNS::Subscription': (subscription) => notPlain('Protocol', subscription.Protocol),
      'AWS::SNS::Topic': (topic) => withinEach('Subscription', topic.Subscription, (subscription, path) => notPlain(`${path}.Protocol`, subscription.Protocol)),
    }))],
    proof: {
      denies: [
        { action: 'sns:Subscribe', context: { 'sns:Protocol': ['http'] } },
        { action: 'sns:Subscribe', principal: 'root', context: { 'sns:Protocol': ['http'] } },
      ],
      allows: [
        { action: 'sns:Subscribe', context: { 'sns:Protocol': ['https'] } },
        { action: 'sns:Subscribe', context: { 'sns:Protocol': ['sqs'] } },
        { action: 'sns:Publish' },
        { action: 'sns:Subscribe', principal: PLATFORM_ROLE, context: { 'sns:Protocol': ['http'] } },
      ],
    },
  });
}

/** A protocol that only the deployment knows may be http. */
function notPlain(path: string, protocol: unknown): string[] {
  return typeof protocol === 'string' && protocol !== 'http' ? [] : [`${path} must not be "http" and is ${JSON.stringify(protocol) ?? 'missing'}`];
}
