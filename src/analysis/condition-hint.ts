import { CONDITION_OPERATORS } from './condition-operator';
import { dateOf, numberOf } from './condition-value';
import { parseIpRange } from './ip-range';
import { nearest } from './nearest';

/** What a value of a condition should be, when it can match nothing as it is. What a template leaves for later is taken as it is. */
export function unreadable(comparison: string, text: string): string | undefined {
  if (/\$\{|\{\{|^<|^\[.*\]$/.test(text)) {
    return undefined;
  }
  switch (comparison.replace(/[^a-z]+$/i, '')) {
    case 'bool': case 'null': return /^(true|false)$/i.test(text) ? undefined : 'true or false';
    case 'number': return isNaN(numberOf(text)) ? 'a number' : undefined;
    case 'date': return isNaN(dateOf(text)) ? 'a date such as 2026-01-31T00:00:00Z, or seconds since 1970' : undefined;
    case 'ip': return parseIpRange(text) ? undefined : 'an IP address or a range such as 10.0.0.0/8';
    default: return undefined;
  }
}

/** What an unknown operator may mean. */
export function operatorHint(name: string): string {
  if (/^(ForA..Values?:)?NullIfExists$/.test(name)) {
    return '"Null"; it has no IfExists, as it asks for the key itself';
  }
  const match = /^(?:(.*?):)?(.*?)((?:ifexists)?)$/i.exec(name);
  const prefix = match?.[1] === undefined ? '' : `${nearest(match[1], ['ForAllValues', 'ForAnyValue']) ?? 'ForAnyValue'}:`;
  const meant = match ? nearest(match[2], CONDITION_OPERATORS) : undefined;
  return meant ? `did you mean "${prefix}${meant}${match?.[3] ? 'IfExists' : ''}"?` : `an operator such as ${CONDITION_OPERATORS.slice(0, 6).join(', ')}`;
}
