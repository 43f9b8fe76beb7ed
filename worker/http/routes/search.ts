/** `/api/search`: archived entries that an expression of the rule language matches, as JSON Lines or CSV. */
import { Hono } from 'hono';
import type { SearchLine } from '../../../lib/api/archive.ts';
import { searchCsv, sentEntry } from '../../../lib/api/archive-line.ts';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import { compileRules } from '../../../lib/match/compile/compile.ts';
import { queryRule } from '../../../lib/match/compile/query-rule.ts';
import { openRules, type Rules } from '../../../lib/match/run/load.ts';
import { matchEntry } from '../../../lib/match/run/match.ts';
import type { ConfigProblem } from '../../../lib/model/config.ts';
import type { ArchivedEntry } from '../../../lib/model/entry.ts';
import { SEARCH_PAGES_MAX } from '../../../lib/model/limits.ts';
import { isoTime } from '../../../lib/model/time.ts';
import { deskOf, type Env } from '../../env.ts';
import type { Caller } from '../middleware/auth.ts';
import { problem } from '../middleware/problem.ts';
import { serve } from '../middleware/serve.ts';

export const searchRoutes = new Hono<Caller>();

serve(searchRoutes, OPERATIONS.search, async (c, { query }) => {
  const rules = await rulesOf(c.env, query.q);
  if (Array.isArray(rules)) return problem(c, { status: 422, title: 'Invalid expression', problems: rules });
  const { found, next } = await search(c.env, rules, query.before ?? null);
  const csv = query.format === 'csv';
  const body = csv ? searchCsv(found) : found.map((one) => `${JSON.stringify(one)}\n`).join('');
  return c.body(body, 200, {
    'content-type': csv ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
    ...(csv ? { 'content-disposition': 'attachment; filename="search.csv"' } : {}),
    ...(next === null ? {} : { 'x-next': String(next) }),
  });
});

/** The expression compiled with the lists of the configuration in force, or its problems. */
async function rulesOf(env: Env, query: string): Promise<Rules | ConfigProblem[]> {
  const lists = await deskOf(env).config().lists();
  const { binary, problems } = await compileRules(queryRule(query, lists));
  return binary === null ? problems.filter(({ level }) => level === 'error') : await openRules(binary);
}

/** Newest first. Each call reads at most SEARCH_PAGES_MAX pages and returns where to continue. */
async function search(
  env: Env,
  rules: Rules,
  before: number | null,
): Promise<{ found: SearchLine[]; next: number | null }> {
  const archive = deskOf(env).archive();
  const found: SearchLine[] = [];
  let next = before;
  for (let pages = 0; pages < SEARCH_PAGES_MAX; pages++) {
    const page = await archive.page(next);
    if (page === null) return { found, next: null };
    next = page.id;
    for (const line of page.lines.split('\n').reverse()) {
      if (line === '') continue;
      const { seen, entry } = JSON.parse(line) as ArchivedEntry;
      const [match] = matchEntry(rules, entry);
      if (match !== undefined)
        found.push({ seen: isoTime(seen), entry: sentEntry(entry), spans: match.spans });
    }
  }
  return { found, next: next !== null && next > 1 ? next : null };
}
