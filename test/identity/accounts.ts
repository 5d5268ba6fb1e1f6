import { AccountPolicies, PolicyStatementJson } from '../../src/analysis/policy-document';

/** A member account with AWS's full access and further service control statements. */
export function memberAccount(statements: readonly PolicyStatementJson[] = []): AccountPolicies {
  const allow: PolicyStatementJson = { Effect: 'Allow', Action: '*', Resource: '*' };
  return {
    account: { id: '111122223333', name: 'payments-prod', isManagement: false },
    organizationId: 'o-example123',
    organizationPath: 'o-example123/r-ab12/',
    serviceControl: [{
      level: 'Root',
      policies: [
        { name: 'full access', document: { Version: '2012-10-17', Statement: [allow] } },
        ...(statements.length > 0 ? [{ name: 'guardrails', document: { Version: '2012-10-17', Statement: statements } }] : []),
      ],
    }],
    resourceControl: [{ level: 'Root', policies: [{ name: 'full access', document: { Version: '2012-10-17', Statement: [{ ...allow, Principal: '*' }] } }] }],
    unknown: [],
  };
}
