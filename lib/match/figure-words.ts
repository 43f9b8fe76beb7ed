/** Words around figures, folded: multipliers, number words, counters, what makes a figure a date, money or a share. */
import { foldText } from '../text/fold.ts';

/** `word` or `stem*`, by what it multiplies with. */
const MULTIPLIERS: readonly (readonly [number, string])[] = [
  [100, 'hundred'],
  [
    1e3,
    'thousand* k tsd tausend* mille mil mila milhar* тыс тысяч* тисяч* tys tysiąc* tysięc* tisíc* tisic* bin bine mii ' +
      'ezer* χιλ* хиляд* хиљад* hiljad* tisuć* tuhat* tuhan* tusen tusind duizend* ألف الف آلاف الاف ألفا אלף אלפי אלפים ' +
      'هزار हज़ार हजार ribu nghìn ngàn nghin พัน libo tūkst* tuhat',
  ],
  [1e4, 'หมื่น'],
  [1e5, 'แสน लाख lakh'],
  [
    1e6,
    'million* mln mio млн миллион* мільйон* milyon* millió* miljoen* miljon* miljoon* مليون ملايين میلیون מיליון juta ' +
      'triệu ล้าน milhão milhões millón millones milion* εκατομμ* милион*',
  ],
  [1e9, 'billion* milliard* млрд mrd milyar* miliard* миллиард* мільярд* مليار میلیارد'],
];
const NUMBER_WORDS: readonly (readonly [number, string])[] = [
  [1, 'a one une un eine ein uma una mil'],
  [1.5, 'полторы полтори półtora'],
  [2, 'two deux zwei dos due dois duas две два дві dwa dwie iki två to'],
  [3, 'three trois drei tres tre três три trzy üç'],
  [4, 'four quatre vier cuatro quattro quatro четыре чотири cztery dört'],
  [5, 'five cinq fünf cinco cinque пять пʼять pięć beş fem'],
  [6, 'six sechs seis sei шесть шість sześć altı'],
  [7, 'seven sept sieben siete sette sete семь сім siedem yedi'],
  [8, 'eight huit acht ocho otto oito восемь вісім osiem sekiz'],
  [9, 'nine neuf neun nueve nove девять дев’ять dziewięć dokuz'],
  [10, 'ten dix zehn diez dieci dez десять dziesięć on tio ti tien kymmenen'],
  [11, 'eleven onze elf once undici одиннадцать одинадцять jedenaście'],
  [12, 'twelve douze zwölf doce dodici doze двенадцать дванадцять dwanaście tolv'],
  [15, 'fifteen quinze fünfzehn quince quindici пятнадцать piętnaście femton'],
  [20, 'twenty vingt zwanzig veinte venti vinte двадцать двадцять dwadzieścia yirmi'],
];
/** A figure of tens of thousands, named without digits: at least two of them. */
const TENS_OF_THOUSANDS =
  /tens of thousands|dizaines de milliers|zehntausende\p{L}?|decenas de miles|decine di migliaia|dezenas de milhares|десятк\p{L}{1,3} тысяч|десятк\p{L}{1,3} тисяч|dziesiątk\p{L}{1,3} tysięcy|on binlerce|عشرات الآلاف|tienduizenden|tiotusentals|kymmeniä tuhansia|desetitisíce|수만|数万|數萬|数萬|puluhan ribu|hàng chục nghìn/giu;
/** Words that count men: before them a four-digit figure is no year. */
const COUNTERS =
  'soldier* troop* men people personnel fighter* servicem* soldat* hommes mann soldado* tropa* efectivos hombres militar* ' +
  'солдат* военн* бойц* человек військов* осіб бійц* żołnierz* asker* جندي جنديا مقاتل سرباز חיילים सैनिक* voják* sotila* ' +
  'katon* войни* војни* ทหาร นาย tentara prajurit binh lính quân uomini homens manschappen militairen workers engineer*';
/** Behind a figure: a share, money, a measure, an age. */
const MEASURES =
  'percent per prozent процент* відсотк* pour por percento procent* dollar* dólar* euro* доллар* долар* рубл* гривен* грн руб ' +
  'usd eur won yuan yen pounds km kilometer* kilometre* kilomètre* mile* miles км километр* кілометр* kg tons tonnes tonne* ' +
  'тонн* тон years ans jahre años anni anos лет років роки year uhr pm am hours heures stunden часов godzin минут minutes мин ' +
  'degrees mm calibre caliber th st nd rd ти й го metres meters m cm درجة دولار مليار٪ شekel דולר שקל रुपये डॉलर';
const MONTHS =
  'jan* feb* mar mars march märz mär apr* may mai mayo maj maggio mei jun* jul* aug* sep* oct* okt* nov* dec* dez* dic* enero ' +
  'janv* févr* avril juin juil* août ago* ottobre outubro gennaio giugno luglio lipca sierpnia września października ' +
  'listopada grudnia stycznia lutego marca kwietnia maja czerwca январ* феврал* март* апрел* мая июн* июл* август* сентябр* ' +
  'октябр* ноябр* декабр* січн* лютого березн* квітн* травн* червн* липн* серпн* вересн* жовтн* листопад* грудн* ocak şubat ' +
  'nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر ' +
  'نوفمبر ديسمبر октомври ноември';

/** A list of words and stems that answers for one folded word. */
class Words {
  readonly #whole = new Set<string>();
  readonly #stems: string[] = [];

  constructor(list: string) {
    for (const word of list.split(' ')) {
      if (word.endsWith('*')) this.#stems.push(foldText(word.slice(0, -1)));
      else this.#whole.add(foldText(word));
    }
  }

  has(word: string): boolean {
    return this.#whole.has(word) || this.#stems.some((stem) => word.startsWith(stem));
  }
}

interface Tables {
  readonly multipliers: readonly (readonly [number, Words])[];
  readonly numbers: readonly (readonly [number, Words])[];
  readonly counters: Words;
  readonly measures: Words;
  readonly months: Words;
}

let built: Tables | null = null;

/** Built on first use: most entries never ask for a figure. */
function tables(): Tables {
  built ??= {
    multipliers: MULTIPLIERS.map(([value, list]) => [value, new Words(list)] as const),
    numbers: NUMBER_WORDS.map(([value, list]) => [value, new Words(list)] as const),
    counters: new Words(COUNTERS),
    measures: new Words(MEASURES),
    months: new Words(MONTHS),
  };
  return built;
}

/** @returns 1000 for `тысяч`, or null. `word` may be in any case */
export function multiplierOf(word: string): number | null {
  const folded = foldText(word);
  return tables().multipliers.find(([, words]) => words.has(folded))?.[0] ?? null;
}

/** @returns 12 for `twelve`, or null */
export function numberOf(word: string): number | null {
  const folded = foldText(word);
  return tables().numbers.find(([, words]) => words.has(folded))?.[0] ?? null;
}

export function isCounter(word: string): boolean {
  return tables().counters.has(foldText(word));
}

export function isMeasure(word: string): boolean {
  return tables().measures.has(foldText(word));
}

export function isMonth(word: string): boolean {
  return tables().months.has(foldText(word));
}

export function tensOfThousands(text: string): IterableIterator<RegExpExecArray> {
  return text.matchAll(TENS_OF_THOUSANDS);
}
