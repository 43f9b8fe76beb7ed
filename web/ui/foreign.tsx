/** Text from a feed: text nodes only, in its language and from its side, with the words that matched. */
import type { JSX } from 'preact';
import { cut, directionOf, type Marked, type Piece } from '../text/cut.ts';

interface ForeignProps {
  readonly text: string;
  readonly lang: string | null;
  readonly marks?: readonly Marked[];
  readonly class?: string;
  readonly as?: 'span' | 'p' | 'bdi' | 'q';
}

export function Foreign({
  text,
  lang,
  marks = [],
  class: name,
  as: Tag = 'span',
}: ForeignProps): JSX.Element {
  return (
    <Tag {...languageOf(lang)} {...(name === undefined ? {} : { class: name })}>
      {cut(text, marks).map((piece, i) => (
        <Part key={i} piece={piece} />
      ))}
    </Tag>
  );
}

/** Attributes of an element that holds foreign text. */
function languageOf(lang: string | null): { lang?: string; dir: 'ltr' | 'rtl' | 'auto' } {
  return lang === null ? { dir: 'auto' } : { lang, dir: directionOf(lang) };
}

function Part({ piece }: { readonly piece: Piece }): JSX.Element {
  if (piece.kind === 'control') {
    return (
      <span class="bidi" title="A character that turns text around, shown and not obeyed">
        {piece.name}
      </span>
    );
  }
  if (piece.styles.length === 0) return <>{piece.text}</>;
  return <mark class={piece.styles.map((style) => `m-${style}`).join(' ')}>{piece.text}</mark>;
}
