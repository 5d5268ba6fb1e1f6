import { IAspect, Stack, TagManager } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Below every tag that somebody writes: CDK gives properties 50 and `Tags.of` 100. */
const LAST = 10;

/** Tags of everything below a construct, where nobody says others. */
export class TagDefaults implements IAspect {
  /** @param valuesOf tags of the resources of a stack */
  public constructor(private readonly valuesOf: (stack: Stack) => { readonly [key: string]: string }) {}

  public visit(node: IConstruct): void {
    const manager = TagManager.of(node);
    if (!manager) return;
    for (const [key, value] of Object.entries(this.valuesOf(Stack.of(node)))) manager.setTag(key, value, LAST);
  }
}
