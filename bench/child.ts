// One measurement in a process of its own: prints CPU seconds of composing and synthesizing (imports excluded) and the peak of memory.
import { synthesizeCostedAccounts } from './costed-accounts';
import { synthesizeFloor } from './floor';
import { synthesizeNetworkFloor } from './network-floor';
import { synthesizeNetwork } from './network-zone';
import { synthesizeProduct } from './product';
import { synthesizeAccounts } from './tagged-accounts';
import { synthesizeZone } from './zone';

const [kind, first, second, outdir] = process.argv.slice(2) as [string, string, string, string];

const before = process.cpuUsage();
switch (kind) {
  case 'zone': synthesizeZone(Number(first), outdir); break;
  case 'baselined-zone': synthesizeZone(Number(first), outdir, true); break;
  case 'network': synthesizeNetwork(Number(first), outdir); break;
  case 'accounts': synthesizeAccounts(Number(first), { isTagged: false, isChecked: false }, outdir); break;
  case 'tagged-accounts': synthesizeAccounts(Number(first), { isTagged: true, isChecked: false }, outdir); break;
  case 'checked-accounts': synthesizeAccounts(Number(first), { isTagged: true, isChecked: true }, outdir); break;
  case 'costed-floor': synthesizeCostedAccounts(Number(first), { isChecked: false, isEstimated: false }, outdir); break;
  case 'costed-estimated': synthesizeCostedAccounts(Number(first), { isChecked: false, isEstimated: true }, outdir); break;
  case 'costed-checked': synthesizeCostedAccounts(Number(first), { isChecked: true, isEstimated: false }, outdir); break;
  case 'costed-both': synthesizeCostedAccounts(Number(first), { isChecked: true, isEstimated: true }, outdir); break;
  case 'product': synthesizeProduct(Number(first), { isPaved: false, isAsked: false }, outdir); break;
  case 'paved-product': synthesizeProduct(Number(first), { isPaved: true, isAsked: false }, outdir); break;
  case 'asked-product': synthesizeProduct(Number(first), { isPaved: true, isAsked: true }, outdir); break;
  case 'network-floor': synthesizeNetworkFloor(Number(first), outdir); break;
  default: synthesizeFloor(Number(first), Number(second), outdir);
}
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ cpuSeconds: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
