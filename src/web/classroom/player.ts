import type { Cancel, Clock } from "../shared/clock";
import type { Sound } from "./sound";

/** The loudspeaker as the player needs it. Seconds are those of its own clock. */
export interface AudioWorld {
  readonly sampleRate: number;
  /** False while the browser holds sound back, until the first press. */
  readonly isRunning: boolean;
  now(): number;
  /** Seconds until what is played now reaches the ear. */
  latency(): number;
  play(samples: Float32Array<ArrayBuffer>, at: number): void;
  /** Silences all that was given to `play`, with a ramp short enough to be immediate and long enough not to click. */
  cut(): void;
  loudness(value: number, seconds: number): void;
}

export interface PlayerEvents {
  report(utterance: number, ms: number, isFinal: boolean): void;
  /** Sound begins anew: from now on millisecond 0 of the utterance falls, or would have fallen, on this second of the clock. */
  begins(utterance: number, zeroAt: number, fromMs: number): void;
  /** Nothing is left to be heard. */
  ranEmpty(): void;
  /** More came ahead than is kept. */
  overflowed(): void;
}

/** An unbroken stretch of sound: samples from `from` on, heard from `startsAt` on. */
interface Run {
  readonly from: number;
  readonly startsAt: number;
  to: number;
}

const startDelaySeconds = 0.06;
const tooLateSeconds = 0.005;
const reportEveryMs = 500;
const mostAheadSeconds = 10;
const duckedTo = 0.25;

/** Plays the teacher's voice without a gap, and knows what of it has reached the ear. */
export class Player {
  /** The newest utterance; sound of an older one comes too late. */
  #utterance = -1;
  #runs: Run[] = [];
  /** Sound up to this utterance is left out: the student has stopped it. */
  #refused = -1;
  /** Playing was cut off, and nothing came since; what comes next may begin anywhere. */
  #isCut = false;
  #reported = -1;
  #reportedAt = 0;
  #hasReported = false;
  #isDucked = false;
  #volume = 1;
  #ticking: Cancel | null = null;

  constructor(
    private readonly world: AudioWorld,
    private readonly clock: Clock,
    private readonly events: PlayerEvents,
  ) {}

  get utterance(): number {
    return this.#utterance;
  }

  /** Whether something is still to be heard. */
  get isPlaying(): boolean {
    return !this.#isCut && this.#secondsLeft() > 0;
  }

  /** Milliseconds of the utterance that have reached the ear. */
  get heardMs(): number {
    return this.#placeAt(this.world.now() - this.world.latency());
  }

  /** The clock's second on which millisecond 0 of the utterance falls by the stretch now played, or null before the first. */
  get zeroAt(): number | null {
    const run = this.#runs.at(-1);
    return run ? run.startsAt - run.from / this.world.sampleRate : null;
  }

  set volume(value: number) {
    this.#volume = value;
    this.#setLoudness(0.05);
  }

