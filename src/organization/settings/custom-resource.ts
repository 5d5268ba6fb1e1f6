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

/** A setting of the organization that is on or off. */
export interface Setting {
  /** Names the setting and nothing else; the same for the same properties. */
  readonly id: string;
  isOn(): Promise<boolean>;
  /** Must succeed when it is on already. */
  turnOn(): Promise<void>;
  /** Must succeed when it is off already. */
  turnOff(): Promise<void>;
}

/** Physical ids end with what we found: a setting that was on before is not ours to turn off. */
const OURS = ':created';
const FOUND = ':found';

/**
 * Brings the setting to what CloudFormation asks and answers it, whatever happens.
 *
 * The physical id remembers whether the setting was on before. It changes only when the properties name another setting; CloudFormation then asks to
 * delete the old one. A repeated request finds the setting on and keeps it later: it errs towards keeping.
 */
export async function settle(
  event: CustomResourceEvent, settingFrom: () => Setting, answer: (url: string, body: string) => Promise<void>,
): Promise<void> {
  let physicalId = event.PhysicalResourceId ?? `${event.LogicalResourceId}:failed`;
  let reason: string | undefined;
  try {
    physicalId = await bring(event, settingFrom());
  } catch (error) {
    reason = `${(error as Error).name}: ${(error as Error).message}`.slice(0, 1_000);
  }
  await answer(event.ResponseURL, JSON.stringify({
    Status: reason === undefined ? 'SUCCESS' : 'FAILED',
    ...(reason !== undefined ? { Reason: reason } : {}),
    PhysicalResourceId: physicalId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  }));
}

async function bring(event: CustomResourceEvent, setting: Setting): Promise<string> {
  const known = event.PhysicalResourceId;
  if (event.RequestType === 'Delete') {
    if (known === setting.id + OURS) await setting.turnOff();
    return known!;
  }
  const isKnown = known === setting.id + OURS || known === setting.id + FOUND;
  const wasOn = await setting.isOn();
  if (!wasOn) await setting.turnOn();
  return isKnown ? known : setting.id + (wasOn ? FOUND : OURS);
}
