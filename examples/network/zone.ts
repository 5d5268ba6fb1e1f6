import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { AddressBook, AddressPlan, FlowLogs, Inspection, LandingZone, LockFile, OrganizationFile, SiteToSiteVpn, SpokeSize } from '../../src';

/** Production, development and shared services in two Regions; everything between them, and to the internet, passes a firewall; a data centre is connected. */
export function networkZone(app: App, lockFile?: LockFile): LandingZone {
  const zone = new LandingZone(app, 'Acme', { organization: OrganizationFile.load(join(__dirname, 'organization.yaml')), ...(lockFile ? { lockFile } : {}) });

  const addressPlan = AddressPlan.of('10.0.0.0/8', {
    regions: { 'eu-west-1': 0, 'us-east-1': 1 },
    segments: { prod: 0, dev: 1, shared: 2 },
    onPremises: [{ cidr: '192.168.0.0/16', purpose: 'data centre Dublin' }],
    book: AddressBook.load(join(__dirname, 'addresses.yaml')),
  });
  const flowLogs = FlowLogs.toBucket('arn:aws:s3:::acme-flow-logs');
  const inspection = Inspection.networkFirewall({ allowedDomains: ['.amazonaws.com', '.github.com', '.npmjs.org'] });

  const ireland = zone.addNetworkHub('Hub', { addressPlan, flowLogs, inspection, networkAccessScopes: true });
  const virginia = zone.addNetworkHub('Hub', { addressPlan, flowLogs, inspection, networkAccessScopes: true, region: 'us-east-1', zones: 2 });

  const [prod, dev, shared] = ['prod', 'dev', 'shared'].map((name) => ireland.segment(name));
  prod!.allowTo(shared!).allowTo(ireland.onPremises!);
  dev!.allowTo(shared!);

  // The only data centre is near Ireland: Virginia reaches it by the peering of the hubs.
  new SiteToSiteVpn(Stack.of(ireland), 'Dublin', { hub: ireland, deviceIp: '203.0.113.10', bgpAsn: 65_010 });

  zone.network.addSpoke('payments-prod', { segment: prod!, size: SpokeSize.LARGE });
  zone.network.addSpoke('web-prod', { segment: prod!, zones: 2 });
  zone.network.addSpoke('payments-dev', { segment: dev!, zones: 2 });
  zone.network.addSpoke('shared-services', { segment: shared! });
  zone.network.addSpoke('payments-prod', { segment: virginia.segment('prod'), key: 'payments-prod-virginia', zones: 2 });
  return zone;
}
