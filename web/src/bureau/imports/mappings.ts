import fuzhouContributions from '../../../../demo/mappings/fuzhou-contributions.json' with {
  type: 'json',
};
import fuzhouPersons from '../../../../demo/mappings/fuzhou-persons.json' with { type: 'json' };
import xiamenContributions from '../../../../demo/mappings/xiamen-contributions.json' with {
  type: 'json',
};
import xiamenPersons from '../../../../demo/mappings/xiamen-persons.json' with { type: 'json' };
import ldt92Contributions from '../../../../mappings/ldt92-contributions.json' with {
  type: 'json',
};
import ldt92Persons from '../../../../mappings/ldt92-persons.json' with { type: 'json' };

/** How a source's export is read: what the service takes as `mapping`. */
export interface MappingFile {
  readonly format: string;
  readonly source: string;
  readonly kind: string;
  readonly encoding: string;
}

/** The mappings that come with the product, by name; the last four are of the sample. */
export const SHIPPED = {
  'ldt92-persons': ldt92Persons,
  'ldt92-contributions': ldt92Contributions,
  'xiamen-persons': xiamenPersons,
  'xiamen-contributions': xiamenContributions,
  'fuzhou-persons': fuzhouPersons,
  'fuzhou-contributions': fuzhouContributions,
} as const satisfies Record<string, MappingFile>;

export type ShippedMapping = keyof typeof SHIPPED;

/** Whether it looks like one: the service tells what is wrong with it. */
export function isMapping(json: unknown): json is MappingFile {
  return (
    typeof json === 'object' &&
    json !== null &&
    'format' in json &&
    'kind' in json &&
    'source' in json
  );
}
