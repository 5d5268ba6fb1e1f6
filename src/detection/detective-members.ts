import { Token } from 'aws-cdk-lib';
import { CfnMemberInvitation } from 'aws-cdk-lib/aws-detective';
import { Construct } from 'constructs';
import { InputError } from '../model/input-error';

/** Accounts of one behavior graph: https://docs.aws.amazon.com/detective/latest/userguide/accounts-orgs-members.html (read 2026-11-23). */
export const MOST_DETECTIVE_MEMBERS = 1_200;

/** Members that we put into a stack; a stack holds 500 resources (CloudFormation quotas, read 2026-11-23). */
const MOST_IN_STACK = 400;

/** An account whose activity Detective looks at. */
export interface DetectiveMember {
  /** Stable key: its resource is named by it. */
  readonly key: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** E-mail of its root user. */
  readonly email: string;
}

/** Properties of members of Detective. */
export interface DetectiveMembersProps {
  /** ARN of the behavior graph, of the account and Region of the stack. */
  readonly graphArn: string;
  /** Accounts, 400 at the most. */
  readonly members: DetectiveMember[];
}

/**
 * Accounts whose activity is in a behavior graph of Detective. In the graph of an organization, its accounts are members without being asked, and nobody gets a mail; other accounts have to accept. An account that
 * leaves the list is a member no longer. One that is a member already, made by hand, has to be imported by `cdk import`, or disassociated before.
 * https://docs.aws.amazon.com/detective/latest/userguide/accounts-orgs-members-enable.html (read 2026-11-23)
 *
 * @example
 * new DetectiveMembers(stack, 'Members', {
 *   graphArn: 'arn:aws:detective:eu-west-1:333344445555:graph:0123456789abcdef0123456789abcdef',
 *   members: [{ key: 'payments', accountId: '444455556666', email: 'aws+payments@acme.example' }],
 * });
 */
export class DetectiveMembers extends Construct {
  /** Keys of the accounts, in order. */
  public readonly memberKeys: string[];

  public constructor(scope: Construct, id: string, { graphArn, members }: DetectiveMembersProps) {
    super(scope, id);
    this.memberKeys = members.map(({ key }) => key);
    const twice = (values: string[]) => [...new Set(values.filter((one, at) => values.indexOf(one) !== at))];
    const problems = [
      ...(members.length === 0 ? ['there is no member'] : []),
      ...(members.length > MOST_IN_STACK ? [`there are ${members.length} members, and a stack holds ${MOST_IN_STACK}: spread them over several`] : []),
      ...twice(this.memberKeys).map((key) => `member ${key} is there twice`),
      ...twice(members.map(({ accountId }) => accountId)).map((accountId) => `account ${accountId} is there twice`),
      ...members.filter(({ accountId }) => !Token.isUnresolved(accountId) && !/^\d{12}$/.test(accountId)).map(({ key, accountId }) => `the id of ${key} is "${accountId}": twelve digits are expected`),
      ...members.filter(({ email }) => !/^[^@\s]+@[^@\s]+$/.test(email)).map(({ key, email }) => `the e-mail of ${key} is "${email}"`),
    ];
    if (problems.length > 0) throw new InputError(`DetectiveMembers ${this.node.path}: ${problems.join('; ')}`);
    for (const { key, accountId, email } of members) {
      new CfnMemberInvitation(this, key, { graphArn, memberId: accountId, memberEmailAddress: email, disableEmailNotification: true });
    }
  }
}
