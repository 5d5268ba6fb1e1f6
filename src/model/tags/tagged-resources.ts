import { taggableTypes, tagsOf } from './taggable-types';
import { TaggedResource } from '../../analysis/tags/tag-coverage';
import { Assembly } from '../assembly/read-assembly';

/** Resources of all templates that take tags, in the order of stacks, and how many there are in all. */
export function taggedResources({ templates }: Assembly): { readonly tagged: readonly TaggedResource[]; readonly all: number } {
  const types = taggableTypes();
  let all = 0;
  const tagged = templates.flatMap(({ template, account, stackName }) => {
    const resources = Object.entries<any>(template.Resources ?? {});
    all += resources.length;
    return resources.flatMap(([logicalId, { Type: type, Properties: properties }]): TaggedResource[] => {
      const property = types.get(type);
      return property ? [{ ...(account !== undefined && { account }), stack: stackName, logicalId, type, tags: tagsOf(properties, property) }] : [];
    });
  });
  return { tagged, all };
}
