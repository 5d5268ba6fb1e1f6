import { YamlSource } from './yaml-source';
import { ACCOUNT_STATES, AccountLife, AccountState, isDay } from '../lifecycle/account-life';
import { Problem } from '../organization-definition';

/** The life of an account: `state`, `closedOn`, `moved`. Nothing where nothing is said; shapes that are wrong are the schema's to report. */
export function readLife(data: any, source: YamlSource, path: readonly (string | number)[], problems: Problem[]): { readonly life?: AccountLife } {
  const { state: written, closedOn, moved } = data;
  const state: AccountState = ACCOUNT_STATES.find((one) => one === written) ?? 'active';
  const isClosed = state === 'closed';
  const tell = (key: string, message: string, hint: string) => problems.push({ place: source.valueAt([...path, key]), message, hint });
  if (isClosed && closedOn === undefined) tell('state', 'a closed account without closedOn', 'add the day on which it is closed: closedOn: 2026-11-23');
  if (!isClosed && closedOn !== undefined) tell('closedOn', `closedOn of an account that is ${state}`, 'leave it out, or say state: closed');
  if (typeof closedOn === 'string' && /^[0-9-]{10}$/.test(closedOn) && !isDay(closedOn)) tell('closedOn', `there is no day ${closedOn}`, 'expected a day of the calendar: 2026-11-23');
  const isMove = typeof moved === 'object' && moved !== null && typeof moved.from === 'string' && typeof moved.reason === 'string';
  if (state === 'active' && !isMove) return {};
  return {
    life: {
      state,
      ...(isClosed && typeof closedOn === 'string' && { closedOn }),
      ...(isMove && { moved: { from: moved.from === 'Root' || moved.from.startsWith('Root/') ? moved.from : `Root/${moved.from}`, reason: moved.reason } }),
    },
  };
}
