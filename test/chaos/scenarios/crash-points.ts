/**
 * C03: killed at each named point, once on the way out and once on the way back. Some points are seen from outside (the
 * feed has answered, the receiver has taken), the others are announced by the wrapper, which waits there to be killed.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { feedsOf, hooksOf, stormRule, stormWanted } from '../document.ts';
import { type Outcome, outcomeOf, type Rig } from '../rig.ts';

/** In the order in which an entry passes them. */
const POINTS = [
  'claim-before',
  'claim-after',
  'served',
  'accept-before',
  'accept-after',
  'kv-before',
  'kv-after',
  'alarm-before',
  'send-before',
  'taken',
  'answered',
  'send-answered',
  'alarm-after',
] as const;

export async function crashPoints(rig: Rig): Promise<Outcome> {
  const feed = await rig.feed('flow');
  const receiver = await rig.receiver();
  const control = await Control.open();
  rig.kept(control);
  const reached: string[] = [];
  rig.configure({
    feeds: feedsOf([feed]),
    rules: [stormRule(['hook'])],
    channels: hooksOf(['hook'], (name) => receiver.hook(name)),
  });
  await rig.launch('current');
  await rig.tick();
  feed.news = true;
  const rounds = rig.size(1, 2);
  for (const point of Array.from({ length: rounds }, () => POINTS).flat()) {
    await rig.order({ control: control.url });
    let kill: Promise<void> | null = null;
    const now = (): void => {
      kill ??= rig.kill();
    };
    control.arm(point, now);
    const off = rig.log.on((event) => {
      if (event.kind === point) now();
    });
    receiver.onTaken = () => {
      if (point === 'taken') now();
    };
    feed.publish(3);
    void rig.tick();
    if (await rig.until(() => kill !== null, 20_000)) reached.push(point);
    await (kill ?? rig.kill());
    off();
    control.arm('', () => {});
    receiver.onTaken = () => {};
    await rig.launch('current');
    await rig.tick();
  }
  for (let i = 0; i < 3; i++) await rig.tick();
  const verdict = await rig.settled([stormWanted(['hook'])], 30_000);
  const missed = POINTS.filter((point) => !reached.includes(point));
  return outcomeOf(verdict, {
    problems: missed.length === 0 ? [] : [`never killed at ${missed.join(', ')}`],
    figures: { points: POINTS.length },
  });
}

/** Where the wrapper announces its points. The armed one is never answered: whoever waits there is killed there. */
class Control {
  url = '';
  #point = '';
  #act: () => void = () => {};
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      if (request.url === `/${this.#point}`) this.#act();
      else response.end();
    });
  }

  static async open(): Promise<Control> {
    const control = new Control();
    await new Promise<void>((done) => control.#server.listen(0, '127.0.0.1', done));
    control.url = `http://127.0.0.1:${(control.#server.address() as AddressInfo).port}`;
    return control;
  }

  arm(point: string, act: () => void): void {
    this.#point = point;
    this.#act = act;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
