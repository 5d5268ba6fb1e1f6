import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule } from '../template-rule';

const AUTH_TYPE = 'lambda:FunctionUrlAuthType';

/** LZ.LAMBDA.1. */
export function denyPublicFunctions(): Control {
  return new Control({
    id: 'LZ.LAMBDA.1',
    title: 'No Lambda function is called from the internet without IAM',
    description: 'A function URL without authentication runs code, with the function\'s role and at your cost, for anybody who finds it. A URL must use IAM, '
      + 'and no permission is given to everybody, by URL or by principal "*". Publish a function through API Gateway or CloudFront with origin access control. '
      + 'A permission for the whole organization by principal "*" is the platform\'s to give; name accounts instead.',
    severity: Severity.CRITICAL,
    frameworks: [
      Framework.NIST_800_53.maps('AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7', 'SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'),
      Framework.PCI_DSS.maps('7.2.1'),
      Framework.ISO_27001.maps('A.8.3', 'A.8.20'),
      Framework.SOC_2.maps('CC6.1', 'CC6.6'),
    ],
    controlTower: ['AWS-GR_LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED', 'CT.LAMBDA.PV.1', 'CT.LAMBDA.PV.2', 'CT.LAMBDA.PR.2', 'CT.LAMBDA.PR.5'],
    sources: [
      'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/controltower/latest/controlreference/ct-lambda-pv-1.html and ct-lambda-pv-2.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html (NIST 800-53 and PCI DSS mapping of Lambda.1, read 2026-11-22)',
      'ISO 27001 and SOC 2: by the text of the requirement',
    ],
    // Two statements: a permission for a service has no URL's type, and a URL's configuration no principal.
    preventive: [PreventiveMechanism.serviceControl(
      {
        actions: ['lambda:AddPermission', 'lambda:CreateFunctionUrlConfig', 'lambda:UpdateFunctionUrlConfig'],
        conditions: { StringEquals: { [AUTH_TYPE]: 'NONE' } },
      },
      { actions: ['lambda:AddPermission', 'lambda:PutResourcePolicy'], conditions: { StringEquals: { 'lambda:Principal': '*' } } },
    )],
    proactive: [ProactiveMechanism.nagRule('A function URL uses IAM, and no permission is for everybody', new TemplateRule({
      'AWS::Lambda::Url': (url) => mustBe('AWS_IAM', 'AuthType', url.AuthType),
      // A principal that only the deployment knows is an account or a role, not everybody.
      'AWS::Lambda::Permission': ({ Principal, FunctionUrlAuthType }) => [
        ...(Principal === '*' ? ['Principal must name somebody and is "*"'] : []),
        ...mustBe('AWS_IAM', 'FunctionUrlAuthType', FunctionUrlAuthType ?? 'AWS_IAM'),
      ],
    }))],
    detective: [
      DetectiveMechanism.configRule('LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED'),
      DetectiveMechanism.securityHub('Lambda.1'),
    ],
    proof: {
      denies: [
        { action: 'lambda:CreateFunctionUrlConfig', context: { [AUTH_TYPE]: ['NONE'] } },
        { action: 'lambda:UpdateFunctionUrlConfig', principal: 'root', context: { [AUTH_TYPE]: ['NONE'] } },
        { action: 'lambda:AddPermission', context: { [AUTH_TYPE]: ['NONE'], 'lambda:Principal': ['444455556666'] } },
        { action: 'lambda:AddPermission', context: { [AUTH_TYPE]: [], 'lambda:Principal': ['*'] } },
        { action: 'lambda:PutResourcePolicy', context: { 'lambda:Principal': ['*'] } },
      ],
      allows: [
        { action: 'lambda:CreateFunctionUrlConfig', context: { [AUTH_TYPE]: ['AWS_IAM'] } },
        { action: 'lambda:UpdateFunctionUrlConfig', context: { [AUTH_TYPE]: [] } },
        { action: 'lambda:AddPermission', context: { [AUTH_TYPE]: [], 'lambda:Principal': ['s3.amazonaws.com'] } },
        { action: 'lambda:CreateFunction' },
        { action: 'lambda:CreateFunctionUrlConfig', principal: PLATFORM_ROLE, context: { [AUTH_TYPE]: ['NONE'] } },
      ],
    },
  });
}
