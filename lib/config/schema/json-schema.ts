/** The configuration as JSON Schema (draft 7, which editors of YAML understand): keys, types, descriptions, defaults. */
import * as z from 'zod';
import { document } from './schema.ts';

/** Of what is written: a duration is a text, one channel id may stand for a list. References between values are not in it. */
export function configJsonSchema(): object {
  const schema = z.toJSONSchema(document, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      const extra = jsonSchema as Record<string, unknown>;
      // The default in words is for docs/configuration.md; a Markdown link says nothing in an editor.
      if (typeof extra['standard'] === 'string')
        extra['description'] = `${extra['description']} Default: ${extra['standard']}.`;
      delete extra['standard'];
      if (typeof extra['description'] === 'string')
        extra['description'] = extra['description'].replace(/\[([^\]]*)\]\([^)]*\)/gu, '$1');
    },
  });
  return { ...schema, title: 'Vigie configuration' };
}
