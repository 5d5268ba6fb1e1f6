/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import type { EC2Client } from '@aws-sdk/client-ec2';
/* eslint-enable import/no-extraneous-dependencies */
import { acceptedPeering } from './accepted-peering';
import { closedDefaultGroup } from './closed-default-group';
import { Setting } from '../../custom-resource/custom-resource';
import { SettingTime } from '../../custom-resource/lambda';

/** What a setting needs from outside. */
export interface SettingsTools extends SettingTime {
  /** A client of EC2. Region: that of the function by default. */
  readonly ec2: (region?: string) => EC2Client;
}

const PATTERNS: { readonly [property: string]: RegExp } = {
  SecurityGroupId: /^sg-[0-9a-f]{8,17}$/,
  AttachmentId: /^tgw-attach-[0-9a-f]{8,17}$/,
  PeerRegion: /^[a-z]{2,4}(-[a-z]+)+-\d+$/,
};

/** The setting that a custom resource stands for. Fails for an unknown type, or with all missing and malformed properties. */
export function settingOf(type: string, properties: { readonly [name: string]: unknown }, tools: SettingsTools): Setting {
  const checked = (...names: string[]): string[] => {
    const wrong = names.filter((name) => !PATTERNS[name]!.test(String(properties[name] ?? '')));
    if (wrong.length === 0) return names.map((name) => properties[name] as string);
    throw new Error(wrong.map((name) => `${type} needs the property ${name} matching ${PATTERNS[name]!.source}, found ${JSON.stringify(properties[name])}`).join('; '));
  };
  switch (type) {
    case 'Custom::ClosedDefaultSecurityGroup': return closedDefaultGroup(checked('SecurityGroupId')[0]!, tools);
    case 'Custom::AcceptedTransitGatewayPeering': {
      const [attachmentId, peerRegion] = checked('AttachmentId', 'PeerRegion');
      return acceptedPeering(attachmentId!, peerRegion!, tools);
    }
    default: throw new Error(`${type} is not a setting of the network`);
  }
}
