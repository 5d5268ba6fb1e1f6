import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule } from '../template-rule';

/** LZ.RAM.1. */
export function denyExternalSharing(): Control {
  return new Control({
    id: 'LZ.RAM.1',
    title: 'Nothing is shared outside the organization by AWS RAM',
    description: 'A resource share that admits outside accounts opens subnets, transit gateways or certificate authorities to them. '
      + 'No share is created or changed so that it admits them, and nothing is added to one that does. '
      + 'Not covered: resource policies, and services that share by themselves (images, snapshots, documents). '
      + 'A resource control policy against outside principals is not part of the catalogue: it needs to know your vendors\' accounts and identity providers.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-4', 'AC-21'),
      Framework.PCI_DSS.maps('7.2.1'),
      Framework.ISO_27001.maps('A.5.14', 'A.8.12'),
      Framework.SOC_2.maps('CC6.1', 'CC6.7'),
    ],
    sources: [
      'https://docs.aws.amazon.com/ram/latest/userguide/security-scp.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsresourceaccessmanagerram.html (condition keys, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    // Two statements: the first key says what the request asks for, the second what the share already admits.
    preventive: [PreventiveMechanism.serviceControl(
      { actions: ['ram:CreateResourceShare', 'ram:UpdateResourceShare'], conditions: { Bool: { 'ram:RequestedAllowsExternalPrincipals': 'true' } } },
      { actions: ['ram:AssociateResourceShare'], conditions: { Bool: { 'ram:AllowsExternalPrincipals': 'true' } } },
    )],
    proactive: [ProactiveMechanism.nagRule('A resource share admits no principal from outside the organization', new TemplateRule({
      'AWS::RAM::ResourceShare': (share) => mustBe(false, 'AllowExternalPrincipals', share.AllowExternalPrincipals),
    }))],
    proof: {
      denies: [
        { action: 'ram:CreateResourceShare', context: { 'ram:RequestedAllowsExternalPrincipals': ['true'] } },
        { action: 'ram:UpdateResourceShare', principal: 'root', context: { 'ram:RequestedAllowsExternalPrincipals': ['true'] } },
        { action: 'ram:AssociateResourceShare', context: { 'ram:AllowsExternalPrincipals': ['true'] } },
      ],
      allows: [
        { action: 'ram:CreateResourceShare', context: { 'ram:RequestedAllowsExternalPrincipals': ['false'] } },
        { action: 'ram:AssociateResourceShare', context: { 'ram:AllowsExternalPrincipals': ['false'] } },
        { action: 'ram:DeleteResourceShare' },
        { action: 'ram:CreateResourceShare', principal: PLATFORM_ROLE, context: { 'ram:RequestedAllowsExternalPrincipals': ['true'] } },
      ],
    },
  });
}
