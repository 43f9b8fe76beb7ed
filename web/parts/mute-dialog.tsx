/** Until when, what, and why: the three things that a mute is made of. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ListedStory, Mute } from '../api/types.ts';
import { Dialog } from './dialog.tsx';
import { moment, type Zone, zoneName } from './format.ts';
import { lookoutNow } from './pulse.ts';
import { useZone } from './time.tsx';

interface MuteDialogProps {
  readonly story: Pick<ListedStory, 'id' | 'rule' | 'ruleTitle'>;
  readonly onMute: (mute: Mute) => void;
  readonly onClose: () => void;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** `until I unmute it`: ten years. */
const EVER_MS = 3_650 * DAY_MS;

/** Ends of a mute, counted from now. */
export function mutesUntil(now: number, zone: Zone): readonly (readonly [at: number, words: string])[] {
  const day = new Date(now);
  if (zone === 'utc') day.setUTCHours(24 + 8, 0, 0, 0);
  else day.setHours(24 + 8, 0, 0, 0);
  const tomorrow = day.getTime();
  const when = (at: number): string => `${moment(at, zone, now)} ${zoneName(zone)}`;
  return [
    [now + 4 * HOUR_MS, `for 4 hours, until ${when(now + 4 * HOUR_MS)}`],
    [tomorrow, `until tomorrow morning, ${when(tomorrow)}`],
    [now + 7 * DAY_MS, `for a week, until ${when(now + 7 * DAY_MS)}`],
    [now + EVER_MS, 'until I unmute it'],
  ];
}

export function MuteDialog({ story, onMute, onClose }: MuteDialogProps): JSX.Element {
  const zone = useZone();
  const [now] = useState(lookoutNow());
  const [until, setUntil] = useState(1);
  const [scope, setScope] = useState<'story' | 'rule'>('story');
  const [reason, setReason] = useState('');
  const ends = mutesUntil(now, zone);
  const submit = (event: Event): void => {
    event.preventDefault();
    onMute({
      scope,
      target: scope === 'story' ? story.id : story.rule,
      until: new Date(ends[until]?.[0] ?? now).toISOString(),
      reason: reason.trim() === '' ? null : reason.trim(),
    });
  };
  return (
    <Dialog title={scope === 'story' ? 'Mute this story' : 'Mute this rule'} onClose={onClose}>
      <p>Entries are still read, matched and kept. No alert is sent.</p>
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
          {ends.map(([at, words], i) => (
            <Option key={at} name="until" checked={until === i} onPick={() => setUntil(i)}>
              {words}
            </Option>
          ))}
        </fieldset>
        <label>
          Reason, for whoever comes after you
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
