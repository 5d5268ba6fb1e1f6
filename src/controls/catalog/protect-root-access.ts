import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.ROOT.2. */
export function protectRootAccess(): Control {
  return new Control({
    id: 'LZ.ROOT.2',
    title: 'Privileged root sessions are opened by the platform alone',
    description: 'The management account, or the account it delegated IAM to, opens short root sessions in any member account with sts:AssumeRoot: '
      + 'to delete a policy that locks everybody out, or to bring root credentials back. Service control policies do not bind the management account; in every other one only the platform opens '
      + 'such sessions or switches central root access off. If a team does this work in a delegated account, make its role a platform principal first.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.CIS_AWS.maps('1.6'),
      Framework.NIST_800_53.maps('AC-3', 'AC-6(2)', 'AC-6(5)', 'CM-5'),
      Framework.PCI_DSS.maps('8.2.2'),
      Framework.ISO_27001.maps('A.8.2', 'A.8.18'),
      Framework.SOC_2.maps('CC6.1', 'CC6.3'),
    ],
    controlTower: ['AWS-GR_RESTRICT_ROOT_USER'],
    sources: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html (read 2026-11-22)',
      'CIS, NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: ['iam:DisableOrganizationsRootCredentialsManagement', 'iam:DisableOrganizationsRootSessions', 'sts:AssumeRoot'],
    })],
    proof: {
      denies: [
        { action: 'sts:AssumeRoot' },
        { action: 'sts:AssumeRoot', principal: 'user/someone' },
        { action: 'iam:DisableOrganizationsRootCredentialsManagement' },
        { action: 'iam:DisableOrganizationsRootSessions', principal: 'root' },
      ],
      allows: [
        { action: 'sts:AssumeRole' },
        { action: 'iam:ListOrganizationsFeatures' },
        { action: 'iam:EnableOrganizationsRootSessions' },
        { action: 'sts:AssumeRoot', principal: PLATFORM_ROLE },
      ],
    },
  });
}
