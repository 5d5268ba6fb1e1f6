/**
 * Whether EventBridge would match an event: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html (read 2026-11-23). What is written for our own patterns alone
 * fails on operators that it does not know.
 */
export function matches(pattern: any, event: any): boolean {
  return Object.entries<any>(pattern).every(([field, wanted]) => {
    // A list in the event matches when one of its elements does.
    const values = valuesOf(event, field);
    return Array.isArray(wanted) ? wanted.some((one) => matchesOne(one, values)) : values.some((value) => isMap(value) && matches(wanted, value)) || (values.length === 0 && onlyAbsent(wanted));
  });
}

function matchesOne(wanted: any, values: readonly any[]): boolean {
  if (!isMap(wanted)) return values.some((value) => value === wanted);
  const [[operator, operand]] = Object.entries<any>(wanted) as [[string, any]];
  switch (operator) {
    case 'exists': return operand === (values.length > 0);
    case 'prefix': return values.some((value) => typeof value === 'string' && value.startsWith(operand));
    case 'suffix': return values.some((value) => typeof value === 'string' && value.endsWith(operand));
    case 'numeric': return values.some((value) => typeof value === 'number' && inRange(value, operand));
    // A field that is not there is matched by nothing but exists: false.
    case 'anything-but': return values.some((value) => !(isMap(operand) ? matchesOne(operand, [value]) : [operand].flat().includes(value)));
    default: throw new Error(`operator ${operator}`);
  }
}

function inRange(value: number, conditions: readonly any[]): boolean {
  return conditions.every((condition, at) => {
    if (at % 2 === 1) return true;
    const bound = conditions[at + 1];
    switch (condition) {
      case '>=': return value >= bound;
      case '<': return value < bound;
      default: throw new Error(`comparison ${condition}`);
    }
  });
}

/** Patterns of fields below one that is not there match where all of them want absence. */
function onlyAbsent(wanted: any): boolean {
  return Array.isArray(wanted) ? wanted.some((one) => isMap(one) && one.exists === false) : Object.values(wanted).every(onlyAbsent);
}

function valuesOf(event: any, field: string): any[] {
  const value = event?.[field];
  return value === undefined ? [] : [value].flat();
}

function isMap(value: any): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
