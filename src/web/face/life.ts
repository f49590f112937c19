import type { Cue } from "./timeline";

export type Pose = "idle" | "listening" | "thinking" | "speaking";

/** Everything about a face but its mouth. Positions are in the portrait's units, shares from 0 or -1 to 1. */
export interface Expression {
  /** 1 open, 0 shut. */
  lids: number;
  gazeX: number;
  gazeY: number;
  headX: number;
  headY: number;
  /** Degrees, clockwise. */
  tilt: number;
  breath: number;
  /** -1 frowning to 1 raised. */
  browLeft: number;
  browRight: number;
  smile: number;
  /** The mouth pulled to one side. */
  ponder: number;
}

interface Bearing {
  readonly tilt: number;
  readonly headX: number;
  readonly headY: number;
  readonly brows: readonly [left: number, right: number];
  readonly smile: number;
  readonly ponder: number;
  readonly secondsBetweenBlinks: number;
}

const bearings: Record<Pose, Bearing> = {
  idle: { tilt: 0, headX: 0, headY: 0, brows: [0, 0], smile: 1, ponder: 0, secondsBetweenBlinks: 4.2 },
  listening: { tilt: -3, headX: -0.6, headY: 1.2, brows: [0.35, 0.35], smile: 1, ponder: 0, secondsBetweenBlinks: 3.8 },
  thinking: { tilt: 3.2, headX: 0.8, headY: -1.2, brows: [-0.35, 0.6], smile: 0.15, ponder: 1, secondsBetweenBlinks: 5 },
  speaking: { tilt: 0, headX: 0, headY: 0, brows: [0.12, 0.12], smile: 0.5, ponder: 0, secondsBetweenBlinks: 3.2 },
};

const blinkSeconds = { closing: 0.07, shut: 0.03, opening: 0.14 };
const wholeBlink = blinkSeconds.closing + blinkSeconds.shut + blinkSeconds.opening;

/** The expression that a pose has when nothing moves. */
export function stillExpression(pose: Pose): Expression {
  const { tilt, headX, headY, brows, smile, ponder } = bearings[pose];
  const [gazeX, gazeY] = pose === "thinking" ? [0.7, -0.75] : [0, 0];
  return { lids: 1, gazeX, gazeY, headX, headY, tilt, breath: 0, browLeft: brows[0], browRight: brows[1], smile, ponder };
}

/** What a face does by itself: blinks, glances, breathes, and moves with what is said. */
export class Life {
  readonly now: Expression = stillExpression("idle");
  readonly #random: () => number;
  #pose: Pose = "idle";
  #time = 0;
  #sinceBlink = wholeBlink;
  #untilBlink: number;
  #untilGlance = 1;
  #untilNod: number;
  #glance: readonly [x: number, y: number] = [0, 0];
  #nod = 0;
  #lift = 0;

  constructor(random: () => number) {
    this.#random = random;
    this.#untilBlink = this.#waitForBlink();
    this.#untilNod = 2 + 3 * random();
  }

