import { App, Aspects, CfnResource, CfnStackSet, IAspect, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { RegionStandard } from './region-standard';
import { isOptIn } from '../organization/regions/opt-in';

/** Allowed Regions that accounts have to opt in to. */
export function optInRegionsOf({ allowed }: RegionStandard): string[] {
  return allowed.filter(isOptIn);
}

/** What is said where an allowed Region is opt-in, and nobody says who enables it. */
export function unopenedProblems(regions: RegionStandard, isEnabled: boolean): string[] {
  const closed = optInRegionsOf(regions);
  if (isEnabled || closed.length === 0 || regions.openedElsewhere !== undefined) return [];
  return [`Accounts have to opt in to ${closed.join(', ')} before anything is deployed there, and nobody lets them. Call zone.enableOptInRegions(), or say who does: new RegionStandard({ openedElsewhere: 'why' })`];
}

/** Lets all stacks that reach opt-in Regions wait for the stack that opts accounts in, which waits for the organization's stacks. */
export function waitForOptIn(app: App, optIn: Stack, organization: Stack): void {
  Aspects.of(app).add(new AfterOptIn(app, optIn, organization));
}

class AfterOptIn implements IAspect {
  private before: Set<Stack> | undefined;

  public constructor(private readonly app: App, private readonly optIn: Stack, private readonly organization: Stack) {}

  public visit(node: IConstruct): void {
    if (node === this.optIn) this.waitsFor();
    if (Stack.isStack(node) && !Token.isUnresolved(node.region) && isOptIn(node.region)) this.wait(node);
    if (CfnResource.isCfnResource(node) && node.cfnResourceType === CfnStackSet.CFN_RESOURCE_TYPE_NAME && regionsOf(node as CfnStackSet).some(isOptIn)) this.wait(Stack.of(node));
  }

  private wait(stack: Stack): void {
    if (!this.waitsFor().has(stack)) stack.addStackDependency(this.optIn, 'Accounts opt in to the Region first');
  }

  /** What the opt-in waits for, itself and the stacks that accounts are spread over among them. */
  private waitsFor(): Set<Stack> {
    if (this.before) return this.before;
    const home = this.organization.stackName;
    const all = this.app.node.findAll().filter((one): one is Stack => Stack.isStack(one));
    for (const stack of all) if (stack.stackName === home || stack.stackName.startsWith(`${home}-`)) this.optIn.addStackDependency(stack, 'Accounts are there before they opt in');
    this.before = new Set();
    addWithDependencies(this.optIn, this.before);
    return this.before;
  }
}

function regionsOf({ stackInstancesGroup: groups }: CfnStackSet): string[] {
  return Array.isArray(groups) ? groups.flatMap((group) => ('regions' in group ? group.regions : [])) : [];
}

function addWithDependencies(stack: Stack, known: Set<Stack>): void {
  if (known.has(stack)) return;
  known.add(stack);
  for (const one of stack.dependencies) addWithDependencies(one, known);
}
