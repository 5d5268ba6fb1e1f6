/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { AcceptTransitGatewayPeeringAttachmentCommand, DescribeTransitGatewayPeeringAttachmentsCommand, TransitGatewayAttachmentState } from '@aws-sdk/client-ec2';
/* eslint-enable import/no-extraneous-dependencies */
import type { SettingsTools } from './settings';
import { patiently, until } from './waiting';
import { Setting } from '../../custom-resource/custom-resource';

/** The peer's Region hears of the request some time after it was made. */
const NOT_THERE_YET = 'InvalidTransitGatewayAttachmentID.NotFound';

/** States that lead to no peering any more (`TransitGatewayAttachmentState` of the EC2 API, SDK 3.1169). */
const LOST: readonly string[] = ['failing', 'failed', 'rejecting', 'rejected', 'deleting', 'deleted', 'rollingBack'];

/** States after somebody accepted. */
const ACCEPTED: readonly string[] = ['pending', 'available', 'modifying'];

/** A transit gateway's request for peering, accepted in the peer's Region. The one that asked deletes the attachment, so there is nothing to turn off. */
export function acceptedPeering(attachmentId: string, peerRegion: string, tools: SettingsTools): Setting {
  const ec2 = tools.ec2(peerRegion);
  let last = 'not there yet';
  const state = async (): Promise<TransitGatewayAttachmentState | undefined> => {
    const found = await shown();
    last = found?.State ?? last;
    if (!LOST.includes(found?.State ?? '')) return found?.State;
    const { Code, Message } = found?.Status ?? {};
    throw new Error(`${attachmentId} is ${found?.State} in ${peerRegion}: ${[Code, Message].filter((part) => part).join(': ') || 'AWS gives no reason'}`);
  };
  const shown = async () => {
    const input = { TransitGatewayAttachmentIds: [attachmentId] };
    try {
      return (await patiently(async () => ec2.send(new DescribeTransitGatewayPeeringAttachmentsCommand(input)), tools)).TransitGatewayPeeringAttachments?.[0];
    } catch (error) {
      if ((error as Error).name === NOT_THERE_YET) return undefined;
      throw error;
    }
  };
  const reached = async (wanted: readonly string[]) => until(async () => {
    const now = await state();
    return now !== undefined && wanted.includes(now) ? now : undefined;
  }, () => `${attachmentId} is ${last} in ${peerRegion}`, tools);
  return {
    id: `accepted-peering:${peerRegion}:${attachmentId}`,
    isOn: async () => await state() === 'available',
    turnOn: async () => {
      if (await reached(['pendingAcceptance', ...ACCEPTED]) !== 'pendingAcceptance') return false;
      try {
        await patiently(async () => ec2.send(new AcceptTransitGatewayPeeringAttachmentCommand({ TransitGatewayAttachmentId: attachmentId })), tools);
        return true;
      } catch (error) {
        if (ACCEPTED.includes(await state() ?? '')) return false;
        throw error;
      }
    },
    ready: async () => { await reached(['available']); },
    turnOff: async () => {},
  };
}
