import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import { Control } from '../control';
import { Framework } from '../framework';
import { ProactiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { isGiven, TemplateRule, within, withinEach } from '../template-rule';

/** LZ.COST.4. */
export function noticeUnusualCosts(): Control {
  return new Control({
    id: 'LZ.COST.4',
    title: 'Unusual costs are noticed',
    description: 'A budget notices what is too much, anomaly detection what is not as usual: a stolen key that mines, a loop that writes. '
      + 'AWS accepts subscriptions of a frequency that their subscribers cannot have, and templates for Regions that have no monitors, only to fail when they are deployed. The rule finds both before.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('SI-4', 'SI-4(4)'),
      Framework.ISO_27001.maps('A.8.6', 'A.8.16'),
      Framework.SOC_2.maps('CC7.2'),
    ],
    sources: [
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ce-anomalysubscription.html (frequencies and thresholds, read 2026-11-23)',
      'https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_AnomalyMonitor.html (dimensions and specifications, read 2026-11-23)',
      'https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1375 (Region, read 2026-11-23)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    proactive: [ProactiveMechanism.nagRule('A monitor is one that AWS has, and a subscription tells somebody in a way that its frequency allows', new TemplateRule({
      'AWS::CE::AnomalyMonitor': ({ MonitorType: type, MonitorDimension: dimension, MonitorSpecification: specification }, resource) => [
        ...regionFindings(resource),
        ...within('MonitorType', type, (kind) => (kind === 'DIMENSIONAL'
          ? [
            ...(isGiven(dimension) ? [] : ['MonitorDimension is missing, and AWS\'s own monitors have one']),
            ...within('MonitorDimension', dimension, (of) => (['TAG', 'COST_CATEGORY'].includes(of) === isGiven(specification) ? []
              : [`MonitorSpecification must ${isGiven(specification) ? 'be left out' : 'name the key'} for dimension ${of}`])),
          ]
          : [...(isGiven(dimension) ? ['MonitorDimension must be left out of a monitor of your own'] : []), ...(isGiven(specification) ? [] : ['MonitorSpecification is missing: nothing is watched'])])),
      ],
      'AWS::CE::AnomalySubscription': ({ Frequency: frequency, Subscribers: subscribers, Threshold: threshold, ThresholdExpression: expression }, resource) => [
        ...regionFindings(resource),
        ...(isGiven(threshold) === isGiven(expression) ? [`${isGiven(threshold) ? 'only one' : 'one'} of Threshold and ThresholdExpression must be there`] : []),
        ...(Array.isArray(subscribers) && subscribers.length === 0 ? ['Subscribers is empty: nobody hears of anomalies'] : []),
        ...within('Frequency', frequency, (often) => withinEach('Subscribers', subscribers, ({ Type: type }, path) => within(`${path}.Type`, type, (kind) => (
          (kind === 'SNS') === (often === 'IMMEDIATE') ? [] : [`${path}.Type must be ${often === 'IMMEDIATE' ? 'SNS' : 'EMAIL'} for frequency ${often} and is ${JSON.stringify(kind)}`])))),
      ],
    }))],
  });
}

function regionFindings(resource: CfnResource): string[] {
  const { region } = Stack.of(resource);
  const isElsewhere = !Token.isUnresolved(region) && region !== 'us-east-1' && !region.startsWith('cn-');
  return isElsewhere ? [`the stack must be in us-east-1, where CloudFormation has ${resource.cfnResourceType}, and is in ${region}`] : [];
}
