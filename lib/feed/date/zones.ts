/** Names of time zones in feeds, as minutes east of Greenwich. An ambiguous name gets its most frequent meaning. */

/**
 * Sources: RFC 822 §5.1; RFC 2822 §4.3 (single letters mean UTC); abbreviations of the IANA time zone database. Left out are
 * names whose meanings lie hours apart without a dominant one: AMT, ECT, GST, LMT, PST8PDT. Dates with them are rejected.
 */
const NAMES = `
0 z ut utc gmt wet uct zulu etc/gmt etc/utc g.m.t u.t.c
60 bst west cet met mez wat
120 cest mest mesz eet cat sast
180 eest msk trt fet eat
210 irst
240 msd samt azt get
270 aft
300 pkt uzt yekt tmt
330 ist slst
345 npt
360 bdt omst
390 mmt
420 wib ict novt krat
480 awst hkt sgt myt pht wita irkt phst
540 jst kst wit yakt
570 acst
600 aest vlat
630 acdt
660 aedt magt
720 nzst
780 nzdt
-180 brt art clst uyt adt
-150 ndt
-120 brst
-240 ast at clt edt vet bot
-210 nst
-300 est et cdt pet cot
-360 cst ct mdt
-420 mst mt pdt
-480 pst pt akdt
-540 akst
-600 hst
`;

/** North American names without season; date.ts computes daylight saving time. */
export const SEASONLESS: ReadonlySet<string> = new Set(['et', 'ct', 'mt', 'pt', 'at']);

/** Lower-case name → minutes east of Greenwich. */
export const ZONES: ReadonlyMap<string, number> = new Map(
  NAMES.trim()
    .split('\n')
    .flatMap((line) => {
      const [minutes, ...names] = line.split(' ');
      return names.map((name) => [name, Number(minutes)] as const);
    }),
);
