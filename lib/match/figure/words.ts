/** Words near figures, folded: multipliers, counters, and what makes a figure a date, money, a share or a measure. */
import { MONTHS } from '../../feed/date/months.gen.ts';
import { foldText } from '../../text/fold.ts';

/** By value: words or stems (`stem*`) that multiply a figure. */
const MULTIPLIERS: readonly (readonly [number, string])[] = [
  [100, 'hundred'],
  [
    1e3,
    'thousand* k tis тис tisoč* tūkst þúsund mijë হাজার ہزار мың хиљ* илјад* tsd tausend* mille mil mila milhar* тыс тысяч* тисяч* tys tysiąc* tysięc* tisíc* tisic* bin bine mii ' +
      'ezer* χιλ* хиляд* хиљад* hiljad* tisuć* tuhat* tuhan* tusen tusind duizend* ألف الف آلاف الاف ألفا אלף אלפי אלפים ' +
      'هزار हज़ार हजार ribu nghìn ngàn nghin พัน libo tūkst* tuhat',
  ],
  [1e4, 'หมื่น'],
  [1e5, 'แสน लाख lakh* লাখ লক্ষ لاکھ'],
  [
    1e6,
    'million* mln mio млн миллион* мільйон* milyon* millió* miljoen* miljon* miljoon* مليون ملايين میلیون מיליון juta ' +
      'triệu ล้าน milhão milhões millón millones milion* εκατομμ* милион*',
  ],
  [1e7, 'crore* करोड़ करोड কোটি کروڑ'],
  [1e9, 'tỷ billion* milliard* млрд mrd milyar* miliard* миллиард* мільярд* مليار میلیارد'],
];
/** Expressions without digits and their least value: two tens, or two hundreds, of thousands. */
const AT_LEAST: readonly (readonly [number, RegExp])[] = [
  [
    200_000,
    /hundreds of thousands|centaines de milliers|hunderttausende\p{L}?|(?:cientos|centenares) de miles|centinaia di migliaia|centenas de milhares|honderdduizenden|hundratusentals|hundretusener|hundredtusinder|satoja tuhansia|сот\p{L}{1,3} тысяч|сот\p{L}{1,3} тисяч|setki tysięcy|stovky tisíc|stotine (?:hiljada|tisuća)|стотине хиљада|стотици хиляди|sute de mii|százezrek|yüz binlerce|εκατοντάδες χιλιάδες|مئات الآلاف|صدها هزار|מאות אלפי|ratusan ribu|hàng trăm (?:nghìn|ngàn)|หลายแสน|수십만|数十万|數十萬|几十万|幾十萬/giu,
  ],
  [
    20_000,
    /tens of thousands|dizaines de milliers|zehntausende\p{L}?|decenas de miles|decine di migliaia|dezenas de milhares|tienduizenden|tiotusentals|tiotusenvis|titusenvis|titusener|titusinder|titusindvis|kymmeniä ?tuhansia|десятк\p{L}{1,3} тысяч|десятк\p{L}{1,3} тисяч|десетк\p{L}{1,3} хиляди|десетин\p{L}{1,3} хиљада|desetine (?:hiljada|tisuća)|dziesiątk\p{L}{1,3} tysięcy|desítk\p{L}{1,3} tisíc|desiatk\p{L}{1,3} tisíc|desetitisíce|zeci de mii|tízezrek|on binlerce|δεκάδες χιλιάδες|عشرات الآلاف|عشرات آلاف|ده ?ها هزار|ده‌ها هزار|עשרות אלפי|दसियों हज[़]?ार|puluhan ribu|hàng chục (?:nghìn|ngàn)|หลายหมื่น|(?<![가-힣])수만(?=\s|명|여|의|$)|数万|數萬|几万|幾萬/giu,
  ],
];
/** Words for things that are counted: a four-digit figure before one is not a year. */
const COUNTERS =
  'soldier* troops troop men people personnel fighters servicem* killed wounded dead injured captured prisoners civilians workers ' +
  'engineers refugees residents students officers recruits conscripts mercenaries volunteers sailors pilots homes houses drones ' +
  'missiles shells rockets tanks vehicles ships vessels aircraft barrels containers pows casualties victims hostages ' +
  'soldats soldat militaires hommes personnes combattants morts blessés tués civils prisonniers missiles obus chars habitants ' +
  'soldaten mann kämpfer* tote* verletzte* menschen personen gefangene* raketen panzer drohnen arbeiter* flüchtlinge* zivilisten ' +
  'soldado* tropas efectivos hombres militares personas muertos heridos combatientes misiles civiles prisioneros trabajadores ' +
  'soldati militari uomini persone morti feriti combattenti missili civili prigionieri ' +
  'homens pessoas mortos feridos combatentes mísseis militares civis trabalhadores ' +
  'militairen manschappen mensen doden gewonden strijders raketten burgers ' +
  'soldater män personer döda skadade mænd mand døde sårede menn drepte drepne människor mennesker robotar arbetare ' +
  'солдат* военн* бойц* человек людей военнопленн* погибш* ранен* убит* пленн* ракет* снаряд* танк* дрон* рабоч* беженц* ' +
  'військов* осіб бійц* людей загибл* поранен* вбит* полонен* ракет* снаряд* ' +
  'żołnierz* osób ludzi zabit* rannych wojskowych rakiet jeńców voják* osob lidí mrtv* raněn* mužů raket vojakov osôb ľudí ' +
  'vojnika vojaka ljudi osoba војника људи војници войници войник* души хора убити ранени ' +
  'asker* kişi* ölü yaralı füze* sotila* ihmis* henkilö* kuollut* haavoittun* katon* ember* fő halott* sebesült* ' +
  'στρατιώτ* στρατιωτ* άτομα ανθρώπ* νεκρ* τραυματί* soldați soldaților militari oameni persoane morți răniți ' +
  'karių kareivių žmonių karavīr* cilvēk* sõdur* inimes* ushtarë njerëz ' +
  'جندي* جنود مقاتل* شخص* قتيل* جريح* عنصر* رجل سرباز نفر نیرو* کشته زخمی فوجی* افراد חייל* איש אנשים הרוגים פצועים לוחמים ' +
  'सैनिक* लोग* जवान* সৈন্য* সেনা* জন மக்கள் ทหาร นาย คน tentara prajurit orang askar anggota binh lính quân người sundalo*';
