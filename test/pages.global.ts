/** Builds the pages once, before the projects that serve them: services that start side by side find them built. */
import { bundleWeb } from '../cli/local/bundle-web.ts';

export default async function buildPages(): Promise<void> {
  await bundleWeb();
}
