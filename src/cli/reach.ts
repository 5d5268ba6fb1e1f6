import { NetworkSourceOptions, readNetwork } from './network-source';
import { reachJson, reachText } from './reach-views';
import { EXIT, Terminal } from './terminal';
import { Network } from '../analysis/network/network';
import { ReachAnswer, ReachVerdict } from '../analysis/network/question';
import { protocolNumber } from '../analysis/network/traffic';
import { InputError } from '../model/input-error';
import { namedPlaces } from '../model/network/named-place';

/** What `--expect` takes. */
export const EXPECTATIONS = ['reached', 'not-reached'] as const;

/** Options of `landing-zone reach`. */
export interface ReachOptions extends NetworkSourceOptions {
  readonly from: string;
  readonly to: string;
  readonly port?: number;
  readonly protocol?: string;
  /** Answer that anything else than makes the exit code 1. @default - none */
  readonly expect?: string;
  readonly format: string;
}

/** A question and its answer, for any view. */
export interface ReachReport {
  readonly source: string;
  readonly from: string;
  readonly to: string;
  /** `tcp/443`, `any traffic`. */
  readonly traffic: string;
  readonly answer: ReachAnswer;
  /** Names of firewalls by id. */
  readonly firewalls: ReadonlyMap<string, string>;
  /** Whether the answer is the expected one; absent where none is expected. */
  readonly isExpected?: boolean;
}

/** Says who reaches whom, by which path, or what stops them. Exit 1 where the answer is not the expected one. */
export function reach(options: ReachOptions, terminal: Terminal): number {
  const protocol = protocolOf(options);
  const names = readNetwork(options, terminal);
  const [from, to] = namedPlaces([options.from, options.to], names);
  terminal.progress(`Following packets through ${names.topology.vpcs.length} VPCs`);
  const { port } = options;
  const answer = new Network(names.topology).reach({ from: from!, to: to!, ...(protocol !== undefined && { protocol }), ...(port !== undefined && { port }) });
  const isExpected = options.expect === undefined ? undefined : isAsExpected(options.expect, answer.verdict);
  const report: ReachReport = {
    source: names.source,
    from: options.from,
    to: options.to,
    traffic: protocol === undefined ? 'any traffic' : `${options.protocol ?? 'tcp'}${port !== undefined ? `/${port}` : ''}`,
    answer,
    firewalls: new Map(names.topology.firewalls.map(({ id, name }) => [id, name])),
    ...(isExpected !== undefined && { isExpected }),
  };
  terminal.print(options.format === 'json' ? JSON.stringify(reachJson(report), undefined, 2) : reachText(report, terminal));
  return isExpected === false ? EXIT.violations : EXIT.clean;
}

/** Ports are of TCP unless another protocol is named. */
function protocolOf({ protocol, port }: ReachOptions): number | undefined {
  if (protocol === undefined) return port === undefined ? undefined : protocolNumber('tcp');
  const number = protocolNumber(protocol);
  if (number === undefined) throw new InputError(`--protocol ${protocol}: expected tcp, udp, icmp, icmpv6 or a number of 0 to 255`);
  if (port !== undefined && number !== protocolNumber('tcp') && number !== protocolNumber('udp')) throw new InputError(`--port ${port}: only tcp and udp have ports, ${protocol} has none`);
  return number;
}

/** What is not known is neither. */
function isAsExpected(expected: string, verdict: ReachVerdict): boolean {
  return expected === 'reached' ? verdict === 'all' : verdict === 'none';
}
