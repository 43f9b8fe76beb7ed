/** Properties of every page. A file of its own, so that pages need not import the routes, which import the pages. */
export interface PageProps {
  /** Named parts of the path: `{id}` for `/stories/:id`. */
  readonly params: Readonly<Record<string, string>>;
}
