/** Telegram's sendMessage, as documented in 2026: HTML entities parsed strictly, 4,096 characters behind them, 100 entities. */
import { readHtml } from '../syntax/html.ts';
import { SyntaxFault, textOf } from '../syntax/seen.ts';
import { type Fake, hasOnly, json, objectOf } from './fake.ts';

export const TELEGRAM_TOKEN = '123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11';
const TAGS = { b: [], i: [], u: [], s: [], code: [], pre: [], a: ['href'] };

export const telegram: Fake = (request) => {
  const failed = (error_code: number, description: string, parameters?: object) =>
    json(error_code, { ok: false, error_code, description, ...(parameters ? { parameters } : {}) });
  if (request.path !== `/bot${TELEGRAM_TOKEN}/sendMessage`) return failed(404, 'Not Found');
  const message = objectOf(request);
  if (message === null) return failed(400, 'Bad Request: message text is empty');
  const known = 'chat_id text parse_mode link_preview_options message_thread_id disable_notification';
  if (!hasOnly(message, known)) return failed(400, 'Bad Request: unknown field');
  const { chat_id, text, parse_mode } = message;
  if (chat_id === '-100') return failed(400, 'Bad Request: chat not found');
  if (chat_id === '-403') return failed(403, 'Forbidden: bot was kicked from the supergroup chat');
  if (chat_id === '-200')
    return failed(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: -1_001_234_567_890,
    });
  if (typeof text !== 'string' || !text.isWellFormed())
    return failed(400, 'Bad Request: strings must be encoded in UTF-8');
  let shown = text;
  if (parse_mode === 'HTML') {
    try {
      shown = textOf(readHtml(text, TAGS));
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      return failed(400, `Bad Request: can't parse entities: ${error.message}`);
    }
    // The real one drops what is beyond without a word; here that is a fault.
    if ((text.match(/<[abi][ >]/gu)?.length ?? 0) > 100) return failed(400, 'Bad Request: too many entities');
  }
  if (shown.trim() === '') return failed(400, 'Bad Request: message text is empty');
  if (shown.length > 4_096) return failed(400, 'Bad Request: message is too long');
  return json(200, { ok: true, result: { message_id: 1, chat: { id: chat_id } } });
};
