import { tagsOf, taggableTypes } from '../model/tags/taggable-types';

const REPLICA_TAGS = { name: 'Tags', form: 'list' } as const;

/** Tags of a resource that keeps data. Those of a global table are its replicas'; one that has the tag is enough. Undefined where not even the keys are known. */
export function tagsOfStateful(type: string, properties: any): ReadonlyMap<string, string | undefined> | undefined {
  const property = taggableTypes().get(type);
  if (property) return tagsOf(properties, property);
  const replicas = Array.isArray(properties.Replicas) ? properties.Replicas.map((replica: unknown) => tagsOf(replica, REPLICA_TAGS)) : [undefined];
  return replicas.includes(undefined) ? undefined : new Map(replicas.flatMap((tags: ReadonlyMap<string, string | undefined>) => [...tags]));
}
