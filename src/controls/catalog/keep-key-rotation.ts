import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule } from '../template-rule';

/** LZ.KMS.2. */
export function keepKeyRotation(): Control {
  return new Control({
    id: 'LZ.KMS.2',
    title: 'Rotation of keys is not switched off',
    description: 'A key that is rotated every year protects less data by each of its versions, and nobody has to remember it: AWS keeps the old versions to decrypt with. '
      + 'Rotation that is on stays on, and a template that makes a symmetric key asks for it. Keys made by hand are reported by the detective mechanisms.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.CIS_AWS.maps('3.6'),
      Framework.NIST_800_53.maps('SC-12', 'SC-12(2)', 'SC-28(3)'),
      Framework.PCI_DSS.maps('3.7.4'),
      Framework.ISO_27001.maps('A.8.24'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    controlTower: ['CT.KMS.PR.1'],
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html (keys that AWS rotates, read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html (CIS, NIST 800-53 and PCI DSS mapping of KMS.4, read 2026-11-22)',
      'ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['kms:DisableKeyRotation'] })],
    proactive: [ProactiveMechanism.nagRule('A symmetric key whose material AWS makes is rotated', new TemplateRule({
      // AWS does not rotate asymmetric keys, HMAC keys, imported material and keys in a custom key store by itself.
      'AWS::KMS::Key': ({ KeySpec, Origin, EnableKeyRotation }) => (differs(KeySpec, 'SYMMETRIC_DEFAULT') || differs(Origin, 'AWS_KMS')
        ? [] : mustBe(true, 'EnableKeyRotation', EnableKeyRotation)),
    }))],
    detective: [
      DetectiveMechanism.configRule('CMK_BACKING_KEY_ROTATION_ENABLED'),
      DetectiveMechanism.securityHub('KMS.4'),
    ],
    proof: {
      denies: [
        { action: 'kms:DisableKeyRotation' },
        { action: 'kms:DisableKeyRotation', principal: 'root' },
      ],
      allows: [
        { action: 'kms:EnableKeyRotation' },
        { action: 'kms:RotateKeyOnDemand' },
        { action: 'kms:CreateKey' },
        { action: 'kms:DisableKeyRotation', principal: PLATFORM_ROLE },
      ],
    },
  });
}

/** Whether a template says something else than AWS's own choice; what only the deployment knows does not count. */
function differs(value: unknown, ofAws: string): boolean {
  return typeof value === 'string' && value !== ofAws;
}
