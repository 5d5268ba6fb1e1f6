import { createHash } from 'crypto';
import { Stack } from 'aws-cdk-lib';
import { CfnTransitGatewayRouteTableAssociation, CfnTransitGatewayRouteTablePropagation } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { propagationsOf } from './hub-routes';
import type { NetworkHub } from './network-hub';
import { AttachedSpoke } from './segment-home';
import { valueFrom } from '../delivery/stack-output';

/** CloudFormation takes 500 resources a stack (CloudFormation quotas, read 2026-11-22). */
const MAX_RESOURCES = 500;

/** The hub's side of the spokes: which table an attachment is associated with, and which tables learn its addresses. In stacks after the spokes' own. */
export class SpokeAttachments {
  private readonly spokes = new Map<string, AttachedSpoke>();
  private readonly stacks = new Map<number, Stack>();
  private readonly resources = new Map<Stack, number>();
  private propagations = 0;

  public constructor(private readonly hub: NetworkHub) {}

  public get count(): number {
    return this.spokes.size;
  }

  public get propagationCount(): number {
    return this.propagations;
  }

  public add(spoke: AttachedSpoke): void {
    this.spokes.set(spoke.key, spoke);
    this.connect(spoke);
  }

  /** After more was allowed: tables learn more. */
  public update(): void {
    for (const spoke of this.spokes.values()) this.connect(spoke);
  }

  public problems(): string[] {
    return [...this.resources].filter(([, count]) => count > MAX_RESOURCES).map(([stack, count]) => {
      const enough = 2 ** Math.ceil(Math.log2((this.spokes.size * 1.3 * count) / (MAX_RESOURCES * this.spokesIn(stack))));
      return `${stack.stackName}: ${count} associations and propagations of spokes, ${MAX_RESOURCES} are possible in a stack. Set spokeStacks of ${this.hub.node.path} to ${enough}: `
        + 'spokes are then spread by key. A number that was deployed with moves associations, which interrupts traffic.';
    });
  }

  private spokesIn(stack: Stack): number {
    return [...this.spokes.keys()].filter((key) => this.stackOf(key) === stack).length;
  }

  private connect({ key, segment, stack: producer, attachmentId }: AttachedSpoke): void {
    const stack = this.stackOf(key);
    const known = stack.node.tryFindChild(key) as Construct | undefined;
    const scope = known ?? new Construct(stack, key);
    const attachment = valueFrom(producer, `Attachment.${key}`, attachmentId, stack, this.hub._props.stackReaderRole);
    if (!known) {
      new CfnTransitGatewayRouteTableAssociation(scope, 'Association', { transitGatewayAttachmentId: attachment, transitGatewayRouteTableId: this.table(segment, stack) });
      this.counted(stack);
    }
    for (const table of propagationsOf(segment, this.hub._facts)) {
      const id = `To.${table}`;
      if (scope.node.tryFindChild(id)) continue;
      new CfnTransitGatewayRouteTablePropagation(scope, id, { transitGatewayAttachmentId: attachment, transitGatewayRouteTableId: this.table(table, stack) });
      this.propagations++;
      this.counted(stack);
    }
  }

  private table(name: string, stack: Stack): string {
    return valueFrom(Stack.of(this.hub), `Table.${name}`, this.hub._tableId(name), stack);
  }

  private counted(stack: Stack): void {
    this.resources.set(stack, (this.resources.get(stack) ?? 0) + 1);
  }

  /** A spoke's stack follows from its key. */
  private stackOf(key: string): Stack {
    const count = this.hub._props.spokeStacks;
    const index = count === undefined ? 0 : createHash('sha256').update(`spoke-stack:${key}`).digest().readUInt32BE(0) % count;
    const known = this.stacks.get(index);
    if (known) return known;
    const home = Stack.of(this.hub);
    const name = `${home.stackName}-Spokes${count === undefined ? '' : `-${index}`}`;
    const stack = new Stack(home.node.scope!, `${home.node.id}.Spokes${count === undefined ? '' : `.${index}`}`, {
      stackName: name, description: 'Spokes of the hub: associations and propagations', env: { account: home.account, region: home.region }, terminationProtection: true,
    });
    stack.addStackDependency(home);
    this.stacks.set(index, stack);
    return stack;
  }
}
