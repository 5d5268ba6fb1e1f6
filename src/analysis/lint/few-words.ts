const NAMED = 3;

/** `a`, `a and b`, `a, b, c and 12 more`. */
export function fewWords(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const shown = distinct.length > NAMED + 1 ? distinct.slice(0, NAMED) : distinct;
  const last = distinct.length > shown.length ? `${(distinct.length - shown.length).toLocaleString('en-US')} more` : shown.pop();
  return shown.length === 0 ? last ?? '' : `${shown.join(', ')} and ${last}`;
}

/** The same for actions; very many by service: `s3:GetObject, s3:PutObject, s3:PutObjectAcl and 90 more`, `4,210 actions of 30 services, s3:GetObject among them`. */
export function fewActions(actions: readonly string[]): string {
  const services = new Set(actions.map((action) => action.split(':')[0]));
  return services.size > NAMED ? `${actions.length.toLocaleString('en-US')} actions of ${services.size} services, ${actions[0]} among them` : fewWords(actions);
}

/** `a`, `a or b`. */
export function either(names: readonly string[]): string {
  return fewWords(names).replace(/ and (?!\S+ more$)/, ' or ');
}
