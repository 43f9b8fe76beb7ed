/**
 * Number words of many languages, with which lib/match/figure/spelled.ts reads `ten thousand`, `zehntausend` and `десять
 * тысяч`. Written by hand; inflected forms are included where they are common in news.
 */

/** Number words of one language. */
export interface NumeralTable {
  /**
   * `value=form,form …`. Values below 1,000 are added, 100 multiplies what precedes it, larger ones close a section. Marks
   * before a value: `*` and `x` multiply, `+` adds to a unit (dua belas), `~` is a score (quatre-vingt).
   */
  readonly words: string;
  /** Words between number words that add nothing, such as `and`. */
  readonly and?: string;
  /** Number words are written as one word: zehntausend. */
  readonly glued?: true;
  /** Accents distinguish words: triệu is a million, Triều is part of the name of Korea. */
  readonly tones?: true;
}

/** By language (ISO 639-1). */
export const NUMERALS: Readonly<Record<string, NumeralTable>> = {
  en: {
    words:
      '0.5=half 1=a,an,one 2=two 3=three 4=four 5=five 6=six 7=seven 8=eight 9=nine 10=ten 11=eleven 12=twelve 13=thirteen 14=fourteen 15=fifteen 16=sixteen 17=seventeen 18=eighteen 19=nineteen 20=twenty 30=thirty 40=forty 50=fifty 60=sixty 70=seventy 80=eighty 90=ninety *12=dozen 100=hundred 1000=thousand 1000000=million 1000000000=billion 100000=lakh 10000000=crore',
    and: 'and a',
  },
  fr: {
    words:
      '0.5=demi 1=un,une 2=deux 3=trois 4=quatre 5=cinq 6=six 7=sept 8=huit 9=neuf 10=dix 11=onze 12=douze 13=treize 14=quatorze 15=quinze 16=seize ~20=vingt,vingts 30=trente 40=quarante 50=cinquante 60=soixante 70=septante 80=huitante,octante 90=nonante *12=douzaine 100=cent,cents 1000=mille,millier,milliers 1000000=million,millions 1000000000=milliard,milliards',
    and: 'et',
  },
  de: {
    words:
      '0.5=halbe,halben 1=ein,eine,eins 1.5=anderthalb,eineinhalb 2=zwei 3=drei 4=vier 5=fünf 6=sechs 7=sieben 8=acht 9=neun 10=zehn 11=elf 12=zwölf 13=dreizehn 14=vierzehn 15=fünfzehn 16=sechzehn 17=siebzehn 18=achtzehn 19=neunzehn 20=zwanzig 30=dreißig 40=vierzig 50=fünfzig 60=sechzig 70=siebzig 80=achtzig 90=neunzig *12=dutzend 100=hundert 1000=tausend 1000000=million,millionen 1000000000=milliarde,milliarden',
    and: 'und',
    glued: true,
  },
  nl: {
    words:
      '0.5=half,halve 1=een 1.5=anderhalf 2=twee 3=drie 4=vier 5=vijf 6=zes 7=zeven 8=acht 9=negen 10=tien 11=elf 12=twaalf 13=dertien 14=veertien 15=vijftien 16=zestien 17=zeventien 18=achttien 19=negentien 20=twintig 30=dertig 40=veertig 50=vijftig 60=zestig 70=zeventig 80=tachtig 90=negentig *12=dozijn 100=honderd 1000=duizend 1000000=miljoen 1000000000=miljard',
    and: 'en',
    glued: true,
  },
  es: {
    words:
      '0.5=medio,media 1=un,una,uno 2=dos 3=tres 4=cuatro 5=cinco 6=seis 7=siete 8=ocho 9=nueve 10=diez 11=once 12=doce 13=trece 14=catorce 15=quince 16=dieciséis 17=diecisiete 18=dieciocho 19=diecinueve 20=veinte 21=veintiún,veintiuno 22=veintidós 23=veintitrés 24=veinticuatro 25=veinticinco 30=treinta 40=cuarenta 50=cincuenta 60=sesenta 70=setenta 80=ochenta 90=noventa *12=docena 100=cien,ciento 200=doscientos,doscientas 300=trescientos,trescientas 400=cuatrocientos,cuatrocientas 500=quinientos,quinientas 600=seiscientos,seiscientas 700=setecientos,setecientas 800=ochocientos,ochocientas 900=novecientos,novecientas 1000=mil 1000000=millón,millones',
    and: 'y',
  },
  it: {
    words:
      '0.5=mezzo,mezza 1=un,una,uno 2=due 3=tre 4=quattro 5=cinque 6=sei 7=sette 8=otto 9=nove 10=dieci 11=undici 12=dodici 13=tredici 14=quattordici 15=quindici 16=sedici 17=diciassette 18=diciotto 19=diciannove 20=venti 30=trenta 40=quaranta 50=cinquanta 60=sessanta 70=settanta 80=ottanta 90=novanta *12=dozzina 100=cento 1000=mille,mila,migliaio 1000000=milione,milioni 1000000000=miliardo,miliardi',
    and: 'e',
    glued: true,
  },
  pt: {
    words:
      '0.5=meio,meia 1=um,uma 2=dois,duas 3=três 4=quatro 5=cinco 6=seis 7=sete 8=oito 9=nove 10=dez 11=onze 12=doze 13=treze 14=catorze,quatorze 15=quinze 16=dezesseis,dezasseis 17=dezessete,dezassete 18=dezoito 19=dezenove,dezanove 20=vinte 30=trinta 40=quarenta 50=cinquenta 60=sessenta 70=setenta 80=oitenta 90=noventa *12=dúzia 100=cem,cento 200=duzentos,duzentas 300=trezentos,trezentas 400=quatrocentos 500=quinhentos,quinhentas 600=seiscentos 700=setecentos 800=oitocentos 900=novecentos 1000=mil,milhar 1000000=milhão,milhões 1000000000=bilhão,bilhões',
    and: 'e',
  },
  ro: {
    words:
      '1=un,o,una 2=doi,două 3=trei 4=patru 5=cinci 6=șase 7=șapte 8=opt 9=nouă 10=zece 11=unsprezece 12=doisprezece,douăsprezece 13=treisprezece 14=paisprezece 15=cincisprezece 16=șaisprezece 20=douăzeci 30=treizeci 40=patruzeci 50=cincizeci 100=sută,sute 1000=mie,mii 1000000=milion,milioane',
    and: 'și de',
  },
  ca: {
    words:
      '1=un,una 2=dos,dues 3=tres 4=quatre 5=cinc 6=sis 7=set 8=vuit 9=nou 10=deu 12=dotze 15=quinze 20=vint 30=trenta 100=cent,cents 1000=mil 1000000=milió,milions',
  },
  sv: {
    words:
      '0.5=halv 1=ett,en 1.5=halvannan 2=två 3=tre 4=fyra 5=fem 6=sex 7=sju 8=åtta 9=nio 10=tio 11=elva 12=tolv 13=tretton 14=fjorton 15=femton 16=sexton 17=sjutton 18=arton 19=nitton 20=tjugo 30=trettio 40=fyrtio 50=femtio 60=sextio 70=sjuttio 80=åttio 90=nittio *12=dussin 100=hundra 1000=tusen 1000000=miljon,miljoner 1000000000=miljard,miljarder',
    and: 'och',
    glued: true,
  },
  da: {
    words:
      '0.5=halv 1=et,en 1.5=halvanden 2=to 3=tre 4=fire 5=fem 6=seks 7=syv 8=otte 9=ni 10=ti 11=elleve 12=tolv 13=tretten 14=fjorten 15=femten 16=seksten 17=sytten 18=atten 19=nitten 20=tyve 30=tredive 40=fyrre 50=halvtreds 60=tres 70=halvfjerds 80=firs 90=halvfems *12=dusin 100=hundrede,hundred 1000=tusind,tusinde 1000000=million,millioner 1000000000=milliard,milliarder',
    and: 'og',
    glued: true,
  },
  no: {
    words:
      '0.5=halv 1=ett,en 1.5=halvannen 2=to 3=tre 4=fire 5=fem 6=seks 7=sju,syv 8=åtte 9=ni 10=ti 11=elleve 12=tolv 13=tretten 14=fjorten 15=femten 16=seksten 17=sytten 18=atten 19=nitten 20=tjue 30=tretti 40=førti 50=femti 60=seksti 70=sytti 80=åtti 90=nitti *12=dusin 100=hundre 1000=tusen 1000000=million,millioner 1000000000=milliard,milliarder',
    and: 'og',
    glued: true,
  },
  is: {
    words:
      '1=eitt 2=tvö,tvö,tveir 3=þrjú,þrír 4=fjögur,fjórir 5=fimm 6=sex 7=sjö 8=átta 9=níu 10=tíu 12=tólf 15=fimmtán 20=tuttugu 100=hundrað,hundruð 1000=þúsund 1000000=milljón,milljónir',
    and: 'og',
  },
  fi: {
    words:
      '0.5=puoli 1=yksi,yhden 1.5=puolitoista 2=kaksi,kahden,kahta 3=kolme,kolmen 4=neljä,neljän 5=viisi,viiden 6=kuusi,kuuden 7=seitsemän 8=kahdeksan 9=yhdeksän 10=kymmenen 11=yksitoista 12=kaksitoista,kahdentoista 13=kolmetoista 15=viisitoista 20=kaksikymmentä 30=kolmekymmentä 40=neljäkymmentä 50=viisikymmentä 100=sata,sataa 1000=tuhat,tuhatta,tuhannen 1000000=miljoona,miljoonaa,miljoonan 1000000000=miljardi,miljardia',
    glued: true,
  },
  et: {
    words:
      '1=üks 1.5=poolteist 2=kaks 3=kolm 4=neli 5=viis 6=kuus 7=seitse 8=kaheksa 9=üheksa 10=kümme 12=kaksteist 15=viisteist 20=kakskümmend 100=sada 1000=tuhat 1000000=miljon,miljonit',
    glued: true,
  },
  hu: {
    words:
      '0.5=fél 1=egy 1.5=másfél 2=két,kettő 3=három 4=négy 5=öt 6=hat 7=hét 8=nyolc 9=kilenc 10=tíz,tizen 20=húsz,huszon 30=harminc 40=negyven 50=ötven 60=hatvan 70=hetven 80=nyolcvan 90=kilencven 100=száz 1000=ezer 1000000=millió 1000000000=milliárd',
    glued: true,
  },
  pl: {
    words:
      '0.5=pół 1=jeden,jedna 1.5=półtora 2=dwa,dwie,dwóch,dwu 3=trzy,trzech 4=cztery,czterech 5=pięć,pięciu 6=sześć,sześciu 7=siedem,siedmiu 8=osiem,ośmiu 9=dziewięć,dziewięciu 10=dziesięć,dziesięciu 11=jedenaście,jedenastu 12=dwanaście,dwunastu 13=trzynaście,trzynastu 14=czternaście 15=piętnaście,piętnastu 16=szesnaście 17=siedemnaście 18=osiemnaście 19=dziewiętnaście 20=dwadzieścia,dwudziestu 30=trzydzieści,trzydziestu 40=czterdzieści 50=pięćdziesiąt 60=sześćdziesiąt 70=siedemdziesiąt 80=osiemdziesiąt 90=dziewięćdziesiąt *12=tuzin 100=sto,stu 200=dwieście,dwustu 300=trzysta,trzystu 400=czterysta 500=pięćset,pięciuset 600=sześćset 700=siedemset 800=osiemset 900=dziewięćset 1000=tysiąc,tysiące,tysięcy,tysiąca 1000000=milion,miliony,milionów 1000000000=miliard,miliardy,miliardów',
  },
  cs: {
    words:
      '0.5=půl 1=jeden,jedna 1.5=půldruhého 2=dva,dvě,dvou 3=tři,tří 4=čtyři,čtyř 5=pět,pěti 6=šest,šesti 7=sedm,sedmi 8=osm,osmi 9=devět,devíti 10=deset,deseti 11=jedenáct 12=dvanáct,dvanácti 13=třináct 14=čtrnáct 15=patnáct,patnácti 16=šestnáct 17=sedmnáct 18=osmnáct 19=devatenáct 20=dvacet,dvaceti 30=třicet 40=čtyřicet 50=padesát 60=šedesát 70=sedmdesát 80=osmdesát 90=devadesát *12=tucet 100=sto 200=dvěstě 1000=tisíc,tisíce 1000000=milion,miliony,milionů 1000000000=miliarda,miliardy',
    and: 'a',
  },
  sk: {
    words:
      '0.5=pol 1=jeden,jedna 2=dva,dve,dvaja,dvoch 3=tri,traja,troch 4=štyri 5=päť 6=šesť 7=sedem 8=osem 9=deväť 10=desať 11=jedenásť 12=dvanásť 13=trinásť 15=pätnásť 20=dvadsať 30=tridsať 40=štyridsať 50=päťdesiat 100=sto 200=dvesto 1000=tisíc 1000000=milión,milióny,miliónov',
    glued: true,
  },
  sl: {
    words:
      '1=en,ena 2=dva,dve 3=tri 4=štiri 5=pet 6=šest 7=sedem 8=osem 9=devet 10=deset 12=dvanajst 15=petnajst 20=dvajset 30=trideset 100=sto 200=dvesto 1000=tisoč 1000000=milijon,milijona,milijonov',
  },
  hr: {
    words:
      '0.5=pola 1=jedan,jedna,jednu 2=dva,dvije 3=tri 4=četiri 5=pet 6=šest 7=sedam 8=osam 9=devet 10=deset 11=jedanaest 12=dvanaest 15=petnaest 20=dvadeset 30=trideset 40=četrdeset 50=pedeset 100=sto,stotinu 200=dvjesto 500=petsto 1000=tisuća,tisuće,tisuću,hiljada,hiljade,hiljadu 1000000=milijun,milijuna,milion,miliona',
    and: 'i',
  },
  sr: {
    words:
      '0.5=пола 1=један,једна 2=два,две 3=три 4=четири 5=пет 6=шест 7=седам 8=осам 9=девет 10=десет 11=једанаест 12=дванаест 15=петнаест 20=двадесет 30=тридесет 40=четрдесет 50=педесет 100=сто,стотину 200=двеста 500=петсто 1000=хиљада,хиљаде,хиљаду 1000000=милион,милиона',
    and: 'и',
  },
  bg: {
    words:
      '0.5=половин 1=един,една 2=два,две 3=три 4=четири 5=пет 6=шест 7=седем 8=осем 9=девет 10=десет 11=единадесет 12=дванадесет,дванайсет 15=петнадесет,петнайсет 20=двадесет,двайсет 30=тридесет,трийсет 40=четиридесет 50=петдесет 100=сто 200=двеста 300=триста 500=петстотин 1000=хиляда,хиляди 1000000=милион,милиона 1000000000=милиард,милиарда',
    and: 'и',
  },
  mk: {
    words:
      '1=еден,една 2=два,две 3=три 4=четири 5=пет 6=шест 7=седум 8=осум 9=девет 10=десет 12=дванаесет 15=петнаесет 20=дваесет 100=сто 1000=илјада,илјади 1000000=милион,милиони',
    and: 'и',
  },
  ru: {
    words:
      '0.5=пол 1=один,одна,одну 1.5=полтора,полторы,полутора 2=два,две,двух,двое 3=три,трех,трёх,трое 4=четыре,четырех 5=пять,пяти 6=шесть,шести 7=семь,семи 8=восемь,восьми 9=девять,девяти 10=десять,десяти 11=одиннадцать,одиннадцати 12=двенадцать,двенадцати 13=тринадцать 14=четырнадцать 15=пятнадцать,пятнадцати 16=шестнадцать 17=семнадцать 18=восемнадцать 19=девятнадцать 20=двадцать,двадцати 30=тридцать,тридцати 40=сорок 50=пятьдесят,пятидесяти 60=шестьдесят 70=семьдесят 80=восемьдесят 90=девяносто *12=дюжина,дюжину 100=сто,ста,сотня,сотню 200=двести,двухсот 300=триста,трехсот 400=четыреста 500=пятьсот,пятисот 600=шестьсот 700=семьсот 800=восемьсот 900=девятьсот 500000=полмиллиона 1000=тысяча,тысячи,тысяч,тысячу 1000000=миллион,миллиона,миллионов 1000000000=миллиард,миллиарда,миллиардов',
  },
  uk: {
    words:
      '0.5=пів 1=один,одна,одну 1.5=півтора,півтори 2=два,дві,двох,двоє 3=три,трьох,троє 4=чотири,чотирьох 5=п’ять,п’яти 6=шість,шести 7=сім,семи 8=вісім,восьми 9=дев’ять,дев’яти 10=десять,десяти 11=одинадцять 12=дванадцять,дванадцяти 13=тринадцять 14=чотирнадцять 15=п’ятнадцять 16=шістнадцять 17=сімнадцять 18=вісімнадцять 19=дев’ятнадцять 20=двадцять,двадцяти 30=тридцять 40=сорок 50=п’ятдесят 60=шістдесят 70=сімдесят 80=вісімдесят 90=дев’яносто *12=дюжина 100=сто,ста,сотня,сотню 200=двісті 300=триста 400=чотириста 500=п’ятсот 600=шістсот 700=сімсот 800=вісімсот 900=дев’ятсот 1000=тисяча,тисячі,тисяч,тисячу 1000000=мільйон,мільйона,мільйони,мільйонів 1000000000=мільярд,мільярди,мільярдів',
  },
  be: {
    words:
      '1=адзін 2=два,дзве 3=тры 4=чатыры 5=пяць 6=шэсць 7=сем 8=восем 9=дзевяць 10=дзесяць 12=дванаццаць 15=пятнаццаць 20=дваццаць 100=сто 1000=тысяча,тысячы,тысяч 1000000=мільён,мільёны,мільёнаў',
  },
  lt: {
    words:
      '1=vienas 2=du,dvi,dviejų 3=trys,tris 4=keturi 5=penki,penkis 6=šeši 7=septyni 8=aštuoni 9=devyni 10=dešimt,dešimties 12=dvylika 15=penkiolika 20=dvidešimt 100=šimtas,šimtai,šimtų 1000=tūkstantis,tūkstančiai,tūkstančių,tūkstančius 1000000=milijonas,milijonai,milijonų',
  },
  lv: {
    words:
      '1=viens 2=divi,divus 3=trīs 4=četri 5=pieci 6=seši 7=septiņi 8=astoņi 9=deviņi 10=desmit 12=divpadsmit 15=piecpadsmit 20=divdesmit 100=simts,simti,simtus 1000=tūkstotis,tūkstoši,tūkstošus,tūkstošu 1000000=miljons,miljoni,miljonus',
  },
  el: {
    words:
      '0.5=μισό 1=ένα,ένας,μία 1.5=ενάμισι 2=δύο,δυο 3=τρεις,τρία 4=τέσσερις,τέσσερα 5=πέντε 6=έξι 7=επτά,εφτά 8=οκτώ,οχτώ 9=εννέα,εννιά 10=δέκα 11=έντεκα 12=δώδεκα 15=δεκαπέντε 20=είκοσι 30=τριάντα 40=σαράντα 50=πενήντα 100=εκατό,εκατόν 200=διακόσιοι,διακόσιες,διακόσια,διακόσιους 300=τριακόσιοι,τριακόσιους 500=πεντακόσιοι,πεντακόσιους,πεντακόσια 1000=χίλιοι,χίλιες,χίλια,χίλιους,χιλιάδες,χιλιάδων 1000000=εκατομμύριο,εκατομμύρια 1000000000=δισεκατομμύριο,δισεκατομμύρια',
  },
  tr: {
    words:
      '0.5=yarım 1=bir 1.5=buçuk 2=iki 3=üç 4=dört 5=beş 6=altı 7=yedi 8=sekiz 9=dokuz 10=on 20=yirmi 30=otuz 40=kırk 50=elli 60=altmış 70=yetmiş 80=seksen 90=doksan *12=düzine 100=yüz 1000=bin 1000000=milyon 1000000000=milyar',
    glued: true,
  },
  az: {
    words:
      '1=bir 2=iki 3=üç 4=dörd 5=beş 6=altı 7=yeddi 8=səkkiz 9=doqquz 10=on 20=iyirmi 30=otuz 40=qırx 50=əlli 100=yüz 1000=min 1000000=milyon',
  },
  kk: {
    words:
      '1=бір 2=екі 3=үш 4=төрт 5=бес 6=алты 7=жеті 8=сегіз 9=тоғыз 10=он 20=жиырма 30=отыз 100=жүз 1000=мың 1000000=миллион',
  },
  sq: {
    words:
      '1=një 2=dy 3=tre 4=katër 5=pesë 6=gjashtë 7=shtatë 8=tetë 9=nëntë 10=dhjetë 12=dymbëdhjetë 20=njëzet 100=qind 1000=mijë 1000000=milion,milionë',
  },
  ar: {
    words:
      '0.5=نصف 1=واحد,واحدة 2=اثنان,اثنين,اثنا,اثني 3=ثلاثة,ثلاث 4=أربعة,أربع 5=خمسة,خمس 6=ستة,ست 7=سبعة,سبع 8=ثمانية,ثماني 9=تسعة,تسع 10=عشرة,عشر 20=عشرون,عشرين 30=ثلاثون,ثلاثين 40=أربعون,أربعين 50=خمسون,خمسين 60=ستون,ستين 70=سبعون,سبعين 80=ثمانون,ثمانين 90=تسعون,تسعين 100=مئة,مائة 200=مئتان,مئتين,مئتي,مئتا,مائتي,مائتان,مائتين 300=ثلاثمئة,ثلاثمائة 400=أربعمئة,أربعمائة 500=خمسمئة,خمسمائة 600=ستمئة,ستمائة 700=سبعمئة,سبعمائة 800=ثمانمئة,ثمانمائة 900=تسعمئة,تسعمائة 2000=ألفان,ألفين,ألفي,ألفا 1000=ألف,ألفا,آلاف 1000000=مليون,ملايين,مليونا 2000000=مليونان,مليوني,مليونين 1000000000=مليار,مليارات',
    and: 'و',
  },
  fa: {
    words:
      '0.5=نیم 1=یک 2=دو 3=سه 4=چهار 5=پنج 6=شش 7=هفت 8=هشت 9=نه 10=ده 11=یازده 12=دوازده 13=سیزده 14=چهارده 15=پانزده 16=شانزده 17=هفده 18=هجده 19=نوزده 20=بیست 30=سی 40=چهل 50=پنجاه 60=شصت 70=هفتاد 80=هشتاد 90=نود 100=صد,یکصد 200=دویست 300=سیصد 400=چهارصد 500=پانصد 600=ششصد 700=هفتصد 800=هشتصد 900=نهصد 1000=هزار 1000000=میلیون 1000000000=میلیارد',
    and: 'و',
  },
  ur: {
    words:
      '0.5=نصف,آدھا 1=ایک 2=دو 3=تین 4=چار 5=پانچ 6=چھ 7=سات 8=آٹھ 9=نو 10=دس 11=گیارہ 12=بارہ 13=تیرہ 14=چودہ 15=پندرہ 20=بیس 25=پچیس 30=تیس 40=چالیس 50=پچاس 60=ساٹھ 70=ستر 80=اسی 90=نوے 100=سو 1000=ہزار 100000=لاکھ 10000000=کروڑ',
  },
  he: {
    words:
      '0.5=חצי 1=אחד,אחת 2=שני,שתי,שניים,שתיים 3=שלושה,שלושת,שלוש 4=ארבעה,ארבעת,ארבע 5=חמישה,חמשת,חמש 6=שישה,ששת,שש 7=שבעה,שבעת,שבע 8=שמונה,שמונת 9=תשעה,תשעת,תשע 10=עשרה,עשרת,עשר 20=עשרים 30=שלושים 40=ארבעים 50=חמישים 60=שישים 70=שבעים 80=שמונים 90=תשעים 100=מאה,מאות 200=מאתיים 2000=אלפיים 1000=אלף,אלפים,אלפי 1000000=מיליון,מיליוני 1000000000=מיליארד',
    and: 'ו',
  },
  hi: {
    words:
      '0.5=आधा 1=एक 1.5=डेढ़ 2.5=ढाई 2=दो 3=तीन 4=चार 5=पांच,पाँच 6=छह,छः 7=सात 8=आठ 9=नौ 10=दस 11=ग्यारह 12=बारह 13=तेरह 14=चौदह 15=पंद्रह,पन्द्रह 16=सोलह 17=सत्रह 18=अठारह 19=उन्नीस 20=बीस 25=पच्चीस 30=तीस 40=चालीस 50=पचास 60=साठ 70=सत्तर 80=अस्सी 90=नब्बे 100=सौ 1000=हजार,हज़ार 100000=लाख 10000000=करोड़,करोड',
  },
  bn: {
    words:
      '1=এক 1.5=দেড় 2.5=আড়াই 2=দুই 3=তিন 4=চার 5=পাঁচ 6=ছয় 7=সাত 8=আট 9=নয় 10=দশ 11=এগারো 12=বারো 15=পনেরো 20=বিশ 25=পঁচিশ 30=ত্রিশ 50=পঞ্চাশ 100=শ,শত 1000=হাজার 100000=লাখ,লক্ষ 10000000=কোটি',
    glued: true,
  },
  ta: { words: '1=ஒரு 2=இரண்டு 3=மூன்று 4=நான்கு 5=ஐந்து 10=பத்து 20=இருபது 100=நூறு 1000=ஆயிரம் 100000=லட்சம்' },
  id: {
    words:
      '0.5=setengah 1=satu 2=dua 3=tiga 4=empat 5=lima 6=enam 7=tujuh 8=delapan,lapan 9=sembilan 10=sepuluh 11=sebelas 12=duabelas +10=belas x10=puluh 100=ratus,seratus 1000=ribu,seribu 1000000=juta,sejuta 1000000000=miliar',
  },
  vi: {
    words:
      '1=một,mốt 2=hai 3=ba 4=bốn,tư 5=năm,lăm 6=sáu 7=bảy,bẩy 8=tám 9=chín x10=mười,mươi 100=trăm 1000=nghìn,ngàn 10000=vạn 1000000=triệu 1000000000=tỷ,tỉ',
    and: 'linh lẻ',
    tones: true,
  },
  tl: {
    words:
      '1=isang 2=dalawang 3=tatlong 4=apat 5=limang 6=anim 10=sampung 12=labindalawang 20=dalawampung 100=daan,daang 1000=libo,libong 1000000=milyon,milyong',
  },
  sw: { words: '1=moja 2=mbili 3=tatu 4=nne 5=tano 10=kumi' },
};
