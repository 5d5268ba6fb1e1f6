import { Control } from '../control';
import { PlatformNamesOptions } from '../control-options';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { platformResources } from '../platform-names';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

const ANYWHERE = 'eu-west-1:111122223333';
const FUNCTION = `arn:aws:lambda:${ANYWHERE}:function:aws-controltower-NotificationForwarder`;
const RULE = `arn:aws:events:${ANYWHERE}:rule/aws-controltower-ConfigComplianceChangeEventRule`;
const TOPIC = `arn:aws:sns:${ANYWHERE}:aws-controltower-SecurityNotifications`;

/** LZ.PLATFORM.1. */
export function protectPlatformResources(options: PlatformNamesOptions = {}): Control {
  const names = options.namePrefixes ?? [];
  return new Control({
    id: 'LZ.PLATFORM.1',
    title: 'Rules, topics and functions of the platform are kept',
    description: 'Alarms of the landing zone travel by rules of EventBridge, topics of SNS and functions of Lambda in every account. '
      + 'Nobody but the platform changes, disables, redirects, subscribes to or deletes them. '
      + 'They are told by the start of their name, by default aws-controltower, aws-accelerator and landing-zone; see that no team uses it for its own.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AU-9', 'CM-3', 'CM-5', 'SI-4(5)'),
      Framework.ISO_27001.maps('A.8.9', 'A.8.16'),
      Framework.SOC_2.maps('CC7.2', 'CC8.1'),
    ],
    controlTower: [
      'AWS-GR_CLOUDWATCH_EVENTS_CHANGE_PROHIBITED', 'AWS-GR_LAMBDA_CHANGE_PROHIBITED', 'AWS-GR_SNS_CHANGE_PROHIBITED', 'AWS-GR_SNS_SUBSCRIPTION_CHANGE_PROHIBITED', 'CT.SNS.PV.1',
    ],
    sources: [
      'https://docs.aws.amazon.com/controltower/latest/controlreference/mandatory-controls.html (read 2026-11-22)',
      'https://github.com/aws-samples/service-control-policy-examples/tree/main/Protect-cloud-platform-resource (read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    // A statement a service: an action does not work on the others' resources.
    preventive: [PreventiveMechanism.serviceControl(
      {
        actions: ['events:DeleteRule', 'events:DisableRule', 'events:PutRule', 'events:PutTargets', 'events:RemoveTargets'],
        resources: platformResources('arn:*:events:*:*:rule/', options),
      },
      {
        actions: ['sns:AddPermission', 'sns:CreateTopic', 'sns:DeleteTopic', 'sns:RemovePermission', 'sns:SetTopicAttributes', 'sns:Subscribe', 'sns:Unsubscribe'],
        resources: platformResources('arn:*:sns:*:*:', options),
      },
      {
        actions: [
          'lambda:AddPermission', 'lambda:CreateFunction', 'lambda:DeleteFunction', 'lambda:DeleteFunctionConcurrency', 'lambda:PutFunctionConcurrency',
          'lambda:RemovePermission', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration',
        ],
        resources: platformResources('arn:*:lambda:*:*:function:', options),
      },
    )],
    proof: {
      denies: names.length > 0 ? names.flatMap((prefix) => [
        { action: 'events:DisableRule', resource: `arn:aws:events:${ANYWHERE}:rule/${prefix}-alarm` },
        { action: 'sns:DeleteTopic', resource: `arn:aws:sns:${ANYWHERE}:${prefix}-alarms` },
        { action: 'lambda:UpdateFunctionCode', resource: `arn:aws:lambda:${ANYWHERE}:function:${prefix}-alarm` },
      ]) : [
        { action: 'events:DisableRule', resource: RULE },
        { action: 'events:PutTargets', resource: RULE, principal: 'root' },
        { action: 'sns:DeleteTopic', resource: TOPIC },
        { action: 'sns:SetTopicAttributes', resource: TOPIC, principal: 'user/someone' },
        { action: 'sns:Subscribe', resource: TOPIC },
        { action: 'lambda:UpdateFunctionCode', resource: FUNCTION },
        { action: 'lambda:DeleteFunction', resource: FUNCTION },
      ],
      allows: [
        { action: 'events:DisableRule', resource: `arn:aws:events:${ANYWHERE}:rule/nightly` },
        { action: 'sns:DeleteTopic', resource: `arn:aws:sns:${ANYWHERE}:orders` },
        { action: 'lambda:UpdateFunctionCode', resource: `arn:aws:lambda:${ANYWHERE}:function:shop` },
        { action: 'lambda:InvokeFunction', resource: FUNCTION },
        { action: 'sns:Publish', resource: TOPIC },
        { action: 'lambda:UpdateFunctionCode', resource: FUNCTION, principal: PLATFORM_ROLE },
      ],
    },
  });
}
