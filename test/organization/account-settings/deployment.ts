import { AccountClient } from '@aws-sdk/client-account';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SSMClient } from '@aws-sdk/client-ssm';
import { CustomResourceEvent, settle } from '../../../src/custom-resource/custom-resource';
import { settingOf } from '../../../src/organization/account-settings/settings';

/** A custom resource of a template. */
export interface Resource {
  readonly type: string;
  readonly properties: { readonly [name: string]: unknown };
}

/** What CloudFormation was answered, and how long it took. */
export interface Answer {
  readonly Status: string;
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly waits: number[];
}

/** Sends an event through the handler's core and gives CloudFormation's view of the answer; the time is up after so many waits. */
export async function send(RequestType: CustomResourceEvent['RequestType'], { type, properties }: Resource, PhysicalResourceId?: string, patience = 60): Promise<Answer> {
  const answers: any[] = [];
  const waits: number[] = [];
  const sleep = async (milliseconds: number) => { waits.push(milliseconds); };
  const clients = {
    account: new AccountClient({}), ec2: new EC2Client({}), iam: new IAMClient({}), quotas: new ServiceQuotasClient({}), ssm: new SSMClient({}), sleep, deadline: () => waits.length >= patience,
  };
  const event: CustomResourceEvent = {
    RequestType, ResponseURL: 'https://answer.example', StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Setting', ResourceType: type, ResourceProperties: properties, PhysicalResourceId,
  };
  await settle(event, () => settingOf(type, properties, clients), { put: async (_, body) => { answers.push(JSON.parse(body)); }, sleep });
  expect(answers).toHaveLength(1);
  return { ...answers[0], waits };
}

/** An error as the SDK throws it. */
export function named(name: string, message = `${name} happened`): Error {
  return Object.assign(new Error(message), { name });
}

/** What goes wrong once with a call, and whether AWS did what was asked nevertheless. */
export const FAULTS = [
  { fault: 'is throttled', error: 'ThrottlingException', when: 'before' }, { fault: 'is throttled in the words of others', error: 'TooManyRequestsException', when: 'before' },
  { fault: 'breaks within AWS', error: 'ServiceUnavailableException', when: 'before' }, { fault: 'comes before the role is known', error: 'AccessDeniedException', when: 'before' },
  { fault: 'is done, and its answer lost', error: 'TimeoutError', when: 'after' }, { fault: 'is done, and the connection lost', error: 'ECONNRESET', when: 'after' },
] as const;

/** Answers of a mocked client, which fail when they are told to, and the calls that were made. */
export class FakeCalls {
  /** Names of commands in their order. */
  public readonly made: string[] = [];
  private readonly faults = new Map<string, { readonly error: string; readonly when: 'before' | 'after'; times: number }>();

  /** Lets the next calls of a command fail. */
  public fail(command: string, error: string, when: 'before' | 'after' = 'before', times = 1): void {
    this.faults.set(command, { error, when, times });
  }

  /** Answers a command of a mock. */
  public on(mock: any, command: any, answer: (input: any) => object | void): void {
    const name: string = command.name.replace('Command', '');
    mock.on(command).callsFake(async (input: any) => {
      const fault = this.faults.get(name);
      const isFault = fault !== undefined && fault.times-- > 0;
      if (isFault && fault.when === 'before') throw named(fault.error);
      this.made.push(name);
      const given = answer(input) ?? {};
      if (isFault) throw named(fault.error);
      return given;
    });
  }

  /** The calls that change something. */
  public get writes(): string[] {
    return this.made.filter((name) => !/^(Get|List|Describe)/.test(name));
  }
}
