/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { DescribeTransitGatewayPeeringAttachmentsCommand, EC2Client, TransitGatewayAttachmentState, TransitGatewayPeeringAttachment } from '@aws-sdk/client-ec2';
/* eslint-enable import/no-extraneous-dependencies */
import { SettingTime } from '../../custom-resource/lambda';
import { patiently, until } from '../../custom-resource/waiting';

/** A Region hears of an attachment some time after it was asked for. */
export const NOT_THERE_YET = 'InvalidTransitGatewayAttachmentID.NotFound';

/** States that lead to no peering any more (`TransitGatewayAttachmentState` of the EC2 API, SDK 3.1169). */
const LOST: readonly string[] = ['failing', 'failed', 'rejecting', 'rejected', 'deleting', 'deleted', 'rollingBack'];

/** A peering attachment as one of its two Regions shows it: what happens in one, the other hears of later. */
export class PeeringView {
  private last = 'not there yet';

  /** Place: the Region in the words of an error. */
  public constructor(private readonly attachmentId: string, private readonly place: string, private readonly ec2: EC2Client, private readonly time: SettingTime) {}

  /** Undefined while the Region does not know the attachment. Fails with AWS's reason when no peering will come of it. */
  public async state(): Promise<TransitGatewayAttachmentState | undefined> {
    const found = await this.shown();
    this.last = found?.State ?? this.last;
    if (!LOST.includes(found?.State ?? '')) return found?.State;
    const { Code, Message } = found?.Status ?? {};
    throw new Error(`${this.attachmentId} is ${found?.State} in ${this.place}: ${[Code, Message].filter((part) => part).join(': ') || 'AWS gives no reason'}`);
  }

  /** Waits for one of the states and says which. */
  public async reached(...wanted: TransitGatewayAttachmentState[]): Promise<TransitGatewayAttachmentState> {
    return until(async () => {
      const now = await this.state();
      return now !== undefined && wanted.includes(now) ? now : undefined;
    }, () => `${this.attachmentId} is ${this.last} in ${this.place}`, this.time);
  }

  private async shown(): Promise<TransitGatewayPeeringAttachment | undefined> {
    const input = { TransitGatewayAttachmentIds: [this.attachmentId] };
    try {
      return (await patiently(async () => this.ec2.send(new DescribeTransitGatewayPeeringAttachmentsCommand(input)), this.time)).TransitGatewayPeeringAttachments?.[0];
    } catch (error) {
      if ((error as Error).name === NOT_THERE_YET) return undefined;
      throw error;
    }
  }
}
