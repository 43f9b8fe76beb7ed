/** The one package of the benchmark that ships no types. */
declare module 'ahocorasick' {
  export default class AhoCorasick {
    constructor(terms: string[]);
    search(text: string): unknown;
  }
}
