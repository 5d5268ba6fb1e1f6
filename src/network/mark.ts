import { CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NetworkIntent } from '../analysis/network/topology';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { NetworkMark, NetworkNote } from '../model/network/network-note';

/** Writes into a resource what readers of the template should know of it. */
export function mark(resource: CfnResource, facts: NetworkMark): void {
  resource.addMetadata(METADATA_KEY, facts);
}

/** Writes into a template what was declared of a network: readers hold the network against it. */
export function noteIntent(scope: Construct, produce: () => Omit<NetworkIntent, 'origin'>): void {
  const { templateOptions } = Stack.of(scope);
  const known = (templateOptions.metadata?.[METADATA_KEY] ?? {}) as { network?: NetworkNote };
  const intents = [...(known.network?.intents ?? []), Lazy.any({ produce }) as unknown as NetworkIntent];
  templateOptions.metadata = { ...templateOptions.metadata, [METADATA_KEY]: { ...known, network: { intents } satisfies NetworkNote } };
}
