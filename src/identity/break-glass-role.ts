import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { InputError } from '../model/input-error';

/** Who gets in when everything else fails. */
export interface BreakGlassOptions {
  /**
   * ARNs of the users and roles that may become the role, one by one: `arn:aws:iam::111122223333:user/emergency-1`. Two users with hardware keys, in an account of their own or the management
   * account, so that they do not need the identity provider that failed.
   */
  readonly trustedPrincipalArns: string[];
  /** Name of the role, with its path: the same as in `PlatformPrincipals`. @default 'break-glass' */
  readonly roleName?: string;
  /** Minutes after which the second factor must be given again, 5 to 60. @default 15 */
  readonly mfaMinutes?: number;
  /** Why the second factor is not asked for: its proof does not come with roles that a session became, such as those of Identity Center. @default - it is */
  readonly withoutMfa?: string;
}

/** Properties of the role for emergencies in one account. */
export interface BreakGlassRoleProps extends BreakGlassOptions {}

const NAME = /^([A-Za-z0-9_+=,.@-]+\/)*[A-Za-z0-9_+=,.@-]{1,64}$/;

/** One user or role; a pattern, an account or everybody is none. */
const PRINCIPAL = /^arn:[a-z-]+:iam::\d{12}:(user|role)\/[A-Za-z0-9_+=,.@/-]+$/;

const METADATA_KEY = 'landing-zone:break-glass';

/**
 * The role for emergencies in an account: it administers, no guardrail binds it (`PlatformPrincipals`), and named people become it with a second factor, for an hour. `zone.addBreakGlass()` gives it to
 * every account; without it, what guardrails exempt does not exist.
 *
 * Who can create or change it is exempt too, so `LZ.IAM.2` lets only the platform do so. Its use is to be told at once, and tried twice a year.
 *
 * @example
 * new BreakGlassRole(stack, 'BreakGlass', { trustedPrincipalArns: ['arn:aws:iam::111122223333:user/emergency-1', 'arn:aws:iam::111122223333:user/emergency-2'] });
 */
export class BreakGlassRole extends Construct {
  /** ARN of the role. */
  public readonly roleArn: string;

  public constructor(scope: Construct, id: string, props: BreakGlassRoleProps) {
    super(scope, id);
    const { trustedPrincipalArns, roleName = 'break-glass', mfaMinutes = 15, withoutMfa } = props;
    this.check(props, roleName, mfaMinutes);
    const path = roleName.split('/');
    const role = new CfnRole(this, 'Resource', {
      roleName: path[path.length - 1],
      path: path.length > 1 ? `/${path.slice(0, -1).join('/')}/` : '/',
      description: 'Emergencies only: no guardrail binds it, and its use is told',
      maxSessionDuration: 3600,
      managedPolicyArns: [`arn:${Stack.of(this).partition}:iam::aws:policy/AdministratorAccess`],
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{
          Sid: 'Emergency',
          Effect: 'Allow',
          Principal: { AWS: [...new Set(trustedPrincipalArns)].sort() },
          Action: 'sts:AssumeRole',
          ...(withoutMfa === undefined ? { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, NumericLessThan: { 'aws:MultiFactorAuthAge': String(mfaMinutes * 60) } } } : {}),
        }],
      },
    });
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    if (withoutMfa !== undefined) role.addMetadata(METADATA_KEY, { withoutMfa });
    Validations.of(role).acknowledge({ id: 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AdministratorAccess]', reason: 'Nobody knows before what an emergency asks for.' });
    this.roleArn = role.attrArn;
  }

  private check({ trustedPrincipalArns, withoutMfa }: BreakGlassOptions, roleName: string, mfaMinutes: number): void {
    const problems = [
      ...(trustedPrincipalArns.length === 0 ? ['trustedPrincipalArns is empty: nobody could become it'] : []),
      ...trustedPrincipalArns.filter((arn) => !PRINCIPAL.test(arn)).map((arn) => `"${arn}" is no user or role, like arn:aws:iam::111122223333:user/emergency-1; accounts and patterns would let more people in`),
      ...(NAME.test(roleName) ? [] : [`roleName is "${roleName}": a name with a path or without is expected, like emergency/break-glass`]),
      ...(Number.isInteger(mfaMinutes) && mfaMinutes >= 5 && mfaMinutes <= 60 ? [] : [`mfaMinutes is ${mfaMinutes}: 5 to 60 is expected`]),
      ...(withoutMfa?.trim() === '' ? ['withoutMfa asks for the reason'] : []),
    ];
    if (problems.length > 0) throw new InputError(`BreakGlassRole ${this.node.path}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}
