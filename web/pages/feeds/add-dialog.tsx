/** Adds a feed by its address or by the address of a site. The service first requests the address as a poll would. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FeedLook, FeedStatus } from '../../../lib/api/feeds.ts';
import { lookInto } from '../../api/calls.ts';
import { changeNow } from '../../state/document.ts';
import { formatName } from '../../text/feed.ts';
import { count } from '../../text/format.ts';
import { editReason, reasonOf } from '../../text/reason.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { Time } from '../../ui/time.tsx';

interface AddFeedProps {
  readonly known: readonly FeedStatus[];
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

const ENTRIES_SHOWN = 6;

export function AddFeedDialog({ known, onClose, onAdded }: AddFeedProps): JSX.Element {
  const [address, setAddress] = useState('');
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const [look, setLook] = useState<FeedLook | null>(null);
  const ask = async (url: string): Promise<void> => {
    setAddress(url);
    setBusy(true);
    setWhy(null);
    setLook(null);
    const full = /^https?:/i.test(url) ? url : `https://${url}`;
    try {
      if (URL.canParse(full)) setLook(await lookInto(full));
      else setWhy('This is not a valid address, such as https://example.org/feed.');
    } catch (error) {
      // Outcome: the publisher did not answer, or the service did not.
      setWhy(reasonOf(error));
    }
    setBusy(false);
  };
  const isKnown = look !== null && known.some(({ url }) => url === look.url);
  return (
    <Dialog title="Add a feed" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (address.trim() !== '') void ask(address.trim());
        }}
      >
        <label>
          Address of a feed, or of a site that has one
          <span class="addword">
            <input
              type="text"
              inputMode="url"
              value={address}
              onInput={(event) => setAddress(event.currentTarget.value)}
            />
            <button type="submit" class="b" disabled={busy}>
              {busy ? 'Checking…' : 'Check address'}
            </button>
          </span>
        </label>
      </form>
      {why !== null && (
        <p class="note" role="status">
          <b class="no">No feed found.</b> {why}
        </p>
      )}
      {look !== null && look.format === null && <Discovered look={look} onPick={(url) => void ask(url)} />}
      {look !== null && look.format !== null && isKnown && (
        <p class="note">This feed is already in the document.</p>
      )}
      {look !== null && look.format !== null && !isKnown && (
        <AddForm look={look} onClose={onClose} onAdded={onAdded} />
      )}
    </Dialog>
  );
}

function Discovered({
  look,
  onPick,
}: {
  readonly look: FeedLook;
  readonly onPick: (url: string) => void;
}): JSX.Element {
  if (look.discovered.length === 0)
    return (
      <p class="note" role="status">
        <b class="no">No feed found.</b> The address is not a valid feed, and the page links to none.
      </p>
    );
  return (
    <>
      <p class="note">This is a page that links to {count(look.discovered.length, 'feed')}:</p>
      <ul class="pick">
        {look.discovered.map(({ url, title }) => (
          <li key={url}>
            <button type="button" class="b text" onClick={() => onPick(url)}>
              <bdi>{title ?? url}</bdi>
            </button>{' '}
            <span class="u">{url}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the feed lists: title, format, problems, and its first entries. */
function Contents({ look }: { readonly look: FeedLook }): JSX.Element {
  const { format, problems, entries, title } = look;
  return (
    <>
      <p>
        <b>
          <bdi>{title ?? 'A feed without a title'}</bdi>
        </b>
        , {format !== null && formatName(format)}, {count(look.count, 'entry', 'entries')}
        {problems.length > 0 && `, ${count(problems.length, 'problem')}: ${problems[0]?.message}`}.
      </p>
      <ul class="peek">
        {entries.slice(0, ENTRIES_SHOWN).map(({ title: words, language, published }, i) => (
          <li key={i}>
            <Foreign class="t" text={words ?? 'without a title'} lang={language ?? look.language} />{' '}
            <span class="s xs">{published === null ? 'undated' : <Time at={published} />}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function AddForm({
  look,
  onClose,
  onAdded,
}: { readonly look: FeedLook } & Pick<AddFeedProps, 'onClose' | 'onAdded'>): JSX.Element {
  const [publisher, setPublisher] = useState(look.title ?? '');
  const [lang, setLang] = useState(look.language ?? '');
  const [country, setCountry] = useState('');
  const [tags, setTags] = useState('');
  const [why, setWhy] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const given = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  const add = async (): Promise<void> => {
    setBusy(true);
    try {
      await changeNow({
        kind: 'add-feeds',
        feeds: [
          {
            url: look.url,
            publisher: given(publisher),
            lang: given(lang),
            country: given(country)?.toUpperCase() ?? null,
            tags: tags.split(',').flatMap((tag) => given(tag) ?? []),
          },
        ],
      });
      onAdded();
      onClose();
    } catch (error) {
      // Outcome: the edit or the service refuses. The dialog stays open, with what was typed.
      setWhy(editReason(error));
      setBusy(false);
    }
  };
  return (
    <form
      class="ruleform"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Contents look={look} />
      <div class="fields">
        <Field label="Publisher" value={publisher} onInput={setPublisher} />
        <Field label="Language code, e.g. fr or zh-Hant" value={lang} onInput={setLang} />
        <Field label="Country code, e.g. FR" value={country} onInput={setCountry} />
        <Field label="Tags, separated by commas" value={tags} onInput={setTags} />
      </div>
      {why !== null && (
        <p class="note" role="alert">
          <b class="no">Not added:</b> {why}
        </p>
      )}
      <p class="acts">
        <button type="submit" class="b main" disabled={busy}>
          {busy ? 'Adding…' : 'Add feed'}
        </button>
        <button type="button" class="b" onClick={onClose}>
          Cancel <kbd>Esc</kbd>
        </button>
      </p>
      <p class="s xs">Items already in the feed will not alert.</p>
    </form>
  );
}

function Field({
  label,
  value,
  onInput,
}: {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}): JSX.Element {
  return (
    <label>
      {label}
      <input type="text" value={value} onInput={(event) => onInput(event.currentTarget.value)} />
    </label>
  );
}
