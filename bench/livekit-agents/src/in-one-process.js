// All sessions in one process.
import { setTimeout as delay } from 'node:timers/promises';
import { Figures, cpuSeconds, round, rssMb } from './figures.js';
import { converse, rehearse } from './student.js';

/** @returns {Promise<object>} one stage, with the names of bench/results/live.json. */
export async function runStage(script, parts, seconds, options) {
  const ramp = rampOf(parts);
  const figures = new Figures();
  globalThis.gc?.();
  const [cpu, rss, from] = [cpuSeconds(), rssMb(), performance.now()];
  const endsAt = from + ramp + seconds * 1_000;
  const talking = Promise.all(parts.map((part) => (options.rehearsal ? rehearse : converse)(script, part, endsAt, figures, options)));
  await delay(ramp + seconds * 800);
  const full = rssMb();
  await talking;
  const used = cpuSeconds() - cpu;
  return {
    sessions: parts.length,
    report: figures.report(),
    programCpuSeconds: round(used, 2),
    wallSeconds: round((performance.now() - from) / 1_000, 1),
    sessionSeconds: parts.length * (seconds + ramp / 2_000),
    rssBeforeMb: round(rss, 1),
    rssMb: round(full, 1),
    mbPerSession: round((full - rss) / parts.length, 2),
  };
}

/** Over how many milliseconds the students come, as LiveCommand has it. */
const rampOf = (parts) => Math.max(1_000, parts.length * 20);
