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

export function statementsOf(control: Control): PolicyStatementJson[] {
  return renderStatements(control, 'SERVICE_CONTROL_POLICY', VALUES);
}

/** A member account under one root, with FullAWSAccess and the statements in question. */
function account(statements: readonly PolicyStatementJson[]): AccountPolicies {
  const full = { name: 'FullAWSAccess', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow' as const, Action: '*', Resource: '*' }] } };
  const own = { name: 'control', document: { Version: '2012-10-17', Statement: statements } };
  return {
    account: { id: '111122223333', name: 'payments-prod', isManagement: false },
    organizationId: VALUES.organizationId,
    organizationPath: 'o-example123/r-ab12/',
    serviceControl: [{ level: 'Root', policies: statements.length > 0 ? [full, own] : [full] }],
    resourceControl: [],
    unknown: [],
  };
}

/** What the statements decide on a request of a proof. */
export function decide(statements: readonly PolicyStatementJson[], request: ControlRequest, values: ZoneValues = VALUES): Explanation {
  return evaluate({ principal: 'role/any', ...renderRequest(request, values) }, account(statements));
}
