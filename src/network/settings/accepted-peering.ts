/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { AcceptTransitGatewayPeeringAttachmentCommand } from '@aws-sdk/client-ec2';
/* eslint-enable import/no-extraneous-dependencies */
import { NOT_THERE_YET, PeeringView } from './peering-view';
import type { SettingsTools } from './settings';
import { Setting } from '../../custom-resource/custom-resource';
import { patiently } from '../../custom-resource/waiting';

/** States after somebody accepted. */
const ACCEPTED: readonly string[] = ['pending', 'available', 'modifying'];

/**
 * A transit gateway's request for peering, accepted in the peer's Region. It works when both Regions show it as available: each has a state of its own, and what
 * uses the attachment before fails with `IncorrectState` (github.com/hashicorp/terraform-provider-aws/issues/26754, read 2026-11-22). The Region that asked is
 * the one of the function. There the attachment is deleted, so there is nothing to turn off.
 */
export function acceptedPeering(attachmentId: string, peerRegion: string, tools: SettingsTools): Setting {
  const ec2 = tools.ec2(peerRegion);
  const peer = new PeeringView(attachmentId, peerRegion, ec2, tools);
  const asking = new PeeringView(attachmentId, 'the Region that asked', tools.ec2(), tools);
  const input = { TransitGatewayAttachmentId: attachmentId };
  return {
    id: `accepted-peering:${peerRegion}:${attachmentId}`,
    isOn: async () => await peer.state() === 'available',
    turnOn: async () => {
      // Not before pending is over: that may come of an acceptance, or of a request that is not complete.
      if (await peer.reached('pendingAcceptance', 'available', 'modifying') !== 'pendingAcceptance') return false;
      try {
        await patiently(async () => ec2.send(new AcceptTransitGatewayPeeringAttachmentCommand(input)), tools, NOT_THERE_YET);
        return true;
      } catch (error) {
        if (ACCEPTED.includes(await peer.state() ?? '')) return false;
        throw error;
      }
    },
    ready: async () => {
      await peer.reached('available');
      await asking.reached('available');
    },
    turnOff: async () => {},
  };
}
