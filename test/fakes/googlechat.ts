/** Google Chat's webhook, as documented in 2026: cards v2, 32 KB, INVALID_ARGUMENT for all it does not know. */
import { bytesOf, type Fake, hasOnly, isLink, isObject, isText, json, objectOf } from './fake.ts';

export const googlechat: Fake = (request) => {
  const failed = (code: number, status: string) =>
    json(code, { error: { code, message: 'Invalid value', status } });
  const message = objectOf(request);
  if (message === null || bytesOf(request.body) > 32_000) return failed(400, 'INVALID_ARGUMENT');
  if (!hasOnly(message, 'fallbackText thread cardsV2') || !isText(message['fallbackText'], 4_096))
    return failed(400, 'INVALID_ARGUMENT');
  const { thread, cardsV2 } = message;
  if (!isObject(thread) || !isText(thread['threadKey'], 4_000)) return failed(400, 'INVALID_ARGUMENT');
  if (!Array.isArray(cardsV2) || cardsV2.length !== 1 || !isCard(cardsV2[0]))
    return failed(400, 'INVALID_ARGUMENT');
  return json(200, { name: 'spaces/A/messages/B' });
};

function isCard(card: unknown): boolean {
  if (!isObject(card) || !isText(card['cardId'], 64) || !isObject(card['card'])) return false;
  const { sections } = card['card'];
  return (
    Array.isArray(sections) &&
    sections.length <= 100 &&
    sections.every(
      (section) =>
        isObject(section) && Array.isArray(section['widgets']) && section['widgets'].every(isWidget),
    )
  );
}

function isWidget(widget: unknown): boolean {
  if (!isObject(widget) || Object.keys(widget).length !== 1) return false;
  const { textParagraph, buttonList } = widget;
  if (isObject(textParagraph)) return isText(textParagraph['text'], 32_000);
  const buttons = isObject(buttonList) ? buttonList['buttons'] : null;
  return Array.isArray(buttons) && buttons.length <= 6 && buttons.every(isButton);
}

function isButton(button: unknown): boolean {
  if (!isObject(button) || !isText(button['text'], 100) || !isObject(button['onClick'])) return false;
  const { openLink } = button['onClick'];
  return isObject(openLink) && isLink(openLink['url'], 4_000);
}
