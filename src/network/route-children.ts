import { Construct } from 'constructs';
import { HubRoute } from './hub-routes';

/**
 * Makes a scope hold the wanted routes and no others. A route's id is its table, its destination and its kind of target: what changes its target is another route, with
 * another destination (`hubRoutes`).
 */
export function syncChildren(scope: Construct, wanted: readonly HubRoute[], make: (id: string, route: HubRoute) => void): void {
  const byId = new Map(wanted.map((route) => [idOf(route), route]));
  for (const { node } of scope.node.children) if (!byId.has(node.id)) scope.node.tryRemoveChild(node.id);
  for (const [id, route] of byId) if (!scope.node.tryFindChild(id)) make(id, route);
}

function idOf({ table, destination, target }: HubRoute): string {
  return `${table}.${destination.replace('/', '-')}.${target.kind === 'peer' ? `peer-${target.region}` : target.kind}`;
}
