/** What every page is given. Apart from the routes, which name the pages: a page does not know its neighbours. */
export interface PageProps {
  /** Parts of the path: `{id}` for `/stories/:id`. */
  readonly params: Readonly<Record<string, string>>;
}
