/** Held by the compiler: what the pages believe of the API (web/api/types.ts) is what the Worker sends. */

import type * as pages from '../../web/api/types.ts';
import type { EntryTrace } from '../../worker/desk/rpc/archive.ts';
import type { StatusNumbers } from '../../worker/desk/rpc/status.ts';
import type { ListedStory, StoriesRpc } from '../../worker/desk/rpc/stories.ts';
import type { ChannelStatus } from '../../worker/desk/table/channels.ts';
import type { DeliveryDetail, DeliveryNote, DeliverySummary } from '../../worker/desk/table/deliveries.ts';
import type { DevelopmentRecord, DevelopmentSummary } from '../../worker/desk/table/developments.ts';
import type { FeedStatus } from '../../worker/desk/table/pace.ts';

/** Does not compile where a value of `Sent` could not be taken for one of `Believed`. */
type Holds<Sent extends Believed, Believed> = [Sent, Believed];

export type Held = [
  Holds<DevelopmentRecord, pages.DevelopmentRecord>,
  Holds<DevelopmentSummary, pages.DevelopmentSummary>,
  Holds<DeliveryNote, pages.DeliveryNote>,
  Holds<ListedStory, pages.ListedStory>,
  Holds<NonNullable<ReturnType<StoriesRpc['get']>>, pages.WholeStory>,
  Holds<FeedStatus, pages.FeedStatus>,
  Holds<ChannelStatus, pages.ChannelStatus>,
  Holds<DeliverySummary, pages.DeliverySummary>,
  Holds<DeliveryDetail, pages.DeliveryDetail>,
  Holds<EntryTrace, Pick<pages.EntryTrace, keyof EntryTrace>>,
  Holds<StatusNumbers, Pick<pages.Status, keyof StatusNumbers>>,
];
