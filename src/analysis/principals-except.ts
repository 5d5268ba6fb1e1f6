import { AccountPolicies, ConditionJson } from './policy-document';
import { principalArn } from './request-facts';

/** Tests that a principal passes when it is none of those left out, added to other tests. */
export function principalsExcept(except: readonly string[] | undefined, { partition }: AccountPolicies, where?: ConditionJson): ConditionJson | undefined {
  if (!except || except.length === 0) {
    return where;
  }
  // Only principals of the account are asked about, so any account will do.
  const arns = except.map((principal) => principalArn(principal, '*', partition));
  const given = where?.ArnNotLike?.['aws:PrincipalArn'];
  return { ...where, ArnNotLike: { ...where?.ArnNotLike, 'aws:PrincipalArn': [...given === undefined ? [] : [given].flat().map(String), ...arns] } };
}
