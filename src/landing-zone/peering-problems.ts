import { Stack } from 'aws-cdk-lib';
import { Guardrails } from './guardrails';
import { ZoneNetwork } from './zone-network';
import { ACCEPTING_ROLE_PATH } from '../network/settings/accepting-role';
import { Organization } from '../organization/organization';

const REQUEST = { action: 'ec2:AcceptTransitGatewayPeeringAttachment', principal: `role/${ACCEPTING_ROLE_PATH}any` };

/** Controls that would let the deployment of a peering fail: a function accepts it, whose role they deny that. */
export function peeringProblems(network: ZoneNetwork, organization: Organization, guardrails: Guardrails): string[] {
  const accounts = new Set(network.hubs.filter((hub) => hub._peerings.peers.length > 0).map((hub) => Stack.of(hub).account));
  return organization.accounts.filter(({ accountId }) => accounts.has(accountId)).flatMap((account) => guardrails.deniers(account, REQUEST).map((denier) => (
    `Hubs of account ${account.key} are peered, and ${denier} denies ${REQUEST.action} to the role that accepts peerings. `
    + 'Exempt it, with platformPrincipals: PlatformPrincipals.standard({ acceptsPeerings: true }), or keep the control away from that account.'
  )));
}
