/**
 * The staged story: feeds, their formats and faults, and what they publish when. Every sentence is written for this
 * demo, about the events of October 2024 and about similar events. `expect` marks items that must alert.
 */

export type Format = 'rss' | 'rdf' | 'atom' | 'json';
/** The fault of a feed while its first news is published. */
export type Fault = 'gzip' | 'slow' | 'html-page' | 'truncated';

export interface Line {
  readonly title: string;
  readonly summary: string;
  /** true: it must alert. */
  readonly expect: boolean;
}

export interface StagedFeed {
  readonly name: string;
  readonly lang: string;
  readonly language: string;
  readonly format: Format;
  readonly encoding: 'utf-8' | 'windows-1251' | 'euc-kr' | 'shift_jis';
  readonly fault: Fault | null;
  /** Listed when Vigie starts: must not alert. */
  readonly before: readonly Line[];
  /** Published after the start. */
  readonly first: readonly Line[];
  /** Published after the crash. */
  readonly second: readonly Line[];
}

const hit = (title: string, summary = ''): Line => ({ title, summary, expect: true });
const miss = (title: string, summary = ''): Line => ({ title, summary, expect: false });

type Base = Pick<StagedFeed, 'name' | 'lang' | 'language'> & Partial<StagedFeed>;
const feed = (base: Base): StagedFeed => ({
  format: 'rss',
  encoding: 'utf-8',
  fault: null,
  before: [],
  first: [],
  second: [],
  ...base,
});

