import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { TemplateRule } from '../template-rule';

/** LZ.ECR.1. */
export function denyPublicRepositories(): Control {
  return new Control({
    id: 'LZ.ECR.1',
    title: 'No container image is published in the public gallery',
    description: 'Whatever is pushed to Amazon ECR Public is shown and handed to everybody, with the code and the settings in it. No public repository is made and no image pushed to one; '
      + 'private repositories and pulling from the gallery are left alone. Where you publish images, do so from an account for it.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-4', 'AC-21', 'AC-22'),
      Framework.ISO_27001.maps('A.8.4', 'A.8.12'),
      Framework.SOC_2.maps('CC6.1', 'CC6.7'),
    ],
    sources: [
      'https://docs.aws.amazon.com/AmazonECR/latest/public/public-repositories.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistrypublic.html (actions, read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['ecr-public:CreateRepository', 'ecr-public:InitiateLayerUpload', 'ecr-public:PutImage'] })],
    proactive: [ProactiveMechanism.nagRule('There is no public repository', new TemplateRule({
      'AWS::ECR::PublicRepository': () => ['The repository is public'],
    }))],
    proof: {
      denies: [
        { action: 'ecr-public:CreateRepository' },
        { action: 'ecr-public:PutImage', principal: 'root' },
      ],
      allows: [
        { action: 'ecr:CreateRepository' },
        { action: 'ecr:PutImage' },
        { action: 'ecr-public:GetAuthorizationToken' },
        { action: 'ecr-public:DeleteRepository' },
        { action: 'ecr-public:CreateRepository', principal: PLATFORM_ROLE },
      ],
    },
  });
}
