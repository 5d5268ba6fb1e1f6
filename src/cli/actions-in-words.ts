import { AccessLevel, ActionIndex } from '../analysis/actions/action-index';

const NAMED = 4;
const NAMED_SERVICES = 5;
const LEVELS: readonly AccessLevel[] = ['Permissions management', 'Write', 'Tagging', 'Read', 'List'];

/** A few actions by name; many by service and access level: `s3: 12 (3 Permissions management, 9 Write), sqs:SendMessage`. */
export function actionsInWords(actions: readonly string[], index: ActionIndex): string {
  if (actions.length <= NAMED) return actions.join(', ');
  const services = new Map<string, string[]>();
  for (const action of actions) {
    const service = action.split(':')[0]!;
    services.set(service, [...services.get(service) ?? [], action]);
  }
  if (services.size > NAMED_SERVICES) return `${n(actions.length)} actions in ${services.size} services: ${byLevel(actions, index)}`;
  return [...services].map(([service, own]) => (own.length <= 2 ? own.join(', ') : `${service}: ${n(own.length)} actions (${byLevel(own, index)})`)).join(', ');
}

function byLevel(actions: readonly string[], index: ActionIndex): string {
  const levels = actions.map((action) => index.find(action)?.level);
  const counts = LEVELS.map((level) => [levels.filter((known) => known === level).length, level] as const).filter(([count]) => count > 0);
  const unknown = levels.filter((level) => level === undefined).length;
  return [...counts.map(([count, level]) => `${n(count)} ${level}`), ...(unknown > 0 ? [`${n(unknown)} unknown to AWS's reference`] : [])].join(', ');
}

function n(count: number): string {
  return count.toLocaleString('en-US');
}
