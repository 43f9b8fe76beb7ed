import { Rig } from './rig.ts';
import { churn } from './scenarios/harm.ts';
import { deployments } from './scenarios/deploy.ts';
import { judge } from './checker.ts';
import { stormWanted } from './document.ts';
const rig = new Rig(2187871082,false);
if (process.argv[2]==='churn') {
await churn(rig);
const v = judge(rig.log.events,[stormWanted(['hook'])]);
const lost = v.lost[0]!.split(' × ')[0]!; const feed = lost.split(' of ')[1];
console.log(lost, v.lost);
for (const e of rig.log.events) if (e.kind==='served' && e.feed===feed) console.log(e.titles.length, e.titles.includes(lost), (e as any).debug ?? '', e.titles.slice(0,3).join('|'));
console.log(rig.said.filter(l=>l.includes(`feed ${feed}`)));
} else { console.log(await deployments(rig)); console.log(rig.said.filter(l=>!l.includes('attempt')).slice(0,60)); }
await rig.close();
