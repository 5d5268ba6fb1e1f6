import { CustomResourceEvent, Setting, settle } from './custom-resource';

/** Waiting stops when so much is left of the function's time, … */
const LAST_WAIT = 30_000;
/** … and the answer is due when so much is. */
const LAST_ANSWER = 10_000;

/** What Lambda tells a function of its run. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** Time that a setting has. */
export interface SettingTime {
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Whether too little time is left to wait any more. */
  readonly deadline: () => boolean;
}

const sleep = async (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Runs one event of CloudFormation in a Lambda function: brings the setting to what is asked and answers while there is time. */
export async function runInLambda(event: CustomResourceEvent, context: LambdaContext, settingFrom: (time: SettingTime) => Setting): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, context.getRemainingTimeInMillis() - LAST_ANSWER));
  });
  const put = async (url: string, body: string): Promise<void> => {
    // Bytes, because text would get a content type that the signature of the URL does not have.
    const response = await fetch(url, { method: 'PUT', body: Buffer.from(body), headers: { 'content-type': '' } });
    if (!response.ok) throw new Error(`CloudFormation did not take the answer: HTTP ${response.status}`);
  };
  const time: SettingTime = { sleep, deadline: () => context.getRemainingTimeInMillis() < LAST_WAIT };
  await settle(event, () => settingFrom(time), { put, sleep, late });
  clearTimeout(timer);
}
