import { execFileSync } from 'child_process';
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Price } from '../src/analysis/cost/price-table';

/** Where the Pricing API has an item: the service, and how its usage type ends after the Region's prefix. */
const WHERE: { readonly [item: string]: { readonly service: string; readonly usage: RegExp } } = {
  'nat-gateway': { service: 'AmazonEC2', usage: /^([A-Z0-9]+-)?NatGateway-Hours$/ },
  'regional-nat-gateway-zone': { service: 'AmazonEC2', usage: /^([A-Z0-9]+-)?RegionalNatGateway-Hours$/ },
  'interface-endpoint-zone': { service: 'AmazonVPC', usage: /^([A-Z0-9]+-)?VpcEndpoint-Hours$/ },
  'transit-gateway-attachment': { service: 'AmazonVPC', usage: /^([A-Z0-9]+-)?TransitGateway-Hours$/ },
  'vpn-connection': { service: 'AmazonVPC', usage: /^([A-Z0-9]+-)?VPN-Usage-Hours:ipsec\.1$/ },
  'public-ipv4-address': { service: 'AmazonVPC', usage: /^([A-Z0-9]+-)?PublicIPv4:InUseAddress$/ },
  'network-firewall-endpoint': { service: 'AWSNetworkFirewall', usage: /^([A-Z0-9]+-)?Endpoint-Hour$/ },
  'application-load-balancer': { service: 'AWSELB', usage: /^([A-Z0-9]+-)?LoadBalancerUsage$/ },
  'resolver-endpoint-interface': { service: 'AmazonRoute53', usage: /^([A-Z0-9]+-)?ResolverNetworkInterface$/ },
  'fargate-vcpu': { service: 'AmazonECS', usage: /^([A-Z0-9]+-)?Fargate-vCPU-Hours:perCPU$/ },
  'fargate-gb': { service: 'AmazonECS', usage: /^([A-Z0-9]+-)?Fargate-GB-Hours$/ },
  'fargate-arm-vcpu': { service: 'AmazonECS', usage: /^([A-Z0-9]+-)?Fargate-ARM-vCPU-Hours:perCPU$/ },
  'fargate-arm-gb': { service: 'AmazonECS', usage: /^([A-Z0-9]+-)?Fargate-ARM-GB-Hours$/ },
  'kinesis-on-demand-stream': { service: 'AmazonKinesis', usage: /^([A-Z0-9]+-)?OnDemand-StreamHour$/ },
  'kms-key': { service: 'awskms', usage: /^([A-Za-z0-9-]+-)?KMS-Keys$/ },
};

const FILE = join(__dirname, '..', 'assets', 'prices', 'prices.json');

/** The one price by the hour or month among products of the Pricing API whose usage type is the item's; undefined where there is none, or are two. */
export function priceAmong(products: readonly any[], item: string, region: string): Omit<Price, 'source'> | undefined {
  const own = products.filter(({ product: { attributes } }) => WHERE[item]!.usage.test(attributes.usagetype) && (attributes.regionCode ?? region) === region);
  const found = own.flatMap(({ terms, publicationDate }) => Object.values<any>(terms.OnDemand ?? {})
    .flatMap(({ priceDimensions }) => Object.values<any>(priceDimensions))
    .map(({ unit, pricePerUnit }) => ({ amount: Number(pricePerUnit.USD), unit: String(unit), said: String(publicationDate).slice(0, 10) })))
    .filter(({ amount }) => amount > 0);
  const [first] = found;
  if (!first || found.some(({ amount }) => amount !== first.amount)) return undefined;
  const per = /^(hrs|hours?)$/i.test(first.unit) ? 'hour' : /mo/i.test(first.unit) || /keys/i.test(first.unit) ? 'month' : /^[a-z]*-?(hours?|hrs?)$/i.test(first.unit) ? 'hour' : undefined;
  return per && { item, region, amount: first.amount, per, said: first.said };
}

/** The table with what the API says now; an item that the API does not answer clearly keeps its line. */
export function refreshed(prices: readonly Price[], regions: readonly string[], ask: (service: string, region: string) => readonly any[]): Price[] {
  const known = new Map<string, readonly any[]>();
  const fresh = Object.entries(WHERE).flatMap(([item, { service }]) => regions.flatMap((region): Price[] => {
    const key = `${service} ${region}`;
    known.set(key, known.get(key) ?? ask(service, region));
    const price = priceAmong(known.get(key)!, item, region);
    return price ? [{ item, region, amount: price.amount, per: price.per, source: `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/${service}/current/${region}/index.json`, said: price.said }] : [];
  }));
  const replaced = new Set(fresh.map(({ item, region }) => `${item} ${region}`));
  return [...prices.filter(({ item, region }) => !replaced.has(`${item} ${region}`)), ...fresh]
    .sort((one, other) => (`${one.item} ${one.region}` < `${other.item} ${other.region}` ? -1 : 1));
}

/** Families that hold the items; the whole of EC2 would be gigabytes. */
const FAMILIES: { readonly [service: string]: string } = { AmazonEC2: 'NAT Gateway' };

/** AWS CLI with credentials that may call pricing:GetProducts. */
function askAws(service: string, region: string): readonly any[] {
  const filters = [`Type=TERM_MATCH,Field=regionCode,Value=${region}`, ...(FAMILIES[service] === undefined ? [] : [`Type=TERM_MATCH,Field=productFamily,Value=${FAMILIES[service]}`])];
  const out = execFileSync('aws', ['pricing', 'get-products', '--region', 'us-east-1', '--service-code', service, '--filters', ...filters, '--output', 'json'], { maxBuffer: 268_435_456, encoding: 'utf8' });
  return (JSON.parse(out).PriceList as string[]).map((text) => JSON.parse(text));
}

/** `npx tsx scripts/refresh-prices.ts eu-west-1 us-east-1`: asks the Pricing API and rewrites the table. */
function main(regions: readonly string[]): void {
  if (regions.length === 0) throw new Error('Name Regions: npx tsx scripts/refresh-prices.ts eu-west-1 us-east-1');
  const table = JSON.parse(readFileSync(FILE, 'utf8'));
  const prices = refreshed(table.prices, regions, askAws);
  const { prices: _, ...head } = table;
  const lines = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`).join('');
  writeFileSync(FILE, `{\n${lines}  "prices": [\n${prices.map((price) => `    ${JSON.stringify(price)}`).join(',\n')}\n  ]\n}\n`);
}

if (require.main === module) main(process.argv.slice(2));
