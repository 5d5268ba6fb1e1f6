import { createHash } from 'crypto';
import { Aspects, CfnOutput, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Organization } from './organization';
import { InputError } from '../model/input-error';

/** Accounts that we put into a stack; CloudFormation's limit is 500 resources (read 2026-11-22), the rest is headroom. */
const POLICY_LANES = 4;
const MAX_ACCOUNTS = 400;

/** Outputs a stack can have (CloudFormation quotas, read 2026-11-22). */
const MAX_OUTPUTS = 200;

/**
 * Where accounts and policies live: in the organization's stack, or spread over further stacks by a hash of their key.
 *
 * The stack of an account depends on nothing but its key and the number of stacks, so adding an account moves none.
 * Values between the stacks travel by `Fn::GetStackOutput`, which, unlike an export, never blocks a change of the producer.
 */
export class AccountStacks {
  private readonly home: Stack;
  private readonly spread = new Map<string, Stack>();
  private readonly lastPolicy = new Map<string, CfnResource>();
  private readonly lastAccount = new Map<Stack, CfnResource>();
  private readonly accountCount = new Map<Stack, number>();
  private readonly outputs = new Map<Stack, Map<string, CfnOutput>>();
  private readonly read = new Map<string, string>();

  public constructor(private readonly organization: Organization, private readonly count: number | undefined) {
    if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= 128)) {
      throw new InputError(`accountStacks is ${count}: expected a whole number from 1 to 128`);
    }
    this.home = Stack.of(organization);
    Aspects.of(this.home).add({ visit: (node) => { if (node === this.home) this.chain(); } });
  }

  /** The scope of an account, in the stack that its key says. */
  public accountScope(key: string): Construct {
    return this.scope('Accounts', key);
  }

  /** The scope of a policy; its targets may be in several stacks, so where accounts are spread, policies are too, after them. */
  public policyScope(key: string): Construct {
    return this.scope('Policies', key);
  }

  /** The scope of what needs ids of accounts and of the organization at once. */
  public delegationScope(): Construct {
    return this.count === undefined ? this.organization : this.stack('Delegations', 0);
  }

  /** Id of a unit, the root or an account, for use in the stack of `user`. */
  public idIn(user: Construct, resource: CfnResource | undefined, path: string, id: string): string {
    const stack = Stack.of(user);
    const producer = resource ? Stack.of(resource) : this.home;
    if (producer === stack || (!resource && !this.organization._isManaged)) return id;
    const key = `${producer.stackName}/${path}`;
    const known = this.read.get(key);
    if (known !== undefined) return known;
    const reference = Fn.getStackOutput(producer.stackName, this.output(producer, path, id).logicalId);
    this.read.set(key, reference);
    return reference;
  }

  /** AWS wants accounts created one after the other (CloudFormation's page of AWS::Organizations::Account, read 2026-11-22). */
  public sequence(resource: CfnResource): void {
    const stack = Stack.of(resource);
    const last = this.lastAccount.get(stack);
    if (last) resource.addResourceDependency(last);
    this.lastAccount.set(stack, resource);
    const count = (this.accountCount.get(stack) ?? 0) + 1;
    this.accountCount.set(stack, count);
    if (count > MAX_ACCOUNTS) throw new InputError(this.tooMany(stack));
  }

  /**
   * Some twenty policies created at once fail with "already exists" (aws-cloudformation/cloudformation-coverage-roadmap #2245, read 2026-11-22): a stack creates
   * them in a few lanes, one after the other. The lane follows from the key, so one policy more moves none to another lane.
   */
  public sequencePolicy(key: string, policy: CfnResource): void {
    const lane = `${Stack.of(policy).node.path} ${createHash('sha256').update(key).digest()[0]! % POLICY_LANES}`;
    const last = this.lastPolicy.get(lane);
    if (last) policy.addResourceDependency(last);
    this.lastPolicy.set(lane, policy);
  }

  private tooMany(stack: Stack): string {
    const accounts = this.organization.accounts.length + 1;
    const enough = 2 ** Math.ceil(Math.log2(accounts / (MAX_ACCOUNTS * 0.6)));
    const fix = this.count === undefined
      ? `Set accountStacks to ${enough} in the organization (in organization.yaml or in code): accounts are then spread by key, and adding one moves none.`
      : `accountStacks is ${this.count}, and ${accounts} accounts or more need ${enough}. Another number moves accounts between stacks: read docs/organization.md first.`;
    return `Stack ${stack.stackName} would hold more than ${MAX_ACCOUNTS} accounts; a stack holds 500 resources. ${fix}`;
  }

  private scope(kind: 'Accounts' | 'Policies', key: string): Construct {
    const parent = this.count === undefined ? this.organization : this.stack(kind, bucketOf(key, this.count));
    return (parent.node.tryFindChild(kind) as Construct | undefined) ?? new Construct(parent, kind);
  }

  private stack(kind: 'Accounts' | 'Policies' | 'Delegations', bucket: number): Stack {
    const id = `${kind}${bucket}`;
    const known = this.spread.get(id);
    if (known) return known;
    const stack = new Stack(this.home.node.scope!, `${this.home.node.id}-${id}`, {
      env: { account: this.home.account, region: this.home.region },
      stackName: `${this.home.stackName}-${id}`,
      description: `${kind} of the organization, share ${bucket + 1} of ${this.count}`,
      terminationProtection: this.home.terminationProtection,
    });
    this.spread.set(id, stack);
    return stack;
  }

  /**
   * Stacks of accounts follow one another in order of number; all other stacks follow the last of them. Done when all are known and without an edge too many: CDK looks for cycles along every path there is,
   * and the paths among 32 stacks that each depend on all before them are more than it could walk in a day.
   */
  private chain(): void {
    const numberOf = (id: string) => Number(id.slice('Accounts'.length));
    const ofAccounts = [...this.spread].filter(([id]) => id.startsWith('Accounts')).sort(([one], [other]) => numberOf(one) - numberOf(other)).map(([, stack]) => stack);
    const last = ofAccounts.reduce((before, stack) => {
      stack.addStackDependency(before);
      return stack;
    }, this.home);
    for (const stack of this.spread.values()) if (!ofAccounts.includes(stack)) stack.addStackDependency(last);
  }

  private output(producer: Stack, path: string, id: string): CfnOutput {
    const outputs = this.outputs.get(producer) ?? new Map<string, CfnOutput>();
    this.outputs.set(producer, outputs);
    let output = outputs.get(path);
    if (!output) {
      if (outputs.size >= MAX_OUTPUTS) {
        throw new InputError(`Stack ${producer.stackName} would need more than ${MAX_OUTPUTS} outputs: too many units hold accounts, or too many accounts have policies of their own. `
          + 'Attach policies to units, and gather accounts in fewer units.');
      }
      const scope = (producer.node.tryFindChild('Ids') as Construct | undefined) ?? new Construct(producer, 'Ids');
      output = new CfnOutput(scope, path.replace(/\//g, '.'), { value: id, description: `Id of ${path}` });
      outputs.set(path, output);
    }
    return output;
  }
}

/** Where a key falls among so many buckets: even, and the same forever. */
export function bucketOf(key: string, count: number): number {
  return createHash('sha256').update(key).digest().readUInt32BE(0) % count;
}
