/** Text from a feed, as text nodes only, with its language, its writing direction and its marks. */
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

/** Attributes of an element that contains text from a feed. */
function languageOf(lang: string | null): { lang?: string; dir: 'ltr' | 'rtl' | 'auto' } {
  return lang === null ? { dir: 'auto' } : { lang, dir: directionOf(lang) };
}

function Part({ piece }: { readonly piece: Piece }): JSX.Element {
  if (piece.kind === 'control') {
    return (
      <span class="bidi" title="An invisible control character, shown by its name">
        {piece.name}
      </span>
    );
  }
  if (piece.styles.length === 0) return <>{piece.text}</>;
  return <mark class={piece.styles.map((style) => `m-${style}`).join(' ')}>{piece.text}</mark>;
}
