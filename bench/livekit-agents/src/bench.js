// node --expose-gc src/bench.js script.json → one line of JSON. Started by CompareCommand, which writes the script.
import { initializeLogger } from '@livekit/agents';
import { readFileSync } from 'node:fs';
import { round } from './figures.js';
import { runStage } from './in-one-process.js';
import { runProcesses } from './in-processes.js';

const script = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const installed = (name) => JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;

initializeLogger({ pretty: false, level: 'error' });

const say = (text) => console.error(`  ${text}`);

// Once unmeasured, for the compiler and the caches, as Lectern's side does.
await runStage(script, script.warmUp.parts, script.warmUp.seconds, {});
say('warmed up');
const plain = await runStage(script, script.parts, script.seconds, {});
say('measured: plain');
const synchronised = await runStage(script, script.parts, script.seconds, { synchronised: true });
say('measured: with text synchronised to the sound');
const rehearsal = await runStage(script, script.parts, script.seconds, { rehearsal: true });
say('measured: the students alone');
const processes = script.processes > 0 ? await runProcesses(script, process.argv[2]) : null;
if (processes) say('measured: a process for each session');

// The students are not what is measured: Lectern's are in a process of their own.
const perCore = ({ sessionSeconds, ...stage }) => ({ ...stage, sessionsPerCore: round(sessionSeconds / (stage.programCpuSeconds - rehearsal.programCpuSeconds), 1) });

console.log(JSON.stringify({
  versions: { node: process.version, agents: installed('@livekit/agents'), rtcNode: installed('@livekit/rtc-node') },
  plain: perCore(plain),
  synchronised: perCore(synchronised),
  rehearsal: { ...rehearsal, sessionSeconds: undefined },
  processes,
}));
process.exit(0);
