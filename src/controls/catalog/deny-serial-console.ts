import { Control } from '../control';
import { Framework } from '../framework';
import { locked } from '../locked';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.EC2.4. */
export function denySerialConsole(): Control {
  return new Control({
    id: 'LZ.EC2.4',
    title: 'Instances cannot be reached by their serial console',
    description: 'The serial console reaches an instance past its network, its security groups and its session logs. It is off in every account and Region by a declarative policy, '
      + 'and nobody switches it on. Use Session Manager; and where an instance does not boot, let the platform open the console for a while.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-17', 'CM-7'),
      Framework.PCI_DSS.maps('2.2.4'),
      Framework.ISO_27001.maps('A.8.2', 'A.8.9'),
      Framework.SOC_2.maps('CC6.1', 'CC6.6'),
    ],
    controlTower: ['CT.EC2.PV.9'],
    sources: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html (serial_console_access, read 2026-11-22)',
      'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [
      PreventiveMechanism.serviceControl({ actions: ['ec2:EnableSerialConsoleAccess', 'ec2-instance-connect:SendSerialConsoleSSHPublicKey'] }),
      PreventiveMechanism.managementPolicy('DECLARATIVE_POLICY_EC2', { ec2_attributes: { serial_console_access: { status: locked('disabled') } } }),
    ],
    proof: {
      denies: [
        { action: 'ec2:EnableSerialConsoleAccess', principal: 'root' },
        { action: 'ec2-instance-connect:SendSerialConsoleSSHPublicKey' },
      ],
      allows: [
        { action: 'ec2:DisableSerialConsoleAccess' },
        { action: 'ssm:StartSession' },
        { action: 'ec2:EnableSerialConsoleAccess', principal: PLATFORM_ROLE },
      ],
    },
  });
}
