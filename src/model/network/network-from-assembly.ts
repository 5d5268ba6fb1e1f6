import { CoreNetworks } from './core-networks';
import { readEndpoints } from './endpoints';
import { readFirewalls } from './firewalls';
import { findGaps } from './gaps';
import { readIntents } from './intents';
import { readInterfaces } from './interfaces';
import { readOutsides } from './outsides';
import { readPublicAccess } from './public-access';
import { Reading } from './reading';
import { readRoutes } from './routes';
import { readAcls, readSecurityGroups } from './security';
import { withStackSets } from './stack-sets';
import { TransitGateways } from './transit-gateways';
import { readVpcGateways } from './vpc-gateways';
import { readVpcs } from './vpcs';
import { NetworkTopology } from '../../analysis/network/topology';
import { Assembly } from '../assembly/read-assembly';
import { Problem } from '../organization-definition';

/**
 * The network as the templates of all accounts and Regions say it.
 *
 * References meet across stacks, Regions and accounts. What cannot be told from the templates is among the topology's `unknowns`, by name, with the VPCs, gateways and tables whose
 * answers it may change; `problems` is what AWS would refuse.
 * Addresses that AWS or a pool will choose: of IPv4 the whole pool; of IPv6 a stand-in of the documentation range 2001:db8::/32, which no rule can name before it is known.
 * Taken for granted: peerings and shared attachments are accepted, and nobody else attaches to the gateways.
 */
export function networkFromAssembly(assembly: Assembly): { readonly topology: NetworkTopology; readonly problems: readonly Problem[] } {
  const reading = new Reading(withStackSets(assembly));
  const gateways = new TransitGateways(reading);
  const coreNetworks = new CoreNetworks(reading);
  readVpcs(reading);
  gateways.readGateways();
  coreNetworks.readGateways();
  readVpcGateways(reading);
  readFirewalls(reading);
  readEndpoints(reading);
  readOutsides(reading);
  readSecurityGroups(reading);
  readInterfaces(reading);
  gateways.readAttachments();
  coreNetworks.readAttachments();
  readRoutes(reading);
  readAcls(reading);
  readPublicAccess(reading);
  const problems = readIntents(reading);
  findGaps(reading);
  return { topology: reading.topology(), problems };
}