  set pose(pose: Pose) {
    if (pose === this.#pose) return;
    this.#pose = pose;
    this.#untilGlance = 0;
  }

  /** True while something moves so fast that every frame counts. */
  get isQuick(): boolean {
    const { now } = this;
    return this.#sinceBlink < wholeBlink || Math.hypot(this.#glance[0] - now.gazeX, this.#glance[1] - now.gazeY) > 0.05;
  }

  cue(kind: Cue["kind"]): void {
    if (kind === "stress") this.#nod = Math.max(this.#nod, 0.55 + 0.45 * this.#random());
    this.#lift = Math.max(this.#lift, kind === "question" ? 1 : 0.35);
  }

  step(seconds: number): void {
    this.#time += seconds;
    this.#blink(seconds);
    this.#look(seconds);
    this.#move(seconds);
  }

  #blink(seconds: number): void {
    this.#sinceBlink += seconds;
    this.#untilBlink -= seconds;
    if (this.#untilBlink <= 0) this.#startBlink();
    const { closing, shut } = blinkSeconds;
    const at = this.#sinceBlink;
    const open = at < closing ? 1 - ease(at / closing) : at < closing + shut ? 0 : ease((at - closing - shut) / blinkSeconds.opening);
    // Lids follow the eyes a little when they look up or down.
    this.now.lids = open * (1 - 0.12 * Math.max(0, this.now.gazeY));
  }

  #startBlink(): void {
    if (this.#sinceBlink < wholeBlink) return;
    this.#sinceBlink = 0;
    this.#untilBlink = this.#random() < 0.12 ? wholeBlink + 0.05 : this.#waitForBlink();
  }

  // Exponential waits: blinks come by chance, not by the beat; never so close together that they look like a twitch.
  #waitForBlink(): number {
    const mean = bearings[this.#pose].secondsBetweenBlinks;
    return Math.min(1 - Math.log(1 - this.#random()) * (mean - 1), 3 * mean);
  }

  #look(seconds: number): void {
    this.#untilGlance -= seconds;
    if (this.#untilGlance <= 0) this.#choosePlace();
    const { now } = this;
    // About 50 ms from place to place, as eyes do; they don't glide.
    now.gazeX = toward(now.gazeX, this.#glance[0], 45, seconds);
    now.gazeY = toward(now.gazeY, this.#glance[1], 45, seconds);
  }

  #choosePlace(): void {
    const random = this.#random;
    const near = (x: number, y: number, wander: number): readonly [number, number] => [x + wander * (random() - 0.5), y + wander * (random() - 0.5)];
    this.#untilGlance = 0.7 + 1.6 * random();
    const before = this.#glance;
    if (this.#pose === "thinking") this.#glance = near(random() < 0.75 ? 0.75 : -0.75, -0.7, 0.3);
    else if (this.#pose === "listening" || random() < 0.8) this.#glance = near(0, 0, 0.14);
    else {
      this.#glance = near(random() < 0.5 ? 0.55 : -0.55, 0.2, 0.4);
      this.#untilGlance = 0.4 + 0.6 * random();
    }
    // A large change of gaze often comes with a blink.
    if (Math.hypot(this.#glance[0] - before[0], this.#glance[1] - before[1]) > 0.6 && this.#sinceBlink > 1.5 && random() < 0.5) this.#startBlink();
  }

  #move(seconds: number): void {
    const { now } = this;
    const bearing = bearings[this.#pose];
    if (this.#pose === "listening") this.#nodAlong(seconds);
    this.#nod *= Math.exp(-5 * seconds);
    this.#lift *= Math.exp(-2.4 * seconds);
    const t = this.#time;
    const liveliness = this.#pose === "speaking" ? 1 : 0.6;
    const sway = liveliness * (Math.sin(t * 0.83) + 0.6 * Math.sin(t * 1.37 + 2));
    const bob = liveliness * Math.sin(t * 1.13 + 1);
    now.breath = 0.5 - 0.5 * Math.cos((t * 2 * Math.PI) / 4.2);
    now.tilt = toward(now.tilt, bearing.tilt + 0.75 * sway, 5, seconds);
    now.headX = toward(now.headX, bearing.headX + 0.7 * sway + 0.5 * now.gazeX, 5, seconds);
    now.headY = toward(now.headY, bearing.headY + 0.35 * bob + 2.1 * this.#nod + 0.4 * now.gazeY, 11, seconds);
    now.browLeft = toward(now.browLeft, clamp(bearing.brows[0] + this.#lift), 12, seconds);
    now.browRight = toward(now.browRight, clamp(bearing.brows[1] + this.#lift), 12, seconds);
    now.smile = toward(now.smile, bearing.smile, 6, seconds);
    now.ponder = toward(now.ponder, bearing.ponder, 6, seconds);
  }

  // Small nods tell the student that somebody listens.
  #nodAlong(seconds: number): void {
    this.#untilNod -= seconds;
    if (this.#untilNod > 0) return;
    this.#untilNod = 2.5 + 3.5 * this.#random();
    this.#nod = 0.8;
  }
}

function toward(value: number, goal: number, perSecond: number, seconds: number): number {
  return value + (goal - value) * (1 - Math.exp(-perSecond * seconds));
}

function ease(x: number): number {
  const t = Math.min(1, Math.max(0, x));
  return t * t * (3 - 2 * t);
}

function clamp(x: number): number {
  return Math.min(1, Math.max(-1, x));
}