/** Words after a figure that make it a share, money, a measure, an age or a duration. */
const MEASURES =
  'percent per prozent процент* відсотк* pour por percento procent* prosent* prosentti* százalék* τοις درصد بالمئة بالمائة אחוז* ' +
  'प्रतिशत শতাংশ persen peratus phần yüzde odsto posto postotak pct cento pontos ' +
  'dollar* dólar* dolar* dollari* dollár* euro* ευρώ δολάρι* доллар* долар* евро євро рубл* гривен* гривень грн руб лв лева лей ' +
  'usd eur gbp jpy krw rub uah pln won yuan yen pounds pound cents peso* pesetas reais real rupee* rupiah ringgit baht đồng franc* ' +
  'kron* kroner kroons korun* zł złot* forint* lira* lir* lei manat тенге динар* dinar* riyal* rial* ريال دينار دولار* يورو ليرة ' +
  'تومان یورو دلار دالر שקל* דולר* אירו रुपये रुपए डॉलर টাকা ডলার روپے ' +
  'km kilometer* kilometre* kilomètre* kilómetro* chilometri quilômetro* quilómetro* kilometr* kilométer* километр* кілометр* км ' +
  'mile* miles millas miglia milhas mil² kg kilo* tons tonnes tonne* toneladas tonnellate tonnen tonn* тонн* тон ton ' +
  'hectares hectáreas hektar* гектар* degrees mm cm метр* metres meters mètres metri metros meter calibre caliber литр* liter* ' +
  'litres litros liters كيلومتر* كم متر طن کیلومتر متر تن ק״מ קילומטר* מטר טון किलोमीटर टन মিটার कि.मी. กิโลเมตร ' +
  'years year ans jahre* años año anni anno anos ano лет год года году років роки рік roku lat let години vuotta vuoden éves år ' +
  'yıl* yaş* ετών χρόνια ani aastat metų gadu سنة سنوات عاما عام ساله سال שנים שנה साल वर्ष বছর năm tahun tuổi ' +
  'uhr pm am hours hour heures heure stunden horas ore uur timer tunti* timmar часов часа час годин години godzin* hodin* óra* ' +
  'saat* ώρες ساعة ساعات ساعت שעות שעה घंटे জন্টা giờ jam minutes minute minuten minutos minuti минут* хвилин* minut* dakika* دقيقة ' +
  'days day jours jour tage* tagen días día giorni dias dagen dage dager dagar päivä* дней дня день днів дні dni dnů dní dana дни ' +
  'gün* nap* ημέρες μέρες zile يوم* أيام روز ימים יום दिन দিন ngày hari weeks week semaines wochen semanas settimane weken uger uker ' +
  'veckor viikko* недел* тижн* tygodni* týdn* hafta* أسابيع هفته שבועות हफ्ते tuần minggu months month mois monat* meses mesi ' +
  'maanden måneder månader kuukau* месяц* місяц* miesięc* měsíc* hónap* أشهر ماه חודשים महीने tháng bulan ' +
  'th st nd rd ти й го е я х er ère ème ième eme º ° v ii ата το ος';
