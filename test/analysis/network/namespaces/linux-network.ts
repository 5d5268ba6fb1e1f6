import { ChildProcessWithoutNullStreams, spawn, spawnSync } from 'child_process';
import { NetworkTopology, Vpc } from '../../../../src/analysis/network/topology';

/** A host in a subnet: where packets start and arrive. */
export interface Host {
  readonly vpc: string;
  readonly subnet: string;
  readonly address: string;
}

/** Waits for answers, in milliseconds: all of it stays on one machine. */
const PATIENCE = 250;

/** In a host's namespace: answers every packet, and asks whom it is told to; a line of JSON for each question. */
const HOST = `
const socket = require('dgram').createSocket('udp4');
let heard = new Set();
socket.on('message', (data, from) => {
  if (data.toString() === 'ask') socket.send('answer', from.port, from.address, () => {});
  else heard.add(from.address);
});
socket.on('error', () => {});
socket.bind(4000, process.argv[1], () => process.stdout.write('ready\\n'));
require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  heard = new Set();
  for (const address of JSON.parse(line)) socket.send('ask', 4000, address, () => {});
  setTimeout(() => process.stdout.write(JSON.stringify([...heard]) + '\\n'), ${PATIENCE});
}).on('close', () => process.exit(0));
`;

/** Why no namespaces can be made here; undefined where they can. */
export function obstacle(): string | undefined {
  const name = `lz-try-${process.pid}`;
  const made = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
  if (made.error) return 'the command ip is not there';
  if (made.status !== 0) return `ip netns add: ${made.stderr.trim()}`;
  const linked = spawnSync('ip', ['-n', name, 'link', 'add', 'name', 'lza', 'type', 'veth', 'peer', 'name', 'lzb'], { encoding: 'utf8' });
  spawnSync('ip', ['netns', 'del', name]);
  return linked.status === 0 ? undefined : `ip link add: ${linked.stderr.trim()}`;
}

let made = 0;

/**
 * Real routers of the Linux kernel, wired as a topology says: a namespace for each VPC, gateway and host; a routing table for each route table, chosen by the interface that packets
 * come in by. Carries VPCs with route tables, gateways with tables, associations, propagations, static routes and black holes, their peerings, and VPC peerings; nothing else.
 */
export class LinuxNetwork {
  public readonly hosts: readonly Host[];
  private readonly namespaces: string[] = [];
  private readonly commands = new Map<string, string[]>();
  private readonly tables = new Map<string, number>();
  private readonly processes = new Map<string, ChildProcessWithoutNullStreams>();
  private readonly prefix = `lz${process.pid}-${made++}-`;
  private links = 0;

  public constructor(private readonly topology: NetworkTopology) {
    this.hosts = topology.vpcs.flatMap(({ id, subnets }) => subnets.filter(({ name }) => name.includes('/n'))
      .map((subnet) => ({ vpc: id, subnet: subnet.id, address: subnet.ranges[0]!.replace(/\d+\/\d+$/, '5') })));
  }

  /** Makes it. Call `remove` whatever happens. */
  public async make(): Promise<void> {
    for (const { id } of [...this.topology.vpcs, ...this.topology.gateways]) this.addNamespace(id);
    for (const vpc of this.topology.vpcs) this.wireHosts(vpc);
    this.wireAttachments();
    this.wirePeerings();
    for (const [id, commands] of this.commands) this.run(id, commands);
    await Promise.all(this.hosts.map((host) => this.start(host)));
  }

  /** Pairs of hosts of which the first got an answer from the second: `10.1.0.5 10.2.0.5`. */
  public async answered(): Promise<Set<string>> {
    const all = await Promise.all(this.hosts.map(async (host) => {
      const others = this.hosts.filter(({ vpc }) => vpc !== host.vpc).map(({ address }) => address);
      const heard = JSON.parse(await this.ask(host.address, JSON.stringify(others))) as string[];
      return heard.map((address) => `${host.address} ${address}`);
    }));
    return new Set(all.flat());
  }