  receive({ utterance, at, samples }: Sound): void {
    if (utterance < this.#utterance || utterance <= this.#refused) return;
    if (utterance > this.#utterance) this.#begin(utterance);
    const fresh = this.#withoutPlayed(at, samples);
    if (fresh.length === 0) return;
    if (this.#secondsLeft() + fresh.length / this.world.sampleRate > mostAheadSeconds) return this.events.overflowed();
    this.#schedule(at + samples.length - fresh.length, fresh);
    this.#watch();
  }

  /** Empties the player at once, and says how far it got. Sound of the same utterance may follow. */
  clear(utterance: number): void {
    if (utterance < this.#utterance) return;
    if (utterance === this.#utterance) this.#cut();
    this.duck(false);
    this.#report(utterance, true);
  }

  /** The student wants to hear no more, up to this utterance. */
  refuse(utterance: number): void {
    this.#refused = Math.max(utterance, this.#utterance);
    this.#cut();
    if (this.#hasReported) this.#report(this.#utterance, false);
  }

  duck(isDucked: boolean): void {
    if (isDucked === this.#isDucked) return;
    this.#isDucked = isDucked;
    this.#setLoudness(0.05);
  }

  /** A new connection, whose utterances may count from anew. */
  forget(): void {
    this.#cut();
    this.duck(false);
    this.#runs = [];
    this.#isCut = false;
    this.#utterance = this.#refused = -1;
  }

  /** The browser lets sound through now: what waited is heard, and reports begin. */
  resumed(): void {
    this.#reportedAt = this.clock.now();
    this.#stopWatching();
    if (this.isPlaying) this.#watch();
  }

  #begin(utterance: number): void {
    this.#cut();
    this.duck(false);
    this.#utterance = utterance;
    this.#runs = [];
    this.#isCut = false;
    this.#reported = -1;
    this.#reportedAt = this.clock.now();
    this.#hasReported = false;
  }

  /** What lies before the end of what is scheduled already came twice, unless a `clear` has made room for it. */
  #withoutPlayed(at: number, samples: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
    const run = this.#runs.at(-1);
    if (!run || this.#isCut || at >= run.to) return samples;
    return samples.subarray(Math.min(samples.length, run.to - at));
  }

  #schedule(at: number, samples: Float32Array<ArrayBuffer>): void {
    const rate = this.world.sampleRate;
    const last = this.#isCut ? undefined : this.#runs.at(-1);
    this.#isCut = false;
    const end = last ? this.#endOf(last) : -Infinity;
    const isOnTime = end > this.world.now() + tooLateSeconds;
    if (last && isOnTime && at === last.to) {
      this.world.play(samples, end);
      last.to += samples.length;
      return;
    }
    // On a whole frame of the clock, so that what follows can join without a seam.
    const startsAt = isOnTime ? end : Math.ceil((this.world.now() + startDelaySeconds) * rate) / rate;
    this.#forgetPast();
    this.#runs.push({ from: at, startsAt, to: at + samples.length });
    this.world.play(samples, startsAt);
    this.events.begins(this.#utterance, startsAt - at / rate, (at / rate) * 1000);
  }

  #endOf(run: Run): number {
    return run.startsAt + (run.to - run.from) / this.world.sampleRate;
  }

  #secondsLeft(): number {
    const last = this.#runs.at(-1);
    return last ? this.#endOf(last) + this.world.latency() - this.world.now() : 0;
  }

  #forgetPast(): void {
    const heard = this.world.now() - this.world.latency();
    const begun = this.#runs.filter((run) => run.startsAt <= heard).length;
    if (begun > 1) this.#runs.splice(0, begun - 1);
  }

  #placeAt(second: number): number {
    const run = this.#runs.filter(({ startsAt }) => startsAt <= second).at(-1);
    const samples = run ? Math.min(run.to, run.from + (second - run.startsAt) * this.world.sampleRate) : (this.#runs[0]?.from ?? 0);
    return (samples / this.world.sampleRate) * 1000;
  }

  // What was handed over before the cut still reaches the ear, and counts; what would have followed does not.
  #cut(): void {
    if (!this.isPlaying) return;
    this.#isCut = true;
    const now = this.world.now();
    this.world.cut();
    this.#runs = this.#runs.filter((run) => run.startsAt < now);
    const last = this.#runs.at(-1);
    if (last) last.to = Math.min(last.to, Math.floor(last.from + (now - last.startsAt) * this.world.sampleRate));
    this.#stopWatching();
    this.events.ranEmpty();
  }

  #watch(): void {
    if (this.#ticking) return;
    if (!this.world.isRunning) return this.#standStill();
    const untilReport = this.#reportedAt + reportEveryMs - this.clock.now();
    const ms = Math.min(untilReport, Math.ceil(this.#secondsLeft() * 1000));
    this.#ticking = this.clock.after(Math.max(ms, 10), () => this.#tick());
  }

  #tick(): void {
    this.#ticking = null;
    if (!this.world.isRunning) return this.#standStill();
    if (!this.isPlaying || this.clock.now() - this.#reportedAt >= reportEveryMs) this.#report(this.#utterance, false);
    if (this.isPlaying) this.#watch();
    else this.events.ranEmpty();
  }

  /** While sound is held back, reports say so: nothing counts as heard, and after a while the server goes on in writing. */
  #standStill(): void {
    this.#report(this.#utterance, false, true);
    this.#ticking = this.clock.after(reportEveryMs, () => this.#tick());
  }

  #report(utterance: number, isFinal: boolean, isStill = false): void {
    // A last report counts what is on its way to the ear, since it can't be called back.
    const ms = utterance === this.#utterance ? Math.floor(isFinal ? this.#placeAt(this.world.now()) : this.heardMs) : 0;
    if (!isFinal && !isStill && ms <= this.#reported) return;
    this.#reported = Math.max(this.#reported, ms);
    this.#reportedAt = this.clock.now();
    this.#hasReported = true;
    this.events.report(utterance, this.#reported, isFinal);
  }

  #stopWatching(): void {
    this.#ticking?.();
    this.#ticking = null;
  }

  #setLoudness(seconds: number): void {
    this.world.loudness(this.#volume * (this.#isDucked ? duckedTo : 1), seconds);
  }
}
