/** Asks what to mute, until when, and why. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ListedStory, Mute } from '../../lib/api/stories.ts';
import { FIGURE_RISE_MIN } from '../../lib/model/limits.ts';
import { DAY_MS, HOUR_MS } from '../../lib/model/time.ts';
import { serviceNow } from '../state/live-status.ts';
import { figure, moment, type Zone, zoneName } from '../text/format.ts';
import { Dialog } from './dialog.tsx';
import { useZone } from './time.tsx';

interface MuteDialogProps {
  readonly story: Pick<ListedStory, 'id' | 'rule' | 'ruleTitle' | 'figures'>;
  readonly onMute: (mute: Mute) => void;
  readonly onClose: () => void;
}

/** Ten years, for `until I unmute it`. */
const EVER_MS = 3_650 * DAY_MS;

interface End {
  readonly at: number;
  readonly endsOn: Mute['endsOn'];
  readonly words: string;
}

/** Choices for the end of a mute. @param now ms since 1970. @param figures of the muted story; null: a rule is muted */
export function mutesUntil(now: number, zone: Zone, figures: ListedStory['figures'] | null): readonly End[] {
  const day = new Date(now);
  if (zone === 'utc') day.setUTCHours(24 + 8, 0, 0, 0);
  else day.setHours(24 + 8, 0, 0, 0);
  const tomorrow = day.getTime();
  const when = (at: number): string => `${moment(at, zone, now)} ${zoneName(zone)}`;
  const at = (time: number, words: string): End => ({ at: time, endsOn: null, words });
  return [
    at(now + 4 * HOUR_MS, `for 4 hours, until ${when(now + 4 * HOUR_MS)}`),
    at(tomorrow, `until tomorrow morning, ${when(tomorrow)}`),
    at(now + 7 * DAY_MS, `for a week, until ${when(now + 7 * DAY_MS)}`),
    at(now + EVER_MS, 'until I unmute it'),
    ...(figures === null || figures.length === 0
      ? []
      : [{ at: now + EVER_MS, endsOn: 'figure', words: largerWords(figures) } as const]),
  ];
}

/** `until a larger figure, from 14,400`; without the number if the story counts different things. */
function largerWords(figures: ListedStory['figures']): string {
  const counted = new Set(figures.map(({ of }) => of));
  const from = Math.ceil(Math.max(...figures.map(({ value }) => value)) * FIGURE_RISE_MIN);
  return counted.size === 1 ? `until a larger figure, from ${figure(from)}` : 'until a larger figure';
}

export function MuteDialog({ story, onMute, onClose }: MuteDialogProps): JSX.Element {
  const zone = useZone();
  const [now] = useState(serviceNow());
  const [until, setUntil] = useState(1);
  const [scope, setScope] = useState<'story' | 'rule'>('story');
  const [reason, setReason] = useState('');
  const ends = mutesUntil(now, zone, scope === 'story' ? story.figures : null);
  const end = ends[until] ?? ends[1];
  const submit = (event: Event): void => {
    event.preventDefault();
    onMute({
      scope,
      target: scope === 'story' ? story.id : story.rule,
      until: new Date(end?.at ?? now).toISOString(),
      endsOn: end?.endsOn ?? null,
      reason: reason.trim() === '' ? null : reason.trim(),
    });
  };
  return (
    <Dialog title={scope === 'story' ? 'Mute this story' : 'Mute this rule'} onClose={onClose}>
      <p>Entries are still read, matched and stored. No alert is sent.</p>
      <form onSubmit={submit}>
        <fieldset>
          <legend>What</legend>
          <Option name="scope" checked={scope === 'story'} onPick={() => setScope('story')}>
            this story
          </Option>
          <Option name="scope" checked={scope === 'rule'} onPick={() => setScope('rule')}>
            the whole rule, <bdi>{story.ruleTitle}</bdi>
          </Option>
        </fieldset>
        <fieldset>
          <legend>Until</legend>
          {ends.map((one, i) => (
            <Option key={one.words} name="until" checked={one === end} onPick={() => setUntil(i)}>
              {one.words}
            </Option>
          ))}
        </fieldset>
        <label>
          Reason, shown to other users
          <input
            type="text"
            maxLength={300}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
        <p class="acts">
          <button type="submit" class="b main">
            Mute
          </button>
          <button type="button" class="b" onClick={onClose}>
            Cancel <kbd>Esc</kbd>
          </button>
        </p>
      </form>
    </Dialog>
  );
}

interface OptionProps {
  readonly name: string;
  readonly checked: boolean;
  readonly onPick: () => void;
  readonly children: preact.ComponentChildren;
}

function Option({ name, checked, onPick, children }: OptionProps): JSX.Element {
  return (
    <label class="opt">
      <input type="radio" name={name} checked={checked} onChange={onPick} /> <span>{children}</span>
    </label>
  );
}