  public remove(): void {
    for (const running of this.processes.values()) running.kill('SIGKILL');
    for (const name of this.namespaces) spawnSync('ip', ['netns', 'del', name]);
  }

  private wireHosts(vpc: Vpc): void {
    for (const host of this.hosts.filter((one) => one.vpc === vpc.id)) {
      const own = this.addNamespace(host.subnet);
      const { here, there, hereAddress } = this.link(vpc.id, host.subnet);
      own.push(`addr add ${host.address}/32 dev ${there}`, `route add default via ${hereAddress} dev ${there} onlink src ${host.address}`);
      const subnet = vpc.subnets.find(({ id }) => id === host.subnet)!;
      this.chooseTable(vpc.id, here, subnet.routeTable);
      for (const table of [...vpc.routeTables.map(({ id }) => id), `${vpc.id} local`]) this.addRoute(vpc.id, table, `${subnet.ranges[0]} via ${host.address} dev ${here} onlink`);
    }
    // Addresses of the VPC that nobody has.
    for (const table of [...vpc.routeTables.map(({ id }) => id), `${vpc.id} local`]) this.addRoute(vpc.id, table, vpc.ranges[0]!, 'unreachable');
  }

  private wireAttachments(): void {
    const at = new Map<string, { readonly gateway: string; readonly via: string }>();
    for (const { id, gateway, link, table } of this.topology.attachments) {
      if (link.kind === 'peering' && at.has(id)) continue;
      const peer = link.kind === 'peering' ? this.topology.attachments.find((one) => one.id === link.peer)! : undefined;
      const other = link.kind === 'vpc' ? link.vpc : peer!.gateway;
      const { here, there, hereAddress, thereAddress } = this.link(gateway, other);
      at.set(id, { gateway, via: `via ${thereAddress} dev ${here} onlink` });
      this.chooseTable(gateway, here, table);
      if (link.kind === 'vpc') {
        const vpc = this.topology.vpcs.find((one) => one.id === link.vpc)!;
        this.chooseTable(vpc.id, there, vpc.subnets.find((one) => one.id === link.subnets[0])!.routeTable);
        for (const { id: own, routes } of vpc.routeTables) {
          for (const { destinations, target } of routes) if (target.kind === 'transit-gateway' && target.gateway === gateway) this.addRoute(vpc.id, own, `${destinations[0]} via ${hereAddress} dev ${there} onlink`);
        }
      } else {
        at.set(peer!.id, { gateway: other, via: `via ${hereAddress} dev ${there} onlink` });
        this.chooseTable(other, there, peer!.table);
      }
    }
    for (const { id: gateway, tables } of this.topology.gateways) {
      for (const { id, routes, propagations } of tables) {
        for (const { destination, attachment } of routes) {
          if (attachment === undefined) this.addRoute(gateway, id, destination, 'blackhole');
          else this.addRoute(gateway, id, `${destination} ${at.get(attachment)!.via}`);
        }
        for (const attachment of propagations) {
          const { link } = this.topology.attachments.find((one) => one.id === attachment)!;
          const [range] = link.kind === 'vpc' ? this.topology.vpcs.find((one) => one.id === link.vpc)!.ranges : [];
          // A static route wins over one that is learnt.
          if (range !== undefined && !routes.some(({ destination }) => destination === range)) this.addRoute(gateway, id, `${range} ${at.get(attachment)!.via}`);
        }
      }
    }
  }

  private wirePeerings(): void {
    for (const { id, vpcs: [one, other] } of this.topology.peerings) {
      const { here, there, hereAddress, thereAddress } = this.link(one, other);
      for (const [own, device, via] of [[one, here, thereAddress], [other, there, hereAddress]] as const) {
        this.chooseTable(own, device, `${own} local`);
        for (const { id: table, routes } of this.topology.vpcs.find((vpc) => vpc.id === own)!.routeTables) {
          for (const { destinations, target } of routes) if (target.kind === 'peering' && target.peering === id) this.addRoute(own, table, `${destinations[0]} via ${via} dev ${device} onlink`);
        }
      }
    }
  }

