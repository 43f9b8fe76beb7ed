/** Data for recognising languages: script ranges, and the most common words of languages that share a script. Hand-written. */

/** Sorted ranges of UTF-16 units → the only language of the script, or the key of its word lists below. */
export const SCRIPTS: readonly (readonly [from: number, to: number, script: string])[] = [
  [0x41, 0x5a, 'Latn'],
  [0x61, 0x7a, 'Latn'],
  [0xc0, 0x24f, 'Latn'],
  [0x370, 0x3ff, 'el'],
  [0x400, 0x52f, 'Cyrl'],
  [0x531, 0x58a, 'hy'],
  [0x591, 0x5f4, 'he'],
  [0x600, 0x6ff, 'Arab'],
  [0x750, 0x77f, 'Arab'],
  [0x900, 0x97f, 'Deva'],
  [0x980, 0x9ff, 'bn'],
  [0xa00, 0xa7f, 'pa'],
  [0xa80, 0xaff, 'gu'],
  [0xb00, 0xb7f, 'or'],
  [0xb80, 0xbff, 'ta'],
  [0xc00, 0xc7f, 'te'],
  [0xc80, 0xcff, 'kn'],
  [0xd00, 0xd7f, 'ml'],
  [0xd80, 0xdff, 'si'],
  [0xe00, 0xe7f, 'th'],
  [0xe80, 0xeff, 'lo'],
  [0xf00, 0xfff, 'bo'],
  [0x1000, 0x109f, 'my'],
  [0x10a0, 0x10ff, 'ka'],
  [0x1100, 0x11ff, 'ko'],
  [0x1200, 0x139f, 'am'],
  [0x1780, 0x17ff, 'km'],
  [0x1e00, 0x1eff, 'Latn'],
  [0x1f00, 0x1fff, 'el'],
  [0x3041, 0x30ff, 'ja'],
  [0x3131, 0x318e, 'ko'],
  [0x3400, 0x4dbf, 'zh'],
  [0x4e00, 0x9fff, 'zh'],
  [0xac00, 0xd7a3, 'ko'],
  [0xfb50, 0xfdff, 'Arab'],
  [0xfe70, 0xfeff, 'Arab'],
];

const LATIN = {
  en: 'the of and to in is for on that with as at by from has have was were are be it its after over will not an who says said his their which but more than',
  fr: 'le la les des du de et en un une est que qui dans pour sur au aux par pas plus avec ce cette son ses après été sont à ont selon leur mais contre entre',
  de: 'der die das und ist nicht ein eine einen einem einer mit von zu den dem des im für auf sich auch nach bei aus wird werden hat haben sind über als vor zum zur wie gegen um',
  es: 'el la los las de del y en un una es que por para con no se su sus al como más pero tras fue son ha han sobre entre este esta según desde contra lo dice después también muy ya años será donde cuando los hasta',
  it: 'il lo la gli le di del della dei delle degli e è un una che per con non si nel nella al alla da dal dalla sono ha anche come più ma dopo contro tra sul sulla ai',
  pt: 'o os as de do da dos das e em no na nos nas um uma que para com não por mais se foi ao à são após como mas pelo pela sobre também entre seu sua diz contra é',
  nl: 'de het een en van in is dat op te met voor niet zijn aan er ook bij door naar om maar uit heeft hebben worden wordt over na nog tegen dan als meer was',
  pl: 'w i z na do nie się że jest to o od po za przez dla jak ale oraz są był było będzie ze przed przy który która które może jego tym co już',
  cs: 'a v na se je že s z do o pro ve po za od by k ale jako při také které který která byl bylo byla jsou podle ze už před jeho nebo má až než',
  sk: 'a v na sa je že s z do o pre vo po za od by k ale ako pri tiež ktoré ktorý ktorá bol bolo bola sú podľa zo už pred jeho alebo má až než',
  hu: 'a az és hogy nem is egy ez volt meg csak már de még mint után szerint ki el lesz vagy ha több között azt be amely miatt fel',
  ro: 'de și în la cu pe din pentru că nu a al ale un o este care sunt fost mai după prin fi au se ce sau dar către între unei unui lui până',
  tr: 've bir bu da de için ile olarak daha çok en gibi kadar sonra olan göre var yeni ama ne değil ise oldu dedi etti türkiye olduğu',
  sv: 'och att det i en på är av som för med den till inte har de om ett men var från vid efter sig kan nu ska även under mot så här',
  da: 'og at det i en på er af som for med den til ikke har de om et men var fra ved efter sig kan nu skal også under mod så her blev efter ud',
  nb: 'og at det i en på er av som for med den til ikke har de om et men var fra ved etter seg kan nå skal også under mot så her ble ut',
  fi: 'ja on ei se että oli myös mutta kun ovat joka hän sen tai kuin vain jo nyt mukaan voi sekä ole olla joita ovat kanssa jälkeen vuoden',
  et: 'ja on ei et see oma ka kui mis oli aga siis nii või kes ta selle pole oleks ning pärast eest üle juba veel',
  lv: 'un ir ka par no ar uz kas lai bet arī tas pēc būs bija gan vai viņš līdz to kā jau vēl nav gada',
  lt: 'ir yra kad tai su iš į bet apie kaip buvo už jau per savo dėl prie tik nuo bus ar jo po metų nėra',
  id: 'yang dan di dari untuk dengan ini itu pada tidak akan dalam ke oleh telah sebagai juga adalah karena para bisa atau saat kata lebih sudah',
  vi: 'và của là có trong cho được với không các một người đã những này khi để từ ở vào ra đến về sẽ năm',
  hr: 'i u je na se da su za od s o koji koje koja ne bi kako nakon iz ali više što nije će te bio protiv među prema tijekom',
  sl: 'in je v na se da so za s o ki ne bi po iz pa ali več kot ni bo še tudi bil pri do ter med proti',
  ca: 'el la els les de del i en un una és que per amb no es al com més però seva ha han dels pel als aquest aquesta després són segons',
  sq: 'të e në i për me nga që një është u si dhe nuk ka do janë pas se por këtë më duke këto kjo',
  is: 'og að í á er það sem til um við en var ekki með af fyrir hann verið hefur eru frá eftir þetta því segir',
  sw: 'ya na wa kwa ni katika za la kuwa hiyo huo pia baada yake hii hilo watu alisema kwamba lakini',
  tl: 'ang ng sa na mga ay at si ni kay para ito hindi may naman niya rin nang kung isang',
  af: 'die en van in is het dat nie met op vir te ’n aan by om hy sy wat ook was uit na oor word sal deur',
  az: 'və bir bu da də üçün ilə olan daha çox kimi sonra görə ki edib olub deyib isə haqqında',
};

