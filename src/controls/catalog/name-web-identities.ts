import { openTrust } from '../../analysis/web-identity-trust';
import { Control } from '../control';
import { Framework } from '../framework';
import { ProactiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { TemplateRule, within } from '../template-rule';

/** LZ.IAM.13. */
export function nameWebIdentities(): Control {
  return new Control({
    id: 'LZ.IAM.13',
    title: 'Trust in web identities names whom it trusts',
    description: 'GitHub, GitLab and others give tokens to everyone\'s pipelines by the same issuer: a role that trusts the issuer, or a pattern like repo:acme*, is open to strangers. '
      + 'A trust policy for AssumeRoleWithWebIdentity names the repository, project, workspace or namespace, in the subject or by its number. '
      + 'A test that a missing claim passes, or that only excludes, names nobody. Who signs in by Cognito, Google, Facebook or Amazon is left alone. '
      + 'LZ.PERIMETER.7 enforces the same for whole organizations of GitHub and GitLab at AWS.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-6', 'IA-2', 'IA-9'),
      Framework.PCI_DSS.maps('7.2.1', '7.2.5'),
      Framework.ISO_27001.maps('A.5.16', 'A.8.2'),
      Framework.SOC_2.maps('CC6.1', 'CC6.2'),
    ],
    sources: [
      'https://docs.github.com/en/actions/reference/security/oidc (the subject and other claims of a token, read 2026-11-23)',
      'https://docs.gitlab.com/ci/cloud_services/aws (the subject of a token, read 2026-11-23)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html (claims that AWS compares, read 2026-11-23)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    proactive: [ProactiveMechanism.nagRule('A trust policy for web identities names the repository, project, workspace or namespace', new TemplateRule({
      'AWS::IAM::Role': ({ AssumeRolePolicyDocument }) => within('AssumeRolePolicyDocument', AssumeRolePolicyDocument, (document) => openTrust(document)
        .map(({ problem, example, instead }) => `${problem}${example === undefined ? '' : `, such as ${example}`}. Write ${instead}`)),
    }))],
  });
}
