import { memoryOf, physicalIdOf } from './physical-id';

/** What CloudFormation sends to a custom resource. */
export interface CustomResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly ResourceType: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: { readonly [name: string]: unknown };
}

/** Something of AWS that is on or off. */
export interface Setting {
  /** Names the setting and nothing else; the same for the same properties. Holds no bar. */
  readonly id: string;
  isOn(): Promise<boolean>;
  /** Must succeed when it is on already. Says whether it was this call that turned it on. */
  turnOn(): Promise<boolean>;
  /** Resolves when it works, after it is on or was found on. @default - it works at once */
  ready?(): Promise<void>;
  /** Must succeed when it is off already, and leave on what others rely on. */
  turnOff(): Promise<void>;
}

/** How CloudFormation is answered. */
export interface Answering {
  readonly put: (url: string, body: string) => Promise<void>;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Resolves when there is just time enough left to answer. @default - never */
  readonly late?: Promise<unknown>;
}

interface Result {
  readonly physicalId: string;
  readonly reason?: string;
}

const ANSWER_ATTEMPTS = 5;

/** CloudFormation refuses answers above 4,096 bytes; physical id, stack id and the rest need up to 2,000. */
const MAX_REASON = 1_000;

/**
 * Brings the setting to what CloudFormation asks and answers it, whatever happens: also in time when AWS does not.
 *
 * The physical id remembers whether the setting was on before (`physical-id.ts`): a setting that was on is not ours to turn off.
 * It changes only when the properties name another setting; CloudFormation then asks to delete the old one.
 * A creation whose answer is lost finds the setting on when it is repeated, and keeps it later: it errs towards keeping.
 */
export async function settle(event: CustomResourceEvent, settingFrom: () => Setting, answering: Answering): Promise<void> {
  let reached = event.PhysicalResourceId ?? `${event.LogicalResourceId}:failed`;
  const done = bring(event, settingFrom, (physicalId) => { reached = physicalId; }).then(
    (): Result => ({ physicalId: reached }),
    (error: Error): Result => ({ physicalId: reached, reason: `${error.name}: ${error.message}` }),
  );
  const late = answering.late?.then((): Result => ({ physicalId: reached, reason: 'AWS was busy for too long. Deploy again.' }));
  const { physicalId, reason } = await (late ? Promise.race([done, late]) : done);
  await deliver(event.ResponseURL, JSON.stringify({
    Status: reason === undefined ? 'SUCCESS' : 'FAILED',
    ...(reason !== undefined ? { Reason: `${event.RequestType} of ${event.ResourceType}: ${reason}`.slice(0, MAX_REASON) } : {}),
    PhysicalResourceId: physicalId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  }), answering);
}

/** Reports the physical id as soon as it is certain, so that a failure after that still knows what was turned on. */
async function bring(event: CustomResourceEvent, settingFrom: () => Setting, reached: (physicalId: string) => void): Promise<void> {
  const memory = memoryOf(event.PhysicalResourceId);
  if (event.RequestType === 'Delete') {
    if (memory?.origin === 'created') {
      const setting = settingFrom();
      if (setting.id === memory.setting) await setting.turnOff();
    }
    return;
  }
  const setting = settingFrom();
  const isOurs = !await setting.isOn() && await setting.turnOn();
  reached(afterwards(event.PhysicalResourceId, setting.id, isOurs));
  await setting.ready?.();
}

function afterwards(known: string | undefined, setting: string, isOurs: boolean): string {
  const memory = memoryOf(known);
  if (memory?.setting === setting) return known!;
  if (!isOurs && memoryOf(memory?.before)?.setting === setting) return memory!.before!; // a rollback
  return physicalIdOf({ setting, origin: isOurs ? 'created' : 'found', before: memory && known });
}

/** CloudFormation waits an hour for an answer that got lost. */
async function deliver(url: string, body: string, { put, sleep }: Answering): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await put(url, body);
    } catch (error) {
      if (attempt === ANSWER_ATTEMPTS) throw error;
      await sleep(200 * 2 ** attempt);
    }
  }
}
