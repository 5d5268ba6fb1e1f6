import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, ProactiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { isGiven, TemplateRule, within, withinEach } from '../template-rule';

/** Remote access, administration, databases, mail: the list of AWS Control Tower's CT.EC2.PR.4, and WinRM (5985, 5986). */
const PORTS = [20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 5985, 5986, 8080, 8088, 8888, 9200, 9300];

/** LZ.VPC.3. */
export function denyOpenAdminPorts(): Control {
  return new Control({
    id: 'LZ.VPC.3',
    title: 'Administration and databases are not open to the world',
    description: 'SSH, remote desktop, databases and consoles that the whole internet reaches are found within minutes and tried with every known password. '
      + 'No security group lets 0.0.0.0/0 or ::/0 in on such a port, or on all ports; administrators come by Session Manager. '
      + 'AWS cannot refuse such a rule by its addresses, so the templates are checked, and AWS Config and Security Hub report what is made by hand.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.CIS_AWS.maps('5.3', '5.4'),
      Framework.NIST_800_53.maps('AC-4', 'AC-4(21)', 'CA-9(1)', 'CM-2', 'CM-2(2)', 'CM-7', 'SC-7', 'SC-7(4)', 'SC-7(5)', 'SC-7(11)', 'SC-7(16)', 'SC-7(21)'),
      Framework.PCI_DSS.maps('1.3.1', '1.4.2', '1.4.4'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.22'),
      Framework.SOC_2.maps('CC6.6'),
    ],
    controlTower: ['CT.EC2.PR.4', 'AWS-GR_RESTRICTED_SSH', 'AWS-GR_RESTRICTED_COMMON_PORTS'],
    sources: [
      'https://github.com/cdklabs/cdk-validator-cfnguard/blob/main/rules/control-tower/cfn-guard/ec2/ct-ec2-pr-4.guard (ports, and NIST 800-53 mapping in its metadata, read 2026-11-23)',
      'CIS, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    proactive: [ProactiveMechanism.nagRule('No security group opens administration or databases to 0.0.0.0/0 or ::/0', new TemplateRule({
      'AWS::EC2::SecurityGroup': ({ SecurityGroupIngress }) => withinEach('SecurityGroupIngress', SecurityGroupIngress, (rule, at) => openings(rule, `${at}.`)),
      'AWS::EC2::SecurityGroupIngress': (rule) => openings(rule, ''),
    }))],
    detective: [
      DetectiveMechanism.configRule('INCOMING_SSH_DISABLED'),
      DetectiveMechanism.configRule('RESTRICTED_INCOMING_TRAFFIC'),
      DetectiveMechanism.securityHub('EC2.13'),
      DetectiveMechanism.securityHub('EC2.14'),
      DetectiveMechanism.securityHub('EC2.19'),
      DetectiveMechanism.securityHub('EC2.53'),
      DetectiveMechanism.securityHub('EC2.54'),
    ],
  });
}

/** What a rule opens to the world, or may: ports and addresses that only the deployment knows may be any. */
function openings(rule: any, path: string): string[] {
  const ports = portsOf(rule);
  if (ports.length === 0) return [];
  return ['CidrIp', 'CidrIpv6'].flatMap((key) => (isBlockOfVpc(rule[key]) ? [] : within(`${path}${key}`, rule[key],
    (cidr) => (/\/0$/.test(String(cidr)) ? [`${path}${key} lets ${cidr} in on ${ports.length === PORTS.length ? 'all ports' : `port ${ports.join(', ')}`}`] : []))));
}

/** Those of the list that a rule opens. */
function portsOf({ IpProtocol, FromPort, ToPort = FromPort }: any): number[] {
  if (['icmp', 'icmpv6', '1', '58'].includes(String(IpProtocol).toLowerCase())) return [];
  const [from, to] = [Number(FromPort), Number(ToPort)];
  // A protocol of its own number has no ports; without known ports, all are open.
  if (String(IpProtocol) === '-1' || !isGiven(FromPort) || from === -1 || !Number.isInteger(from) || !Number.isInteger(to)) return PORTS;
  return PORTS.filter((port) => port >= from && port <= to);
}

/** Addresses of a VPC: no VPC has all there are. */
function isBlockOfVpc(cidr: any): boolean {
  return /^(CidrBlock|Ipv6CidrBlock)$/.test([cidr?.['Fn::GetAtt'] ?? []].flat().join('.').split('.')[1] ?? '');
}
