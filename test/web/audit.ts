/** What a browser can be asked of a page as it is drawn: runs in the page, as text. Each answer is a list of faults, empty where there are none. */

/** Beyond rounding. */
const SLACK_PX = 1.5;
const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';

/** Sideways scrolling of the whole page, and controls that are cut off or whose words do not fit. */
export function clipped(): string[] {
  const faults: string[] = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) faults.push(`the page scrolls sideways by ${wide} px`);
  const scope = document.querySelector('dialog[open]') ?? document.body;
  for (const control of scope.querySelectorAll<HTMLElement>(CONTROLS)) {
    if (!control.checkVisibility({ visibilityProperty: true }) || control.closest('.vh, .skip') !== null)
      continue;
    const box = control.getBoundingClientRect();
    if (box.width === 0 || inScroller(control)) continue;
    if (box.left < -SLACK_PX || box.right > innerWidth + SLACK_PX) faults.push(`outside: ${nameOf(control)}`);
    const by = cutBy(control, box);
    if (by !== null) faults.push(`cut by ${by}: ${nameOf(control)}`);
    // A text field scrolls what is typed into it.
    if (control.matches('input, textarea, .cm-content')) continue;
    if (
      control.scrollWidth > control.clientWidth + SLACK_PX &&
      getComputedStyle(control).overflowX !== 'visible'
    )
      faults.push(`its words do not fit: ${nameOf(control)}`);
  }
  return faults;

  /** In a part that scrolls by itself and can be reached. */
  function inScroller(of: HTMLElement): boolean {
    for (let at = of.parentElement; at !== null && at !== document.body; at = at.parentElement)
      if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return true;
    return false;
  }

  function cutBy(of: HTMLElement, box: DOMRect): string | null {
    for (let at = of.parentElement; at !== null && at !== document.body; at = at.parentElement) {
      if (!/hidden|clip/.test(getComputedStyle(at).overflowX)) continue;
      const edge = at.getBoundingClientRect();
      if (box.right > edge.right + SLACK_PX || box.left < edge.left - SLACK_PX)
        return at.className || at.tagName;
    }
    return null;
  }
}

/** In forced colours: controls without a line around or under them, and drawings in the colour of the paper. */
export function unlined(): string[] {
  const faults: string[] = [];
  const scope = document.querySelector('dialog[open]') ?? document.body;
  const paper = getComputedStyle(document.body).backgroundColor;
  for (const control of scope.querySelectorAll<HTMLElement>('button, input, select, textarea')) {
    if (!control.checkVisibility({ visibilityProperty: true }) || control.closest('.vh') !== null) continue;
    if (control.matches('input[type="radio"], input[type="checkbox"]')) continue;
    const style = getComputedStyle(control);
    const isBoxed = style.borderTopStyle !== 'none' && Number.parseFloat(style.borderTopWidth) >= 1;
    const hasGround = ![paper, 'rgba(0, 0, 0, 0)'].includes(style.backgroundColor);
    if (!isBoxed && !hasGround && !style.textDecorationLine.includes('underline'))
      faults.push(`no line: ${nameOf(control)}`);
    if (isBoxed && style.borderTopColor === paper) faults.push(`its border is paper: ${nameOf(control)}`);
  }
  faults.push(...undrawn(scope, paper));
  return [...new Set(faults)];
}

/** In forced colours, where grounds and shadows are gone: the chosen one of several, and the row with the bar, look like the others. */
export function unmarked(): string[] {
  const faults: string[] = [];
  const paper = getComputedStyle(document.body).backgroundColor;
  const look = (of: Element): string => {
    const { backgroundColor, borderBottomWidth, borderInlineStartWidth, outlineStyle } = getComputedStyle(of);
    return [backgroundColor, borderBottomWidth, borderInlineStartWidth, outlineStyle].join();
  };
  for (const chosen of document.querySelectorAll('nav a[aria-current], .seg [aria-pressed="true"]')) {
    const others = [...(chosen.closest('nav, .seg')?.querySelectorAll(chosen.tagName) ?? [])];
    if (others.some((other) => other !== chosen && look(other) === look(chosen)))
      faults.push(`looks like the others: ${nameOf(chosen)}`);
  }
  for (const row of document.querySelectorAll('li[aria-current], tr[aria-current] > td:first-child'))
    if (getComputedStyle(row, '::before').backgroundColor === paper)
      faults.push('the bar of the row is not seen');
  return faults;
}

/** Charts, pips and dots that are there and not seen. */
function undrawn(scope: Element, paper: string): string[] {
  const faults: string[] = [];
  for (const drawn of scope.querySelectorAll<SVGElement>('svg rect, svg circle, svg path, svg line')) {
    const { fill, stroke } = getComputedStyle(drawn);
    // A sign upon a filled dot.
    if (drawn.previousElementSibling?.tagName === 'circle') continue;
    const isLine = drawn.tagName === 'line';
    const colours = [...(isLine ? [] : [fill]), ...(stroke === 'none' ? [] : [stroke])];
    if (colours.length > 0 && colours.every((colour) => colour === paper || colour === 'none'))
      faults.push(`drawn in the colour of the paper: ${drawn.tagName}.${drawn.getAttribute('class') ?? ''}`);
  }
  return faults;
}

/** Of what has the focus: that it is there, on the screen, and has a line of two pixels around it. */
export function focusFaults(): string[] {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement) || activeElement === document.body) return [];
  const box = activeElement.getBoundingClientRect();
  const faults: string[] = [];
  if (box.width < 1 || box.height < 1) faults.push(`focus on nothing that is seen: ${nameOf(activeElement)}`);
  if (box.bottom < 0 || box.top > innerHeight) faults.push(`focus off the screen: ${nameOf(activeElement)}`);
  // The editor draws its own line around itself.
  const editor = activeElement.matches('.cm-content')
    ? activeElement.closest<HTMLElement>('.cm-editor')
    : null;
  const drawn = editor ?? activeElement;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(drawn);
  if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2)
    faults.push(`focus is not drawn: ${nameOf(activeElement)}`);
  if (outlineColor === getComputedStyle(document.body).backgroundColor)
    faults.push(`focus in the colour of the paper: ${nameOf(activeElement)}`);
  return faults;
}

/** What moves by itself, or would. */
export function moving(): string[] {
  const running = document
    .getAnimations()
    .filter((one) => one.playState === 'running')
    .map((one) => `runs: ${one instanceof CSSAnimation ? one.animationName : one.id || 'an animation'}`);
  const would = [...document.querySelectorAll<HTMLElement>('body, body *')].flatMap((one) => {
    const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(one);
    const seconds = `${transitionDuration},${animationDuration}`.split(',').map(Number.parseFloat);
    return seconds.some((of) => of > 0) || scrollBehavior === 'smooth' ? [`would move: ${nameOf(one)}`] : [];
  });
  return [...new Set([...running, ...would])];
}

/** How a fault names what it found. */
function nameOf(of: Element): string {
  const words = of.getAttribute('aria-label') ?? of.textContent ?? '';
  return `${of.tagName.toLowerCase()}.${of.getAttribute('class') ?? ''} “${words.trim().slice(0, 40)}”`;
}
