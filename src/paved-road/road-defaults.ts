import { CfnResource, IAspect } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { record, reasonToDoWithout } from './opting-out';
import { Road, RoadDefault } from './road-default';
import { Survey } from './survey';
import { propertiesToAsk } from '../controls/template-properties';

/**
 * Completes L1 resources, whoever made them, late in the synthesis: what the product's code and its aspects say of a resource is known then, wherever it stands, so it makes no difference whether the paved
 * road was applied before or after. CDK comes back for what is made meanwhile.
 */
export class RoadDefaults implements IAspect {
  private readonly byType: ReadonlyMap<string, readonly RoadDefault[]>;

  public constructor(defaults: readonly RoadDefault[], private readonly road: Omit<Road, 'survey'>) {
    this.byType = new Map([...new Set(defaults.map(({ type }) => type))].map((type) => [type, defaults.filter((one) => one.type === type)]));
  }

  public visit(node: IConstruct): void {
    const defaults = CfnResource.isCfnResource(node) ? this.byType.get(node.cfnResourceType) : undefined;
    if (defaults) this.complete(node as CfnResource, defaults);
  }

  private complete(resource: CfnResource, defaults: readonly RoadDefault[]): void {
    const properties = propertiesToAsk(resource);
    // It stays out of its template.
    if (properties === undefined) return;
    const road = { ...this.road, survey: new Survey(resource) };
    for (const one of defaults) {
      const reason = reasonToDoWithout(resource, one);
      if (reason === undefined) {
        Object.assign(resource, one.complete(properties, resource, road));
      } else {
        one.leave?.(resource);
        record(resource, one, reason);
      }
    }
  }
}