const CYRILLIC = {
  ru: 'и в не на что с по как это но из от за к для о его у был была были будет после при также или уже до об еще она они под которые',
  uk: 'і в не на що з та як це але із від за до для про його у був була були буде після при також або вже є й під які ще',
  bg: 'и в не на че с за се от да е са по как но като до със при ще бе или това след към над има които през още му',
  sr: 'и у не на је да се од за су са по као али из до или то после ће није који која које бити што би поред',
  mk: 'и во не на е дека се од за со по како но до или тоа по ќе беше има кои што би ги го веќе',
  be: 'і ў не на што з да як гэта але за па ад для пра яго у быў была былі будзе пасля пры таксама або ужо якія',
  kk: 'және бір бұл мен да де үшін бойынша деп осы болды еді туралы бар кейін қазақстан оның',
  mn: 'нь байна болон энэ юм гэж байгаа монгол улсын оны бол тухай',
};

const ARABIC = {
  ar: 'في من على إلى أن عن مع التي الذي هذا هذه بعد لم ما لا كان كانت قال بين ذلك قد خلال حول ضد بن وقد إن',
  fa: 'در از به که و را با این است برای آن می شد کرد یک تا بر هم شده گفت نیز اما پس های خود ای',
  ur: 'کے کی میں کا ہے اور سے کو نے پر یہ کہ ہیں تھا گیا بھی لیے ایک ہو کر نہیں اس جو تھے',
  ps: 'په د چې او له کې ته ده دی سره یې دا شوي هم څخه وي کړي',
  ckb: 'لە بۆ و کە بە ئەو لەگەڵ ئەم دەکات بوو هەر نییە',
};

const DEVANAGARI = {
  hi: 'के में की है और से का को ने पर यह कि हैं था भी एक हो कर नहीं इस लिए गया',
  mr: 'आहे आणि या च्या मध्ये ने होते केली नाही हे ते ही तर झाली असे पण की',
  ne: 'छ र को मा ले छन् गरेको भएको पनि हो यो लागि गर्न भने थियो',
};

/** Inverts the lists. */
function byWord(lists: Record<string, string>): Map<string, string[]> {
  const words = new Map<string, string[]>();
  for (const [language, list] of Object.entries(lists)) {
    for (const word of new Set(list.split(' '))) words.set(word, [...(words.get(word) ?? []), language]);
  }
  return words;
}

const LISTS = new Map<string, Record<string, string>>([
  ['Latn', LATIN],
  ['Cyrl', CYRILLIC],
  ['Arab', ARABIC],
  ['Deva', DEVANAGARI],
]);
const unpacked = new Map<string, ReadonlyMap<string, readonly string[]>>();

/** @returns word → languages in which it is common; undefined: only one language uses the script. Unpacked on first use */
export function wordsOf(script: string): ReadonlyMap<string, readonly string[]> | undefined {
  const lists = LISTS.get(script);
  const known = unpacked.get(script);
  if (lists === undefined || known !== undefined) return known;
  const words = byWord(lists);
  unpacked.set(script, words);
  return words;
}
