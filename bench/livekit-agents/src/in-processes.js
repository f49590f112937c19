// The form in which the framework is deployed: a worker that holds a process for each session, started and warmed up before it is needed.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { JobProcExecutor } from '../node_modules/@livekit/agents/dist/ipc/job_proc_executor.js';
import { cpuSecondsOf, memoryOf, round, times } from './figures.js';

// What its worker sets.
const SUPERVISION = { initializeTimeout: 60_000, closeTimeout: 10_000, memoryWarnMB: 0, memoryLimitMB: 0, pingInterval: 2_500, pingTimeout: 60_000, highPingThreshold: 500 };

export async function runProcesses(script, scriptFile) {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-bench-'));
  const executors = [];
  try {
    const startMs = [];
    for (let i = 0; i < script.processes; i++) {
      const executor = new JobProcExecutor({ agent: fileURLToPath(new URL('./job.js', import.meta.url)), ...SUPERVISION });
      const from = performance.now();
      await executor.start();
      await executor.initialize({ sessionEndTimeout: 60_000 });
      startMs.push(performance.now() - from);
      executors.push(executor);
    }
    await delay(1_000);
    const idle = executors.map(({ proc }) => ({ ...memoryOf(proc.pid), cpu: cpuSecondsOf(proc.pid) }));
    const endsAt = Date.now() + script.processSeconds * 1_000;
    const reports = executors.map((_, number) => join(folder, `${number}.json`));
    await Promise.all(executors.map((executor, number) => executor.launchJob(fakeJob(number, { scriptFile, number, reportFile: reports[number], endsAt }))));
    await delay(script.processSeconds * 800);
    const full = executors.map(({ proc }) => memoryOf(proc.pid));
    while (!reports.every(existsSync)) await delay(100);
    const cpu = executors.map(({ proc }, i) => cpuSecondsOf(proc.pid) - idle[i].cpu);
    return figuresOf(script, startMs, idle, full, cpu, reports.map((file) => JSON.parse(readFileSync(file, 'utf8'))));
  } finally {
    for (const { proc } of executors) proc?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresOf(script, startMs, idle, full, cpu, reports) {
  const sum = (values) => values.reduce((a, b) => a + b, 0);
  const mean = (values, digits) => round(sum(values) / values.length, digits);
  return {
    processes: script.processes,
    seconds: script.processSeconds,
    startMs: times(startMs),
    startCpuSeconds: mean(idle.map((one) => one.cpu), 2),
    idleRssMb: mean(idle.map((one) => one.rssMb), 1),
    idlePssMb: mean(idle.map((one) => one.pssMb), 1),
    rssMb: mean(full.map((one) => one.rssMb), 1),
    pssMb: mean(full.map((one) => one.pssMb), 1),
    programCpuSeconds: round(sum(cpu), 2),
    sessionsPerCore: round((script.processes * script.processSeconds) / sum(cpu), 1),
    firstSound: times(reports.flatMap((report) => report.firstSound)),
    answered: sum(reports.map((report) => report.answered)),
    problems: Object.assign({}, ...reports.map((report) => report.problems)),
  };
}

const fakeJob = (number, metadata) => ({
  acceptArguments: { name: 'teacher', identity: `teacher-${number}`, metadata: '' },
  job: { id: `job-${number}`, agentName: 'teacher', metadata: JSON.stringify(metadata), room: { name: `room-${number}`, sid: `room-${number}` }, attributes: {}, enableRecording: false },
  url: '',
  token: '',
  workerId: 'worker',
  fakeJob: true,
});
