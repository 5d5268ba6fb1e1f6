import { GuardDutyClient } from '@aws-sdk/client-guardduty';
import { IAMClient } from '@aws-sdk/client-iam';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { Macie2Client } from '@aws-sdk/client-macie2';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SecurityLakeClient } from '@aws-sdk/client-securitylake';
import { CustomResourceEvent, settle } from '../../../src/custom-resource/custom-resource';
import { settingOf } from '../../../src/detection/settings/settings';

/** A custom resource of a template. */
export interface Resource {
  readonly type: string;
  readonly properties: { [name: string]: unknown };
}

/** What CloudFormation was answered, and what it took. */
export interface Answer {
  readonly Status: string;
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly waits: number[];
  readonly regions: string[];
}

/** Sends an event through the handler's core and gives CloudFormation's view of the answer; the time is up after so many waits. */
export async function send(RequestType: CustomResourceEvent['RequestType'], { type, properties }: Resource, PhysicalResourceId?: string, patience = 200): Promise<Answer> {
  const answers: any[] = [];
  const waits: number[] = [];
  const regions = new Set<string>();
  const sleep = async (milliseconds: number) => { waits.push(milliseconds); };
  const clients = {
    sleep,
    deadline: () => waits.length >= patience,
    iam: new IAMClient({}),
    organizations: new OrganizationsClient({}),
    guardDuty: (region: string) => {
      regions.add(region);
      return new GuardDutyClient({ region });
    },
    inspector: (region: string) => {
      regions.add(region);
      return new Inspector2Client({ region });
    },
    macie: (region: string) => {
      regions.add(region);
      return new Macie2Client({ region });
    },
    securityLake: (region: string) => {
      regions.add(region);
      return new SecurityLakeClient({ region });
    },
  };
  const event: CustomResourceEvent = {
    RequestType, ResponseURL: 'https://answer.example', StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Setting', ResourceType: type, ResourceProperties: properties, PhysicalResourceId,
  };
  await settle(event, () => settingOf(type, properties, clients), { put: async (_, body) => { answers.push(JSON.parse(body)); }, sleep });
  expect(answers).toHaveLength(1);
  return { ...answers[0], waits, regions: [...regions] };
}

/** What goes wrong once with a call, and whether AWS did what was asked nevertheless. */
export const FAULTS = [
  { fault: 'is throttled', error: 'ThrottlingException', when: 'before' }, { fault: 'is throttled in the words of others', error: 'TooManyRequestsException', when: 'before' },
  { fault: 'breaks within AWS', error: 'InternalServerErrorException', when: 'before' }, { fault: 'breaks within AWS in the words of others', error: 'InternalServerException', when: 'before' },
  { fault: 'comes before the role is known', error: 'AccessDeniedException', when: 'before' }, { fault: 'is done, and its answer lost', error: 'TimeoutError', when: 'after' },
  { fault: 'is done, and the connection lost', error: 'ECONNRESET', when: 'after' },
] as const;
