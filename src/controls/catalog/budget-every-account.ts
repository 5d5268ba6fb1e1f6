import { CfnResource, Stack } from 'aws-cdk-lib';
import { Control } from '../control';
import { Framework } from '../framework';
import { ProactiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { propertiesOf } from '../template-properties';
import { isGiven, TemplateRule, within, withinEach } from '../template-rule';

/** LZ.COST.3. */
export function budgetEveryAccount(): Control {
  return new Control({
    id: 'LZ.COST.3',
    title: 'Every account has a budget that somebody hears of',
    description: 'What nobody planned, nobody notices until the bill comes. Each account has a budget or a reason for none, units have no less than what is below them, and each budget tells somebody in time: '
      + 'its thresholds rise, and its addresses and topics can be reached. A zone with a cost standard proves all of it from its templates; the rule reads any budget that a template makes.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('PM-3', 'SA-2'),
      Framework.ISO_27001.maps('A.5.23', 'A.8.6'),
      Framework.SOC_2.maps('CC7.2'),
    ],
    sources: [
      'https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html (topics, read 2026-11-23)',
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-budgets-budget.html (read 2026-11-23)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    proactive: [ProactiveMechanism.nagRule('A budget alerts at thresholds that rise, and tells addresses and topics that can be reached', new TemplateRule({
      'AWS::Budgets::Budget': ({ NotificationsWithSubscribers: notified }, resource) => [
        ...(isGiven(notified) && !(Array.isArray(notified) && notified.length === 0) ? [] : ['NotificationsWithSubscribers is empty: the budget never alerts']),
        ...within('NotificationsWithSubscribers', notified, (list) => falling(list)),
        ...withinEach('NotificationsWithSubscribers', notified, ({ Subscribers: subscribers }, path) => [
          ...(isGiven(subscribers) && !(Array.isArray(subscribers) && subscribers.length === 0) ? [] : [`${path}.Subscribers is empty: nobody hears of it`]),
          ...withinEach(`${path}.Subscribers`, subscribers, ({ SubscriptionType: type, Address: address }, at) => (type === 'SNS' ? topicFindings(`${at}.Address`, address, resource) : emailFindings(`${at}.Address`, address))),
        ]),
      ],
    }))],
  });
}

/** Each kind of threshold rises in the order in which it is written. */
function falling(list: any[]): string[] {
  const thresholds = list.map(({ Notification: { NotificationType: kind, Threshold: value, ThresholdType: unit = 'PERCENTAGE' } = {} as any }) => ({ of: `${kind} ${unit}`, value: Number(value) }));
  return thresholds.flatMap(({ of, value }, at) => {
    const path = `NotificationsWithSubscribers[${at}].Notification.Threshold`;
    if (!Number.isFinite(value)) return [`${path} must be readable by synthesis and is ${JSON.stringify(list[at].Notification?.Threshold)}`];
    const before = thresholds.slice(0, at).filter((other) => other.of === of).pop();
    return before && value <= before.value ? [`${path} must be above ${before.value}, the one before it, and is ${value}`] : [];
  });
}

function emailFindings(path: string, address: unknown): string[] {
  return typeof address !== 'string' ? [] : /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) ? [] : [`${path} must be an e-mail address and is ${JSON.stringify(address)}`];
}

/** AWS Budgets publishes to standard topics of its own account that let it. What a parameter or another stack brings is not judged. */
function topicFindings(path: string, address: any, budget: CfnResource): string[] {
  const { account } = Stack.of(budget);
  if (typeof address === 'string') {
    const [, , service, , owner, name] = address.split(':');
    if (service !== 'sns' || name === undefined) return [`${path} must be the ARN of a topic and is ${JSON.stringify(address)}`];
    if (name.endsWith('.fifo')) return [`${path} must not be a FIFO topic, to which AWS Budgets does not publish`];
    return /^\d{12}$/.test(account) && owner !== account ? [`${path} must be a topic of the budget's own account ${account} and is of ${owner}`] : [];
  }
  const id = address?.Ref ?? address?.['Fn::GetAtt']?.[0];
  const topic = resourcesOf(budget, 'AWS::SNS::Topic').find((one) => Stack.of(one).resolve(one.logicalId) === id);
  if (!topic) return [];
  const { FifoTopic: fifo, KmsMasterKeyId: key } = propertiesOf(topic);
  const isAllowed = resourcesOf(budget, 'AWS::SNS::TopicPolicy').map(propertiesOf).filter(({ Topics }) => JSON.stringify(Topics ?? '').includes(`"${id}"`))
    .some(({ PolicyDocument }) => /"(budgets\.amazonaws\.com|\*)"/.test(JSON.stringify([PolicyDocument?.Statement ?? []].flat().filter(({ Effect }: any) => Effect === 'Allow').map(({ Principal }: any) => Principal))));
  return [
    ...(fifo === true ? [`${path} must not be a FIFO topic, to which AWS Budgets does not publish`] : []),
    ...(typeof key === 'string' && key.endsWith('alias/aws/sns') ? [`${path} must not be encrypted with AWS's key of SNS, which lets no service publish`] : []),
    ...(isAllowed ? [] : [`${path} must be a topic whose policy lets budgets.amazonaws.com publish`]),
  ];
}

function resourcesOf(budget: CfnResource, type: string): CfnResource[] {
  return Stack.of(budget).node.findAll().filter((one): one is CfnResource => CfnResource.isCfnResource(one) && one.cfnResourceType === type && Stack.of(one) === Stack.of(budget));
}
