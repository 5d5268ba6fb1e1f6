import { Control } from '../control';
import { KeyDeletionOptions } from '../control-options';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { isGiven, TemplateRule } from '../template-rule';

const WINDOW = 'kms:ScheduleKeyDeletionPendingWindowInDays';

/** LZ.KMS.1. */
export function protectKeysFromDeletion({ days = 30 }: KeyDeletionOptions = {}): Control {
  if (!Number.isInteger(days) || days < 8 || days > 30) throw new Error(`A key waits for 8 to 30 days and not ${days}: AWS itself takes no less than 7`);
  return new Control({
    id: 'LZ.KMS.1',
    title: `A key is deleted after ${days} days, and not before`,
    description: 'Whatever a deleted key encrypted is lost for good. AWS lets a key wait for 7 to 30 days, in which the deletion can be called off; '
      + `less than ${days} is denied, and 30 is what AWS takes when the request does not say. `
      + 'Imported key material, which goes at once and without a waiting period, is deleted by the platform only.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('SC-12', 'SC-12(2)'),
      Framework.PCI_DSS.maps('3.7.5'),
      Framework.ISO_27001.maps('A.8.24'),
      Framework.SOC_2.maps('CC6.1', 'CC6.5'),
    ],
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html (read 2026-11-22)',
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Protect-cloud-platform-resource/Enforce-30-days-for-KMS-deletion.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html (NIST 800-53 mapping of KMS.3, read 2026-11-22)',
      'PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(
      { actions: ['kms:ScheduleKeyDeletion'], conditions: { NumericLessThan: { [WINDOW]: String(days) } } },
      { actions: ['kms:DeleteImportedKeyMaterial'] },
    )],
    proactive: [ProactiveMechanism.nagRule(`A key that a template removes waits for ${days} days`, new TemplateRule({
      'AWS::KMS::Key': (key) => waits(key, days),
      'AWS::KMS::ReplicaKey': (key) => waits(key, days),
    }))],
    detective: [
      DetectiveMechanism.configRule('KMS_CMK_NOT_SCHEDULED_FOR_DELETION'),
      DetectiveMechanism.securityHub('KMS.3'),
    ],
    proof: {
      denies: [
        { action: 'kms:ScheduleKeyDeletion', context: { [WINDOW]: ['7'] } },
        { action: 'kms:ScheduleKeyDeletion', principal: 'root', context: { [WINDOW]: [String(days - 1)] } },
        { action: 'kms:DeleteImportedKeyMaterial' },
      ],
      allows: [
        { action: 'kms:ScheduleKeyDeletion', context: { [WINDOW]: [String(days)] } },
        { action: 'kms:ScheduleKeyDeletion', context: { [WINDOW]: [] } },
        { action: 'kms:CancelKeyDeletion' },
        { action: 'kms:DisableKey' },
        { action: 'kms:ScheduleKeyDeletion', principal: PLATFORM_ROLE, context: { [WINDOW]: ['7'] } },
      ],
    },
  });
}

/** 30 days are the most, and what AWS takes where the template does not say. */
function waits({ PendingWindowInDays: window }: any, days: number): string[] {
  return !isGiven(window) || Number(window) >= days ? [] : [`PendingWindowInDays must be ${days}${days < 30 ? ' or more' : ''} and is ${JSON.stringify(window)}`];
}