  /** A cable between two namespaces; both ends have addresses that no topology uses. */
  private link(one: string, other: string): { readonly here: string; readonly there: string; readonly hereAddress: string; readonly thereAddress: string } {
    const number = this.links++;
    const [here, there] = [`h${number}`, `t${number}`];
    const address = (last: number) => `169.254.${Math.floor(number / 60)}.${(number % 60) * 4 + last}`;
    this.shell(['ip', '-n', this.nameOf(one), 'link', 'add', 'name', here, 'type', 'veth', 'peer', 'name', there, 'netns', this.nameOf(other)]);
    for (const [place, device, own] of [[one, here, address(1)], [other, there, address(2)]] as const) this.commands.get(place)!.push(`addr add ${own}/30 dev ${device}`, `link set ${device} up`);
    return { here, there, hereAddress: address(1), thereAddress: address(2) };
  }

  private chooseTable(place: string, device: string, table: string | undefined): void {
    this.commands.get(place)!.push(table === undefined ? `rule add pref 100 iif ${device} unreachable` : `rule add pref 100 iif ${device} lookup ${this.tableOf(place, table)}`);
    // What the table does not have, no other table has.
    this.commands.get(place)!.push(`rule add pref 200 iif ${device} unreachable`);
  }

  private addRoute(place: string, table: string, route: string, kind = ''): void {
    this.commands.get(place)!.push(`route add ${kind} ${route} table ${this.tableOf(place, table)}`);
  }

  private tableOf(place: string, table: string): number {
    const key = `${place} ${table}`;
    if (!this.tables.has(key)) this.tables.set(key, 1_000 + this.tables.size);
    return this.tables.get(key)!;
  }

  private addNamespace(id: string): string[] {
    const name = this.nameOf(id);
    this.shell(['ip', 'netns', 'add', name]);
    this.namespaces.push(name);
    this.shell(['ip', 'netns', 'exec', name, 'sh', '-c', 'cd /proc/sys/net/ipv4; echo 1 > ip_forward; for one in all default; do echo 0 > conf/$one/rp_filter; echo 0 > conf/$one/send_redirects; echo 0 > conf/$one/accept_redirects; done']);
    const commands = ['link set lo up'];
    this.commands.set(id, commands);
    return commands;
  }

  private nameOf(id: string): string {
    return this.prefix + id.replace(/[^a-z0-9]/g, '_');
  }

  private run(id: string, commands: readonly string[]): void {
    // Routes go in after the devices that they name are up.
    const rank = (command: string) => ['link', 'addr', 'rule', 'route'].indexOf(command.split(' ')[0]!);
    const sorted = [...commands].map((command, at) => ({ command, at })).sort((a, b) => rank(a.command) - rank(b.command) || a.at - b.at).map(({ command }) => command);
    this.shell(['ip', '-n', this.nameOf(id), '-batch', '-'], sorted.join('\n'));
  }

  private shell([command, ...args]: readonly string[], input?: string): void {
    const { status, stderr } = spawnSync(command!, args, { encoding: 'utf8', ...(input !== undefined && { input }) });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}\n${input ?? ''}`);
  }

  private async start({ subnet, address }: Host): Promise<void> {
    const running = spawn('ip', ['netns', 'exec', this.nameOf(subnet), process.execPath, '-e', HOST, address]);
    this.processes.set(address, running);
    await lineOf(running);
  }

  private async ask(address: string, question: string): Promise<string> {
    const running = this.processes.get(address)!;
    const answer = lineOf(running);
    running.stdin.write(`${question}\n`);
    return answer;
  }
}

function lineOf(running: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve, reject) => {
    running.once('exit', (code) => reject(new Error(`a host stopped with exit code ${code}: ${String(running.stderr.read() ?? '')}`)));
    running.stdout.once('data', (data: Buffer) => {
      running.removeAllListeners('exit');
      resolve(data.toString().trim());
    });
  });
}