/** Forms of month names that CLDR does not have. */
const MORE_MONTHS =
  'août aout январ* феврал* март* апрел* мая июн* июл* август* сентябр* октябр* ноябр* декабр* paźdz* ' +
  'בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר januárban októberben lokakuun tháng ngày tarihinde mart nisan бер* жовтн* листопад* грудн* січн* травн* червн* липн* серпн* вересн* квітн*';

/** A set of words and stems, asked for folded words. */
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

/** The lists of this file, folded. */
interface Tables {
  readonly multipliers: readonly (readonly [number, Words])[];
  readonly counters: Words;
  readonly measures: Words;
  readonly months: Words;
}

let built: Tables | null = null;

/** Built on first use: most entries need no figures. */
function tables(): Tables {
  built ??= {
    multipliers: MULTIPLIERS.map(([value, list]) => [value, new Words(list)] as const),
    counters: new Words(COUNTERS),
    measures: new Words(MEASURES),
    months: new Words(`${MONTHS.join(' ')} ${MORE_MONTHS}`),
  };
  return built;
}

/** @returns the multiplier, such as 1000 for `тысяч`; null: not a multiplier. @param word in any case */
export function multiplierOf(word: string): number | null {
  const folded = foldText(word);
  return tables().multipliers.find(([, words]) => words.has(folded))?.[0] ?? null;
}

/** Whether the word names something that is counted. */
export function isCounter(word: string): boolean {
  return tables().counters.has(foldText(word));
}

/** Whether the word makes a preceding figure a share, money, a measure, an age or a duration. */
export function isMeasure(word: string): boolean {
  return tables().measures.has(foldText(word));
}

/** Whether the word is the name of a month in some language (CLDR). */
export function isMonth(word: string): boolean {
  return tables().months.has(foldText(word));
}

/** Figures expressed without digits, with their least value. */
export function* atLeastFigures(text: string): Generator<{ value: number; start: number; end: number }> {
  for (const [value, expression] of AT_LEAST) {
    for (const found of text.matchAll(expression)) {
      yield { value, start: found.index, end: found.index + found[0].length };
    }
  }
}