export const FEEDS: readonly StagedFeed[] = [
  feed({
    name: 'harbour-post',
    lang: 'en',
    language: 'English',
    before: [hit('North Korean soldiers seen boarding Russian ships', 'Old news when the demo starts.')],
    first: [
      hit(
        'North Korea sends 1,500 troops to Russia for training',
        'Seoul says special forces arrived by ship.',
      ),
      miss('North Korea test-fires ballistic missile into the sea', 'The launch was the third this autumn.'),
      miss('South Korea deploys troops to help after floods', 'Soldiers filled sandbags along the river.'),
    ],
    second: [
      hit(
        'First North Korean soldiers captured in Kursk, Kyiv says',
        'Two wounded men are being questioned.',
      ),
    ],
  }),
  feed({
    name: 'le-quai',
    lang: 'fr',
    language: 'French',
    format: 'atom',
    first: [
      hit(
        'Des soldats nord-coréens envoyés en Russie pour y être formés',
        'Une vidéo montre la remise des uniformes.',
      ),
      miss('La Corée du Nord remporte la finale de football féminin', 'Une victoire trois buts à un.'),
    ],
  }),
  feed({
    name: 'hangang-ilbo',
    lang: 'ko',
    language: 'Korean',
    encoding: 'euc-kr',
    first: [
      hit('북한군 1만2천명 러시아 파병 결정', '국정원은 특수부대가 이미 이동했다고 밝혔다.'),
      miss('한국군, 레바논 파병 부대 교대', '동명부대 장병들이 귀국한다.'),
    ],
    second: [hit('우크라이나, 북한군 포로 2명 영상 공개', '쿠르스크에서 붙잡혔다고 한다.')],
  }),
  feed({
    name: 'minato-shimbun',
    lang: 'ja',
    language: 'Japanese',
    format: 'rdf',
    encoding: 'shift_jis',
    first: [
      hit('北朝鮮、ロシアに兵士1万2千人を派遣', '訓練場で制服を受け取る映像が公開された。'),
      miss('北朝鮮がミサイルを発射、日本海に落下', '政府は厳重に抗議した。'),
    ],
  }),
  feed({
    name: 'reka-novosti',
    lang: 'ru',
    language: 'Russian',
    encoding: 'windows-1251',
    first: [
      hit(
        'Северокорейские военнослужащие прибыли в Россию',
        'Солдаты проходят подготовку на полигоне под Уссурийском.',
      ),
      miss('Сборная КНДР по футболу сыграет во Владивостоке', 'Матч пройдёт в субботу.'),
    ],
  }),
  feed({
    name: 'dnipro-visti',
    lang: 'uk',
    language: 'Ukrainian',
    first: [
      hit(
        'Північнокорейські солдати вже воюють на Курщині',
        'Зеленський заявив про десять тисяч військових.',
      ),
      miss('Південна Корея передала Україні генератори', 'Обладнання прибуло потягом.'),
    ],
  }),
  feed({
    name: 'al-mina',
    lang: 'ar',
    language: 'Arabic',
    format: 'atom',
    first: [
      hit('كوريا الشمالية ترسل جنودا إلى روسيا للقتال', 'مقطع مصور يظهر تسليم الملابس العسكرية.'),
      miss('كوريا الشمالية تطلق صاروخا باليستيا', 'سقط الصاروخ في البحر.'),
    ],
  }),
  feed({
    name: 'hafenblatt',
    lang: 'de',
    language: 'German',
    fault: 'gzip',
    first: [
      hit(
        'Nordkoreanische Soldaten werden nach Russland entsandt',
        'Der Geheimdienst spricht von 1500 Mann.',
      ),
      miss('Bundeswehr schickt Soldaten nach Litauen', 'Die Brigade soll bis 2027 stehen.'),
    ],
  }),
  feed({
    name: 'el-faro',
    lang: 'es',
    language: 'Spanish',
    fault: 'slow',
    first: [
      hit(
        'Corea del Norte envía soldados a Rusia para combatir en Ucrania',
        'Kiev habla de diez mil hombres.',
      ),
      miss('Corea del Norte lanza globos con basura hacia el sur', 'No hubo heridos.'),
    ],
  }),
  feed({
    name: 'gangkou-ribao',
    lang: 'zh-Hans',
    language: 'Chinese',
    format: 'json',
    first: [
      hit('朝鲜士兵抵达俄罗斯参战', '乌克兰总统称约有一万人。'),
      miss('朝鲜战争停战纪念馆重新开放', '馆内展出老照片。'),
    ],
  }),
  feed({
    name: 'liman-gazetesi',
    lang: 'tr',
    language: 'Turkish',
    fault: 'html-page',
    first: [
      hit('Kuzey Kore askerleri Rusya’ya gönderildi', 'Görüntülerde üniforma dağıtımı yer alıyor.'),
      miss('Güney Kore askerleri tatbikata katıldı', 'Tatbikat üç gün sürecek.'),
    ],
  }),
  feed({
    name: 'kurier-portowy',
    lang: 'pl',
    language: 'Polish',
    fault: 'truncated',
    first: [
      hit('Żołnierze z Korei Północnej trafili do Rosji', 'Szkolą się na poligonie na Dalekim Wschodzie.'),
      miss('Polscy żołnierze wysłani na granicę', 'Wojsko wzmocni patrole.'),
    ],
  }),
  feed({
    name: 'bao-cang',
    lang: 'vi',
    language: 'Vietnamese',
    first: [
      hit('Triều Tiên đưa binh sĩ sang Nga huấn luyện', 'Video cho thấy họ nhận quân phục.'),
      miss('Triều Tiên phóng tên lửa ra biển', 'Vụ phóng diễn ra lúc rạng sáng.'),
    ],
  }),
  feed({
    name: 'tha-ruea',
    lang: 'th',
    language: 'Thai',
    format: 'atom',
    first: [
      hit('เกาหลีเหนือส่งทหารไปรัสเซีย', 'มีการเผยแพร่วิดีโอการรับเครื่องแบบ'),
      miss('เกาหลีใต้เตือนพายุเข้าชายฝั่ง', 'ประชาชนอพยพแล้ว'),
    ],
  }),
  feed({
    name: 'ha-namal',
    lang: 'he',
    language: 'Hebrew',
    first: [
      hit('חיילים צפון קוריאנים נשלחו לרוסיה', 'בסרטון נראים החיילים מקבלים מדים.'),
      miss('צפון קוריאה שיגרה טיל בליסטי', 'הטיל נפל בים.'),
    ],
  }),
  feed({
    name: 'satamalehti',
    lang: 'fi',
    language: 'Finnish',
    format: 'json',
    first: [
      hit('Pohjois-Korea lähetti sotilaita Venäjälle', 'Joukot saavat koulutusta Kaukoidässä.'),
      miss('Suomalaiset sotilaat lähtivät Libanoniin', 'Kriisinhallintajoukot vaihtuvat.'),
    ],
    second: [hit('Pohjoiskorealaisia sotilaita kaatunut Kurskissa', 'Tiedot ovat vahvistamattomia.')],
  }),
];
