import { IAspect, Stack, TagManager } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Below every tag that somebody writes: CDK gives properties 50 and `Tags.of` 100. */
const LAST = 10;

/**
 * Tags of every resource below a construct, where nobody says others. Not of CloudFormation's stacks: CloudFormation gives a stack's tags to its resources, and so back to those that a tag was taken from.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html (read 2026-11-23)
 */
export class TagDefaults implements IAspect {
  /** @param valuesOf tags of the resources of a stack */
  public constructor(private readonly valuesOf: (stack: Stack) => { readonly [key: string]: string }) {}

  public visit(node: IConstruct): void {
    const manager = TagManager.of(node);
    if (!manager || Stack.isStack(node)) return;
    for (const [key, value] of Object.entries(this.valuesOf(Stack.of(node)))) manager.setTag(key, value, LAST);
  }
}
