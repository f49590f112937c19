import { Life, type Expression, type Pose, stillExpression } from "./life";
import { type Look, paintOf } from "./look";
import { blendSeconds, type Mouth, mouthAt, mouthParts, shapeOf } from "./mouth";
import { browserPage, type Page } from "./page";
import { drawPortrait } from "./portrait";
import { seededRandom } from "./random";
import { type Frame, frameOf, type MovingPart, movingParts } from "./rig";
import { silence, type Timeline, Track } from "./timeline";

export type { Look } from "./look";
export type { Pose } from "./life";
export type { Cue, Mark, Timeline } from "./timeline";

export interface FaceOptions {
  /** What the picture is called for those who don't see it; without it the picture is hidden from them. */
  readonly label?: string;
  /** Seconds from the clock's time to the sound's arrival at the ear, such as AudioContext.outputLatency. */
  readonly latency?: () => number;
  /** 0 to 1, how loud the voice is at this moment; scales how far the jaw opens. */
  readonly loudness?: () => number;
  readonly seed?: number;
  /** False: the caller calls `update` in its own frames. */
  readonly drawsItself?: boolean;
  readonly page?: Page;
}

/** A teacher's live portrait. */
export interface Face {
  readonly root: SVGSVGElement;
  /** What the last frame showed: the viseme's place in Meta's order and the clock's second (latency taken off) it belongs to. */
  readonly shown: { readonly viseme: number; readonly at: number };
  /** How many attributes were written so far. */
  readonly writes: number;
  pose(pose: Pose): void;
  /** Shows a timeline in time with the clock. May be called again with what follows, or with the same again, better timed. */
  speak(timeline: Timeline): void;
  /** Closes the mouth within a tenth of a second, whatever was still to come. */
  stop(): void;
  /** Draws the state at a frame's time, in ms. */
  update(now: number): void;
  dispose(): void;
}

/** A smile that shows the teeth, for a face that waits for a conversation, and the one mouth of those who wish for stillness. */
const restingMouth: Mouth = { ...shapeOf(silence), jaw: 0.42, width: 0.3, teeth: 1, tongue: 0.1 };
const stillSpeakingMouth: Mouth = { ...shapeOf(silence), jaw: 0.34, width: 0.2, teeth: 0.8, tongue: 0.3 };

const longestStepMs = 100;
const calmFrameMs = 30;
const stalledAfterMs = 250;

/** The attributes of the picture that the server draws: the waiting face, not yet moving. */
export function stillFrame(): Frame {
  return frameOf(stillExpression("idle"), restingMouth, {} as Frame);
}

/**
 * Draws a character and brings it to life.
 * @param clock Seconds, such as `() => audioContext.currentTime`: the mouth follows it and nothing else.
 */
export function makeFace(look: Look, clock: () => number, options: FaceOptions = {}): Face {
  return new LiveFace(look, clock, options);
}

class LiveFace implements Face {
  readonly root: SVGSVGElement;
  readonly shown = { viseme: silence, at: 0 };
  writes = 0;
  readonly #page: Page;
  readonly #parts: readonly (readonly [part: MovingPart, node: SVGElement])[];
  readonly #frame: Frame = stillFrame();
  readonly #written: Frame = { ...this.#frame };
  readonly #track = new Track();
  readonly #life: Life;
  readonly #mouth: Mouth = { ...restingMouth };
  readonly #unwatch: () => void;
  #pose: Pose = "idle";
  /** How much of the resting smile is left, and how much of the speaking mouth shows: both eased, not to jump. */
  #rest = 1;
  #voice = 1;
  #lastFrame: number | null = null;
  #lastTime = NaN;
  #stoodStillMs = 0;
  #cancelFrame: (() => void) | null = null;
  #isDisposed = false;

