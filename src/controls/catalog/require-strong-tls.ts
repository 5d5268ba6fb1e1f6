import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { TemplateRule } from '../template-rule';

/** Security policies of Elastic Load Balancing without TLS 1.0 and 1.1. */
const STRONG = ['ELBSecurityPolicy-FS-1-2-*', 'ELBSecurityPolicy-TLS-1-2-*', 'ELBSecurityPolicy-TLS13-1-2-*', 'ELBSecurityPolicy-TLS13-1-3-*'];
/** Protocols of a listener that terminates no TLS by a security policy; a Gateway Load Balancer names none. */
const WITHOUT_TLS = ['HTTP', 'QUIC', 'TCP', 'TCP_QUIC', 'TCP_UDP', 'UDP', undefined];
const PROTOCOL = 'elasticloadbalancing:ListenerProtocol';
const POLICY = 'elasticloadbalancing:SecurityPolicy';

/** LZ.ELB.1. */
export function requireStrongTls(): Control {
  return new Control({
    id: 'LZ.ELB.1',
    title: 'TLS listeners of load balancers refuse TLS 1.0 and 1.1',
    description: 'TLS 1.0 and 1.1 are broken and no client of today needs them, but the API\'s own choice for a listener that names no security policy still speaks them. '
      + 'A listener of an Application or Network Load Balancer that terminates TLS names a policy from TLS 1.2 on. '
      + 'Listeners for plain HTTP, which mostly redirect, are left alone. See in the access logs that no client negotiates less before enabling it.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-17(2)', 'AC-4', 'IA-5(1)', 'SC-12(3)', 'SC-13', 'SC-23', 'SC-23(3)', 'SC-7(4)', 'SC-8', 'SC-8(1)', 'SC-8(2)', 'SI-7(6)'),
      Framework.PCI_DSS.maps('4.2.1'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.24'),
      Framework.SOC_2.maps('CC6.7'),
    ],
    controlTower: ['CT.ELASTICLOADBALANCING.PR.12'],
    sources: [
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html (security policies and the API\'s default, read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html (both keys hold several values, read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html (NIST 800-53 mapping of ELB.17, read 2026-11-22)',
      'PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(
      { actions: ['elasticloadbalancing:CreateListener', 'elasticloadbalancing:ModifyListener'], conditions: { 'ForAnyValue:StringNotLike': { [POLICY]: STRONG } } },
      {
        // A change that names no policy keeps the listener's own.
        actions: ['elasticloadbalancing:CreateListener'],
        conditions: { 'ForAnyValue:StringEquals': { [PROTOCOL]: ['HTTPS', 'TLS'] }, 'Null': { [POLICY]: 'true' } },
      },
    )],
    proactive: [ProactiveMechanism.nagRule('A listener that terminates TLS names a security policy from TLS 1.2 on', new TemplateRule({
      'AWS::ElasticLoadBalancingV2::Listener': ({ Protocol, SslPolicy }) => (WITHOUT_TLS.includes(Protocol) || isStrong(SslPolicy)
        ? [] : [`SslPolicy must be one from TLS 1.2 on and is ${JSON.stringify(SslPolicy) ?? 'missing'}`]),
    }))],
    detective: [DetectiveMechanism.securityHub('ELB.17')],
    proof: {
      denies: [
        { action: 'elasticloadbalancing:CreateListener', context: { [PROTOCOL]: ['HTTPS'], [POLICY]: ['ELBSecurityPolicy-2016-08'] } },
        { action: 'elasticloadbalancing:CreateListener', context: { [PROTOCOL]: ['TLS'], [POLICY]: ['ELBSecurityPolicy-TLS13-1-0-2021-06'] } },
        { action: 'elasticloadbalancing:CreateListener', context: { [PROTOCOL]: ['HTTPS'], [POLICY]: [] } },
        { action: 'elasticloadbalancing:ModifyListener', principal: 'root', context: { [POLICY]: ['ELBSecurityPolicy-TLS-1-1-2017-01'] } },
      ],
      allows: [
        { action: 'elasticloadbalancing:CreateListener', context: { [PROTOCOL]: ['HTTPS'], [POLICY]: ['ELBSecurityPolicy-TLS13-1-2-Res-2021-06'] } },
        { action: 'elasticloadbalancing:CreateListener', context: { [PROTOCOL]: ['HTTP'], [POLICY]: [] } },
        { action: 'elasticloadbalancing:CreateListener', context: { [PROTOCOL]: [], [POLICY]: [] } },
        { action: 'elasticloadbalancing:ModifyListener', context: { [POLICY]: [] } },
        { action: 'elasticloadbalancing:CreateListener', principal: PLATFORM_ROLE, context: { [POLICY]: ['ELBSecurityPolicy-2016-08'] } },
      ],
    },
  });
}

function isStrong(policy: unknown): boolean {
  return typeof policy === 'string' && STRONG.some((pattern) => policy.startsWith(pattern.slice(0, -1)));
}
