import { App, Stack } from 'aws-cdk-lib';
import { AddressBook } from '../src/network/address-book';
import { AddressPlan } from '../src/network/address-plan';
import { FlowLogs } from '../src/network/flow-logs';
import { Inspection } from '../src/network/inspection';
import { NetworkHub } from '../src/network/network-hub';
import { Spoke } from '../src/network/spoke';
import { SpokeSize } from '../src/network/spoke-size';

export const REGIONS = ['eu-west-1', 'us-east-1'];
export const SEGMENTS = ['prod', 'dev', 'shared'];

/** Stacks of associations that so many spokes of a Region need. */
export const stacksFor = (spokes: number): number => Math.max(1, 2 ** Math.ceil(Math.log2(spokes / 100)));

/** Two hubs and so many spokes, each in a stack of its own. */
export function synthesizeNetwork(spokes: number, outdir: string): void {
  const app = new App({ outdir });
  const addressPlan = AddressPlan.of('10.0.0.0/8', { regions: { 'eu-west-1': 0, 'us-east-1': 1 }, segments: { prod: 0, dev: 1, shared: 2 }, regionSlots: 2, segmentSlots: 4, book: bookOf(spokes) });
  const flowLogs = FlowLogs.toBucket('arn:aws:s3:::bench-flow-logs');
  const hubs = REGIONS.map((region) => new NetworkHub(new Stack(app, `Hub-${region}`, { env: { account: '111122223333', region } }), 'Hub', {
    addressPlan, flowLogs, shareWith: 'arn:aws:organizations::111122223333:organization/o-abcdefghij', inspection: Inspection.networkFirewall(), spokeStacks: stacksFor(spokes / 2),
  }));
  hubs[0]!.peerWith(hubs[1]!);
  hubs[0]!.segment('prod').allowTo(hubs[0]!.segment('shared'));
  hubs[0]!.segment('dev').allowTo(hubs[0]!.segment('shared'));
  for (let index = 0; index < spokes; index++) {
    const hub = hubs[index % 2]!;
    const stack = new Stack(app, `Spoke-${index}`, { env: { account: accountOf(index), region: hub.region } });
    new Spoke(stack, 'Network', { key: `spoke-${index}`, segment: hub.segment(SEGMENTS[index % 3]!), size: SpokeSize.SMALL });
  }
  app.synth();
}

export const accountOf = (index: number): string => String(200_000_000_000 + index);

/** A segment's slots in order: keys of a thousand spokes would meet. */
function bookOf(spokes: number): AddressBook {
  const entries: { [key: string]: string } = {};
  for (let index = 0; index < spokes; index++) entries[`spoke-${index}`] = `10.${(index % 2) * 128 + (index % 3) * 32 + Math.floor(index / 6 / 256)}.${Math.floor(index / 6) % 256}.0/24`;
  return AddressBook.of(entries);
}
