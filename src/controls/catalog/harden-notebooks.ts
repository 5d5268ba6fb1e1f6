import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule } from '../template-rule';

const INTERNET = 'sagemaker:DirectInternetAccess';
const ROOT = 'sagemaker:RootAccess';

/** LZ.SAGEMAKER.1. */
export function hardenNotebooks(): Control {
  return new Control({
    id: 'LZ.SAGEMAKER.1',
    title: 'Notebook instances have no internet and no root of their own',
    description: 'A SageMaker notebook instance comes with a way to the internet past every VPC, and with root for its user: data leaves it unseen, and its controls can be taken away. '
      + 'It is created in a VPC, without direct internet access and without root access, and root access is not given later. '
      + 'Provide a subnet with what data scientists need, an endpoint for SageMaker and a package mirror, before enabling it. SageMaker Studio is not covered.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-2(1)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-4', 'AC-4(21)', 'AC-6', 'AC-6(2)', 'AC-6(10)', 'SC-7', 'SC-7(11)', 'SC-7(16)'),
      Framework.PCI_DSS.maps('1.4.4'),
      Framework.ISO_27001.maps('A.8.2', 'A.8.20', 'A.8.22'),
      Framework.SOC_2.maps('CC6.1', 'CC6.6'),
    ],
    controlTower: ['AWS-GR_SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS', 'CT.SAGEMAKER.PR.1', 'CT.SAGEMAKER.PR.3'],
    sources: [
      'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html (both are enabled where the request does not say, read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html (condition keys, read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/sagemaker-controls.html (NIST 800-53 and PCI DSS mapping of SageMaker.1 and SageMaker.3, read 2026-11-22)',
      'ISO 27001 and SOC 2: by the text of the requirement',
    ],
    // One statement a key. At creation, absent is enabled; a change that does not say leaves the instance as it is.
    preventive: [PreventiveMechanism.serviceControl(
      { actions: ['sagemaker:CreateNotebookInstance'], conditions: { StringNotEquals: { [INTERNET]: 'Disabled' } } },
      { actions: ['sagemaker:CreateNotebookInstance'], conditions: { StringNotEquals: { [ROOT]: 'Disabled' } } },
      { actions: ['sagemaker:UpdateNotebookInstance'], conditions: { StringEquals: { [ROOT]: 'Enabled' } } },
    )],
    proactive: [ProactiveMechanism.nagRule('A notebook instance has no direct internet access and no root access', new TemplateRule({
      'AWS::SageMaker::NotebookInstance': (notebook) => [
        ...mustBe('Disabled', 'DirectInternetAccess', notebook.DirectInternetAccess),
        ...mustBe('Disabled', 'RootAccess', notebook.RootAccess),
      ],
    }))],
    detective: [
      DetectiveMechanism.configRule('SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS'),
      DetectiveMechanism.securityHub('SageMaker.1'),
      DetectiveMechanism.securityHub('SageMaker.3'),
    ],
    proof: {
      denies: [
        { action: 'sagemaker:CreateNotebookInstance', context: { [INTERNET]: ['Enabled'], [ROOT]: ['Disabled'] } },
        { action: 'sagemaker:CreateNotebookInstance', context: { [INTERNET]: [], [ROOT]: ['Disabled'] } },
        { action: 'sagemaker:CreateNotebookInstance', principal: 'root', context: { [INTERNET]: ['Disabled'], [ROOT]: [] } },
        { action: 'sagemaker:UpdateNotebookInstance', context: { [ROOT]: ['Enabled'] } },
      ],
      allows: [
        { action: 'sagemaker:CreateNotebookInstance', context: { [INTERNET]: ['Disabled'], [ROOT]: ['Disabled'] } },
        { action: 'sagemaker:UpdateNotebookInstance', context: { [ROOT]: [] } },
        { action: 'sagemaker:StartNotebookInstance' },
        { action: 'sagemaker:CreateNotebookInstance', principal: PLATFORM_ROLE, context: { [INTERNET]: ['Enabled'] } },
      ],
    },
  });
}
