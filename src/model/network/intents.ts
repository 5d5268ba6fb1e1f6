import { Reading } from './reading';
import { NetworkIntent } from '../../analysis/network/topology';
import { Problem } from '../organization-definition';

/** What the makers of a network declared, in the notes of the templates. */
export function readIntents(reading: Reading): Problem[] {
  const problems: Problem[] = [];
  for (const { note, stack } of reading.resources.notes) {
    if (!Array.isArray(note.intents)) {
      problems.push({ place: { file: stack.file }, message: 'the note of its network has no intents', hint: 'Synthesize again with the version of cdk-landing-zone that checks.' });
      continue;
    }
    for (const intent of note.intents) {
      const known = reading.intents.find(({ hub, region }) => hub === intent.hub && region === intent.region);
      if (known) problems.push({ place: { file: stack.file }, message: `hub ${intent.hub} of ${intent.region} is declared twice`, hint: 'Check the assemblies of two apps one by one.' });
      else reading.intents.push(withOrigin(intent, stack.file));
    }
  }
  return problems;
}

function withOrigin(intent: Omit<NetworkIntent, 'origin'>, template: string): NetworkIntent {
  return { ...intent, origin: { template, logicalId: '', path: intent.hub } };
}
