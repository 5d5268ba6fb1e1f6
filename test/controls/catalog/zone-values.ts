import { evaluate } from '../../../src/analysis/evaluate';
import { AccountPolicies, PolicyStatementJson } from '../../../src/analysis/policy-document';
import { Explanation } from '../../../src/analysis/request';
import { Control, ControlRequest } from '../../../src/controls/control';
import { PlatformPrincipals } from '../../../src/controls/platform-principals';
import { renderRequest, renderStatements, ZoneValues } from '../../../src/controls/render';

export const VALUES: ZoneValues = {
  organizationId: 'o-example123',
  managementAccountId: '000000000001',
  partition: 'aws',
  homeRegion: 'eu-west-1',
  allowedRegions: ['eu-west-1', 'us-east-1'],
  platformPrincipalArns: PlatformPrincipals.standard().arnPatterns(),
};

/** What a control puts into service control policies, then what it puts into resource control policies; the latter have a Principal. */
export function statementsOf(control: Control, values: ZoneValues = VALUES): PolicyStatementJson[] {
  return ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'].flatMap((type) => renderStatements(control, type, values));
}

export function isResourceControl(statement: PolicyStatementJson): boolean {
  return statement.Principal !== undefined;
}

/** A member account under one root, with AWS's full access and the statements in question. */
function account(statements: readonly PolicyStatementJson[], { partition }: ZoneValues): AccountPolicies {
  const level = (own: readonly PolicyStatementJson[], full: PolicyStatementJson) => ({
    level: 'Root',
    policies: [
      { name: 'full access', document: { Version: '2012-10-17', Statement: [full] } },
      ...(own.length > 0 ? [{ name: 'control', document: { Version: '2012-10-17', Statement: own } }] : []),
    ],
  });
  const full: PolicyStatementJson = { Effect: 'Allow', Action: '*', Resource: '*' };
  return {
    account: { id: '111122223333', name: 'payments-prod', isManagement: false },
    organizationId: VALUES.organizationId,
    organizationPath: 'o-example123/r-ab12/',
    partition,
    serviceControl: [level(statements.filter((statement) => !isResourceControl(statement)), full)],
    resourceControl: [level(statements.filter(isResourceControl), { ...full, Principal: '*' })],
    unknown: [],
  };
}

/** What the statements decide on a request of a proof. */
export function decide(statements: readonly PolicyStatementJson[], request: ControlRequest, values: ZoneValues = VALUES): Explanation {
  return evaluate({ principal: 'role/any', ...renderRequest(request, values) }, account(statements, values));
}
