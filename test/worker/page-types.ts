/** Held by the compiler: what the pages believe of the API (web/api/types.ts) is what the Worker sends. */

import type * as pages from '../../web/api/types.ts';
import type { ChannelStatus } from '../../worker/desk/channel-state.ts';
import type { DeliveryDetail, DeliverySummary } from '../../worker/desk/dead-letters.ts';
import type { DeliveryNote } from '../../worker/desk/deliveries.ts';
import type { DevelopmentNote } from '../../worker/desk/developments.ts';
import type { FeedStatus } from '../../worker/desk/pace.ts';
import type { EntryTrace } from '../../worker/desk/rooms/archive-room.ts';
import type { StatusNumbers } from '../../worker/desk/rooms/status-room.ts';
import type { ListedStory, StoryRoom } from '../../worker/desk/rooms/story-room.ts';
import type { ToldNote } from '../../worker/desk/told.ts';

/** Does not compile where a value of `Sent` could not be taken for one of `Believed`. */
type Holds<Sent extends Believed, Believed> = [Sent, Believed];

export type Held = [
  Holds<ToldNote, pages.ToldNote>,
  Holds<DevelopmentNote, pages.DevelopmentNote>,
  Holds<DeliveryNote, pages.DeliveryNote>,
  Holds<ListedStory, pages.ListedStory>,
  Holds<NonNullable<ReturnType<StoryRoom['get']>>, pages.WholeStory>,
  Holds<FeedStatus, pages.FeedStatus>,
  Holds<ChannelStatus, pages.ChannelStatus>,
  Holds<DeliverySummary, pages.DeliverySummary>,
  Holds<DeliveryDetail, pages.DeliveryDetail>,
  Holds<EntryTrace, Pick<pages.EntryTrace, keyof EntryTrace>>,
  Holds<StatusNumbers, Pick<pages.Status, keyof StatusNumbers>>,
];
