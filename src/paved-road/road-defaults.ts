import { CfnResource, IAspect, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { record, reasonToDoWithout } from './opting-out';
import { Road, RoadDefault } from './road-default';
import { propertiesOf } from '../controls/template-rule';

/**
 * Completes L1 resources, whoever made them, late in the synthesis: what the product's code says is known then, wherever it stands, so it makes no difference whether the paved road was applied before
 * or after.
 *
 * All that is there is completed when the scope itself is visited, because CDK's aspects may not visit what is made beside or above the resource they are at.
 */
export class RoadDefaults implements IAspect {
  private readonly completed = new Set<IConstruct>();
  private readonly byType: ReadonlyMap<string, readonly RoadDefault[]>;

  public constructor(private readonly scope: IConstruct, defaults: readonly RoadDefault[], private readonly road: Road) {
    this.byType = new Map([...new Set(defaults.map(({ type }) => type))].map((type) => [type, defaults.filter((one) => one.type === type)]));
  }

  public visit(node: IConstruct): void {
    if (node !== this.scope) return this.complete(node);
    for (let left = this.inReach(); left.length > 0; left = this.inReach()) {
      for (const one of left) this.complete(one);
    }
  }

  private inReach(): IConstruct[] {
    return this.scope.node.findAll().filter((one) => !this.completed.has(one) && Stage.of(one) === Stage.of(this.scope));
  }

  private complete(node: IConstruct): void {
    if (this.completed.has(node)) return;
    this.completed.add(node);
    if (!CfnResource.isCfnResource(node)) return;
    const defaults = this.byType.get(node.cfnResourceType) ?? [];
    const properties = defaults.length > 0 ? propertiesOf(node) : undefined;
    // Without properties it stays out of its template.
    for (const one of properties === undefined ? [] : defaults) {
      const reason = reasonToDoWithout(node, one);
      if (reason === undefined) Object.assign(node, one.complete(properties, node, this.road));
      else record(node, one, reason);
    }
  }
}
