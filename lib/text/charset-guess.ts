/** Guesses the encoding of bytes that are not UTF-8 and have no label, by decoding them with each candidate. */

/** Bytes that are examined: one title is enough. */
const SAMPLE_BYTES_MAX = 20_000;
/** Share of the characters beyond ASCII that must be common in the language. */
const SHARE_MIN = 0.5;

/** Encoding and the most common characters of its languages. Of equal shares, the earlier one wins. */
const CANDIDATES: readonly (readonly [encoding: string, common: RegExp])[] = [
  ['shift_jis', /[\u3041-\u30fe\u3001\u3002]/g],
  ['euc-jp', /[\u3041-\u30fe\u3001\u3002]/g],
  ['euc-kr', /[\uac00-\ud7a3]/g],
  [
    'gbk',
    /[的一是不在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运，。、：“”《》（）]/g,
  ],
  [
    'big5',
    /[的一是不在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作里用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運，。、：「」《》（）很希址其容助感謝改錯]/g,
  ],
  ['windows-1251', /[оеаинтсрвлкмдпуяыьгзбчйхжшю]/g],
  ['koi8-r', /[оеаинтсрвлкмдпуяыьгзбчйхжшю]/g],
  ['windows-874', /[านรอกเงมยลวดทตสบปคหะใแไ่้ีัิืุู]/g],
  ['windows-1255', /[\u05d0-\u05ea]/g],
  ['windows-1256', /[\u0621-\u064a]/g],
  ['windows-1253', /[αεηιοτσνρκπλυμδγςωάέήίόύώ]/g],
];

/** @returns a WHATWG label; null: no legacy charset is more likely than windows-1252 */
export function guessCharset(bytes: Uint8Array): string | null {
  const sample = evenSample(bytes.subarray(0, SAMPLE_BYTES_MAX));
  if (!isDense(sample)) return null;
  let best: string | null = null;
  let most = SHARE_MIN;
  for (const [encoding, common] of CANDIDATES) {
    const share = shareOf(sample, encoding, common);
    if (share <= most) continue;
    most = share;
    best = encoding;
  }
  return best;
}

/** Ends the sample at a line or tag, so that no character is cut. */
function evenSample(bytes: Uint8Array): Uint8Array {
  if (bytes.length < SAMPLE_BYTES_MAX) return bytes;
  return bytes.subarray(0, Math.max(bytes.lastIndexOf(0x0a), bytes.lastIndexOf(0x3e), 0) + 1);
}

/** In European texts characters beyond ASCII are isolated; in these scripts they are adjacent. */
function isDense(bytes: Uint8Array): boolean {
  let high = 0;
  let beside = 0;
  for (let i = 1; i < bytes.length; i++) {
    if ((bytes[i] ?? 0) < 0x80) continue;
    high += 1;
    if ((bytes[i - 1] ?? 0) >= 0x80) beside += 1;
  }
  return high > 0 && beside * 5 >= high * 2;
}

/**
 * Share of common characters among those beyond ASCII, minus twice the share of broken ones; 0 for too many of these.
 */
function shareOf(bytes: Uint8Array, encoding: string, common: RegExp): number {
  const text = new TextDecoder(encoding).decode(bytes);
  const beyond = text.match(/[^\0-\x7f]/g)?.length ?? 0;
  const broken = text.match(/[\ufffd\ue000-\uf8ff\uff61-\uff9f]/g)?.length ?? 0;
  if (beyond === 0 || broken * 20 > beyond) return 0;
  return ((text.match(common)?.length ?? 0) - broken * 2) / beyond;
}