  constructor(
    look: Look,
    readonly clock: () => number,
    readonly options: FaceOptions,
  ) {
    this.#page = options.page ?? browserPage();
    const { root, parts } = drawPortrait(this.#page, paintOf(look), this.#frame);
    this.root = root;
    this.#parts = [...parts];
    this.#life = new Life(seededRandom(options.seed ?? Math.random() * 2 ** 32));
    if (options.label) root.setAttribute("aria-label", options.label);
    root.setAttribute(options.label ? "role" : "aria-hidden", options.label ? "img" : "true");
    this.#unwatch = this.#page.watch(() => this.#carryOn());
    this.#carryOn();
  }

  pose(pose: Pose): void {
    this.#pose = pose;
    this.#life.pose = pose;
    this.#carryOn();
  }

  speak(timeline: Timeline): void {
    const now = this.#heardTime();
    this.#track.add(timeline, timeline.startsAt ?? this.clock(), now + blendSeconds / 2);
    this.#carryOn();
  }

  stop(): void {
    this.#track.cut(this.#heardTime() + blendSeconds / 2);
    this.#carryOn();
  }

  update(now: number): void {
    const step = Math.min(longestStepMs, Math.max(0, now - (this.#lastFrame ?? now)));
    this.#lastFrame = now;
    const at = this.#heardTime();
    this.#stoodStillMs = at === this.#lastTime ? this.#stoodStillMs + step : 0;
    this.#lastTime = at;
    this.shown.at = at;
    this.shown.viseme = this.#track.visemeAt(at);
    if (this.#page.prefersStillness()) this.#drawStill(at);
    else this.#drawLive(at, step / 1000);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    this.#unwatch();
    this.root.remove();
  }

  #heardTime(): number {
    return this.clock() - (this.options.latency?.() || 0);
  }

  #drawLive(at: number, seconds: number): void {
    for (const cue of this.#track.takeCues(at)) this.#life.cue(cue);
    this.#life.step(seconds);
    const mouth = mouthAt(this.#track, at, this.#mouth);
    const loudness = this.options.loudness?.() ?? 1;
    mouth.jaw *= 0.45 + 0.55 * Math.min(1, Math.max(0, loudness));
    this.#easeVoice(seconds);
    for (const part of mouthParts) {
      const smile = restingMouth[part] * this.#rest;
      mouth[part] = Math.min(1, mouth[part] * this.#voice + smile);
    }
    this.#write(this.#life.now, mouth);
  }

  // The smile is laid over the speech instead of being mixed with it, so that the first sound is not late. A clock that
  // stands still is a voice that was paused: the mouth closes until it runs on.
  #easeVoice(seconds: number): void {
    const isAtRest = this.#pose === "idle" && this.#track.isSilentFrom(this.#lastTime);
    this.#rest += (Number(isAtRest) - this.#rest) * (1 - Math.exp(-14 * seconds));
    const isHeard = this.#stoodStillMs < stalledAfterMs;
    this.#voice += (Number(isHeard) - this.#voice) * (1 - Math.exp((isHeard ? -60 : -20) * seconds));
  }

  /** No movement but one: the mouth opens when speech begins and closes when it ends, to tell who speaks. */
  #drawStill(at: number): void {
    const { lids, breath, ...held } = stillExpression(this.#pose);
    const expression: Expression = { ...held, lids, breath };
    const isSounding = this.#track.isSpeakingAt(at) && this.#stoodStillMs < stalledAfterMs;
    this.#write(expression, isSounding ? stillSpeakingMouth : this.#pose === "idle" ? restingMouth : shapeOf(silence));
  }

  #write(expression: Expression, mouth: Mouth): void {
    const frame = frameOf(expression, mouth, this.#frame);
    for (const [part, node] of this.#parts) {
      if (frame[part] === this.#written[part]) continue;
      this.#written[part] = frame[part];
      node.setAttribute(movingParts[part], frame[part]);
      this.writes++;
    }
  }

  /** Asks for a frame where there is something to draw and somebody to see it. */
  #carryOn(): void {
    if (this.#isDisposed || this.options.drawsItself === false) return;
    if (this.#page.isHidden()) {
      this.#cancelFrame?.();
      this.#cancelFrame = null;
      this.#lastFrame = null;
      return;
    }
    this.#cancelFrame ??= this.#page.nextFrame((ms) => this.#drawFrame(ms));
  }

  #drawFrame(ms: number): void {
    this.#cancelFrame = null;
    if (this.#isWorthDrawing(ms)) this.update(ms);
    const isStill = this.#page.prefersStillness();
    if (!isStill || !this.#track.isSilentFrom(this.#lastTime)) this.#carryOn();
  }

  // Breathing and swaying are as smooth in every second frame, and cost half the battery.
  #isWorthDrawing(ms: number): boolean {
    const isCalm = this.#track.isSilentFrom(this.#heardTime() - blendSeconds) && !this.#life.isQuick;
    return !isCalm || this.#lastFrame === null || ms - this.#lastFrame >= calmFrameMs;
  }
}
