import { Aws, CfnCondition, CfnResource, CustomResource, Duration, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { accountSettingFunction, SETTING_TIMEOUT } from './account-setting-function';
import { AccountSettingsOptions } from './account-settings-options';
import { accountSettingsProblems } from './account-settings-problems';
import { PUBLIC_SHARING } from './systems-manager-names';
import { InputError } from '../../model/input-error';

/** Properties of the settings of an account. */
export interface AccountSettingsProps extends AccountSettingsOptions {
  /** Region in which what an account has once is set: password policy and contacts. */
  readonly homeRegion: string;
}

const METADATA_KEY = 'landing-zone:account-settings';

interface Part {
  readonly id: string;
  readonly type: string;
  readonly properties?: { readonly [name: string]: string };
  readonly isOfAccount?: boolean;
  readonly statements: readonly object[];
}

/**
 * What an account should have and neither a policy of the organization nor a type of CloudFormation gives it: EBS encryption by default, no default VPC, no public Systems Manager documents, a
 * password policy, alternate contacts.
 *
 * A function sets it, whose code is in the template, so a stack set delivers it: `zone.addAccountSettings()` does, and `AccountSettings` is the content of a baseline of your own. What was set stays
 * when the stack goes.
 *
 * @example
 * new AccountSettings(stack, 'Settings', { homeRegion: 'eu-west-1' });
 */
export class AccountSettings extends Construct {
  public constructor(scope: Construct, id: string, props: AccountSettingsProps) {
    super(scope, id);
    const problems = accountSettingsProblems(props);
    if (problems.length > 0) throw new InputError(`AccountSettings ${this.node.path}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    const parts = partsOf(props);
    if (parts.length === 0) throw new InputError(`AccountSettings ${this.node.path}: everything is left out`);
    const provider = accountSettingFunction(this, {
      description: 'Settings of the account that CloudFormation has no type for',
      statements: parts.flatMap(({ statements }) => statements),
      wide: {
        '*': 'Settings of the account and Describe calls take no narrower resource (Service Authorization Reference, read 2026-11-23).',
        ...Object.fromEntries(['internet-gateway', 'subnet', 'vpc'].map((type) => (
          [`arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>:${type}/*`, 'Nobody knows the ids of default VPCs before; the function deletes nothing else.']))),
      },
    });
    const reasons = Object.entries({ ebsEncryption: props.withoutEbsEncryption, defaultVpc: props.keepDefaultVpc, passwordPolicy: props.withoutPasswordPolicy, documents: props.publicDocuments });
    const given = Object.fromEntries(reasons.filter(([, reason]) => reason !== undefined));
    if (Object.keys(given).length > 0) provider.addMetadata(METADATA_KEY, { reasons: given });
    const isHome = parts.some(({ isOfAccount }) => isOfAccount)
      ? new CfnCondition(this, 'IsHomeRegion', { expression: Fn.conditionEquals(Aws.REGION, props.homeRegion) }) : undefined;
    for (const { id: key, type, properties, isOfAccount } of parts) {
      const made = new CustomResource(this, key, { resourceType: type, serviceToken: provider.attrArn, serviceTimeout: SETTING_TIMEOUT.plus(Duration.minutes(1)), properties });
      if (isOfAccount) (made.node.defaultChild as CfnResource).cfnOptions.condition = isHome;
    }
  }
}

function partsOf(props: AccountSettingsProps): Part[] {
  const { ebsKeyArn, passwordPolicy: { minimumLength = 14, remembered = 24, maximumDays } = {}, contacts = {} } = props;
  const allow = (Sid: string, Action: string[], Resource: string | string[] = '*'): object => ({ Sid, Effect: 'Allow', Action, Resource });
  const ec2 = (type: string) => `arn:${Aws.PARTITION}:ec2:${Aws.REGION}:${Aws.ACCOUNT_ID}:${type}/*`;
  const told = [['Billing', contacts.billing], ['Operations', contacts.operations], ['Security', contacts.security]] as const;
  const known = told.flatMap(([type, contact]) => (contact ? [{ type, contact }] : []));
  return [
    ...(props.withoutEbsEncryption === undefined ? [{
      id: 'EbsEncryption',
      type: 'Custom::EbsEncryptionByDefault',
      ...(ebsKeyArn !== undefined && { properties: { KeyArn: ebsKeyArn } }),
      statements: [allow('EbsEncryption', [
        'ec2:EnableEbsEncryptionByDefault', 'ec2:GetEbsEncryptionByDefault', ...(ebsKeyArn !== undefined ? ['ec2:GetEbsDefaultKmsKeyId', 'ec2:ModifyEbsDefaultKmsKeyId'] : []),
      ])],
    }] : []),
    ...(props.keepDefaultVpc === undefined ? [{
      id: 'NoDefaultVpc',
      type: 'Custom::NoDefaultVpc',
      statements: [
        allow('LookAtVpcs', ['ec2:DescribeInternetGateways', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs']),
        allow('DeleteVpcs', ['ec2:AttachInternetGateway', 'ec2:DeleteInternetGateway', 'ec2:DeleteSubnet', 'ec2:DeleteVpc', 'ec2:DetachInternetGateway'], ['internet-gateway', 'subnet', 'vpc'].map(ec2)),
      ],
    }] : []),
    ...(props.publicDocuments === undefined ? [{
      id: 'PrivateDocuments',
      type: 'Custom::PrivateDocuments',
      statements: [allow('Documents', ['ssm:GetServiceSetting', 'ssm:UpdateServiceSetting'], `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:servicesetting${PUBLIC_SHARING}`)],
    }] : []),
    ...(props.withoutPasswordPolicy === undefined ? [{
      id: 'PasswordPolicy',
      type: 'Custom::PasswordPolicy',
      properties: { MinimumLength: String(minimumLength), Remembered: String(remembered), ...(maximumDays !== undefined && { MaximumAge: String(maximumDays) }) },
      isOfAccount: true,
      statements: [allow('Passwords', ['iam:GetAccountPasswordPolicy', 'iam:UpdateAccountPasswordPolicy'])],
    }] : []),
    ...known.map(({ type, contact: { name, title, email, phone } }, at) => ({
      id: `${type}Contact`,
      type: 'Custom::AlternateContact',
      properties: { ContactType: type.toUpperCase(), Name: name, Title: title, Email: email, Phone: phone },
      isOfAccount: true,
      statements: at === 0 ? [allow('Contacts', ['account:GetAlternateContact', 'account:PutAlternateContact'], `arn:${Aws.PARTITION}:account::${Aws.ACCOUNT_ID}:account`)] : [],
    })),
  ];
}
