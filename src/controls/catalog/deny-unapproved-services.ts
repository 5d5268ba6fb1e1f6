import { Control, ControlRequest } from '../control';
import { ServiceOptions } from '../control-options';
import { Framework } from '../framework';
import { GuardrailStatement, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** Services that the other guardrails do not see into, or that order people, satellites and quantum computers by the hour; with an action of each. */
const UNUSUAL: { readonly [service: string]: string } = {
  braket: 'CreateQuantumTask',
  groundstation: 'ReserveContact',
  lightsail: 'CreateInstances',
  mechanicalturk: 'CreateHIT',
};

/** What everybody needs to sign in, to be somebody, and to see what happened. */
const ALWAYS = ['account', 'health', 'iam', 'organizations', 'servicequotas', 'signin', 'sso', 'sts', 'support', 'tag'];

/** Requests of which at least one is not approved, for the proof. */
const PROBES = [...Object.entries(UNUSUAL).map(([service, name]) => `${service}:${name}`), 'workmail:CreateOrganization', 'gamelift:CreateFleet', 'ec2:RunInstances', 's3:CreateBucket'];

/** LZ.SERVICE.1. */
export function denyUnapprovedServices({ denied = Object.keys(UNUSUAL), approved }: ServiceOptions = {}): Control {
  const wrong = [...denied, ...approved ?? []].filter((service) => !/^[a-z0-9-]+$/.test(service));
  if (wrong.length > 0 || denied.length === 0) {
    throw new Error(`Services are named by the prefix of their actions, like lightsail; these are ${JSON.stringify(approved ?? denied)}`);
  }
  return new Control({
    id: 'LZ.SERVICE.1',
    title: 'Services that nobody approved are not used',
    description: 'Each service brings its own ways to run software, keep data and spend money, and guardrails know only those that somebody looked at. '
      + 'Lightsail has networks, addresses and disks of its own, which no other control here sees; Mechanical Turk gives data to strangers; Braket and Ground Station are paid by the task. '
      + 'By default these four are not used. denied names others; approved names all that may be used, and everything else is refused, '
      + 'but for identity, support and the account itself. Before enabling an approved list, look at the last accessed services of each account in IAM.',
    severity: Severity.LOW,
    frameworks: [
      Framework.NIST_800_53.maps('CM-7', 'CM-7(5)', 'SA-9'),
      Framework.PCI_DSS.maps('2.2.4'),
      Framework.ISO_27001.maps('A.5.23', 'A.8.19'),
      Framework.SOC_2.maps('CC6.8', 'CC8.1'),
    ],
    sources: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_strategies.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html (prefixes of services, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(statement(denied, approved))],
    proof: {
      denies: refused(denied, approved),
      allows: [
        { action: approved ? `${approved[0] ?? 'iam'}:List` : 'cloudwatch:PutMetricData' },
        { action: 'sts:GetCallerIdentity' },
        { action: 'iam:CreateRole' },
        { ...refused(denied, approved)[0], principal: PLATFORM_ROLE },
      ],
    },
  });
}

function statement(denied: readonly string[], approved: readonly string[] | undefined): GuardrailStatement {
  const all = (services: readonly string[]) => [...new Set(services)].sort().map((service) => `${service}:*`);
  return approved ? { notActions: all([...ALWAYS, ...approved]) } : { actions: all(denied) };
}

function refused(denied: readonly string[], approved: readonly string[] | undefined): ControlRequest[] {
  if (approved) return PROBES.filter((action) => !approved.includes(action.split(':')[0])).map((action) => ({ action }));
  return denied.map((service) => ({ action: `${service}:${UNUSUAL[service] ?? 'Create'}` }));
}
