// The same figures as bench/Lectern.Bench/Figures.cs and GenerateCommand.cs.
import { readFileSync } from 'node:fs';

export class Figures {
  started = [];
  firstSound = [];
  answered = 0;
  audioSeconds = 0;
  gaps = 0;
  problems = {};

  broken(what) {
    this.problems[what] = (this.problems[what] ?? 0) + 1;
  }

  report() {
    return { ...this, started: times(this.started), firstSound: times(this.firstSound), audioSeconds: round(this.audioSeconds, 1) };
  }
}

/** Times of one kind, in milliseconds. */
export function times(milliseconds) {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share) => round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)], 2); // nearest rank
  return sorted.length === 0 ? { count: 0, p50: 0, p90: 0, p99: 0, max: 0 } : { count: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}

export const round = (value, digits) => Math.round(value * 10 ** digits) / 10 ** digits;

/** Processor time of this process, all its threads, in seconds. */
export function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

export const rssMb = () => process.memoryUsage.rss() / 1024 / 1024;

/** Resident memory of another process, and its share of it when shared pages are divided among those who share them. Linux. */
export function memoryOf(pid) {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const mb = (name) => Number(rollup.match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))[1]) / 1024;
  return { rssMb: mb('Rss'), pssMb: mb('Pss') };
}

/** Processor time of another process in seconds; 100 ticks a second on Linux. */
export function cpuSecondsOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
