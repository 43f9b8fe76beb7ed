/** Checks the template of a webhook: its syntax, its names, and whether it yields JSON. */
import { nearest } from '../rule/nearest.ts';
import {
  parseTemplate,
  renderTemplate,
  TemplateError,
  type TemplatePart,
  templateNames,
} from '../text/template.ts';
import type { KeyFault } from './kind.ts';

/** Names of values that template-view.ts provides to templates. */
export const TEMPLATE_NAMES: readonly string[] = (
  'id type timestamp severity color headline subject text link page alerts event rule rule_title story development ' +
  'change independent reports languages figures entries value phrase title summary url lang language published ' +
  'publisher country grade feed concepts first last'
).split(' ');

/** Parses the template, checks its names, and renders a sample to check that JSON templates yield JSON. */
export function templateFaults(template: string, contentType: string): KeyFault[] {
  const at = (from: number, to: number, message: string, hint: string | null = null): KeyFault => ({
    key: 'template',
    fault: { code: 'E_TEMPLATE', message, hint },
    span: { from, to },
  });
  let parts: readonly TemplatePart[];
  try {
    parts = parseTemplate(template, contentType);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return [at(error.from, error.to, error.message)];
  }
  const unknown = templateNames(parts).filter(({ name }) => !TEMPLATE_NAMES.includes(name));
  if (unknown.length > 0) {
    return unknown.map(({ name, from }) => {
      const near = nearest(name, TEMPLATE_NAMES);
      const hint = near === null ? `known names: ${TEMPLATE_NAMES.join(', ')}` : `did you mean ${near}?`;
      return at(from, from + 2, `'${name}' is not a known template value`, hint);
    });
  }
  // The sample contains two items of each list, so that a missing comma is found.
  if (!/\bjson\b/iu.test(contentType) || isJson(renderTemplate(parts, SAMPLE))) return [];
  const hint =
    'quote texts: "{{title}}"; separate list items: {{#entries}}…{{^last}},{{/last}}{{/entries}}; else use {{x|json}}';
  return [at(0, template.length, 'this template does not yield valid JSON', hint)];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A value for every name, so that any template can be rendered. */
const SAMPLE_FACTS = Object.fromEntries(TEMPLATE_NAMES.map((name) => [name, name === 'first' ? false : 'x']));
const NUMBERS = { independent: 1, reports: 1, value: 1 };
/** Numbers stay numbers, so that `{{x|json}}` is tested, too. */
const SAMPLE_ENTRY = { ...SAMPLE_FACTS, ...NUMBERS, concepts: ['x', 'y'] };
const SAMPLE_ALERT = {
  ...SAMPLE_ENTRY,
  languages: ['x', 'y'],
  figures: [SAMPLE_FACTS, SAMPLE_FACTS],
  entries: [SAMPLE_ENTRY, SAMPLE_ENTRY],
};
const SAMPLE = { ...SAMPLE_ALERT, alerts: [SAMPLE_ALERT, SAMPLE_ALERT], event: { x: 1 } };
