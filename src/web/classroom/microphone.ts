import type { Cancel, Clock } from "../shared/clock";

/** Why nothing is heard. */
export type Trouble = "refused" | "none" | "busy" | "unplugged" | "muted" | "silent" | "failed" | "rejected";

export type TalkMode = "hands-free" | "hold";

/** What listens: the device's microphone, whose sound goes to the server, or the browser's own recognition. */
export interface Ear {
  /** Whether the ear stays open between two holds of the button, so that the first word is not lost; then for a while only. */
  readonly staysOpen: boolean;
  /** Rejects with a `Deaf` that says why. */
  open(heard: EarEvents): Promise<OpenEar>;
}

export interface OpenEar {
  /** Whether the teacher's own voice is kept out. */
  readonly echoCancellation: boolean;
  /** @param isAbrupt what was said and not yet understood is thrown away */
  close(isAbrupt: boolean): void;
  /** The teacher speaks, and this ear would take that for the student. */
  rest?(isResting: boolean): void;
}

export interface EarEvents {
  /** @param samples 16-bit, 16,000 a second; @param at place of the first since the ear was opened */
  sound(samples: Int16Array, at: number): void;
  /** The microphone was taken away, or failed. */
  ended(why: Trouble): void;
  muted(isMuted: boolean): void;
}

export class Deaf extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble);
  }
}

export interface MicrophoneState {
  /** `asking`: the browser asks the student, or the device is being opened. */
  readonly phase: "off" | "asking" | "on";
  readonly mode: TalkMode;
  readonly isHeld: boolean;
  readonly trouble: Trouble | null;
  readonly echoCancellation: boolean;
}

export interface MicrophoneEvents {
  changed(state: MicrophoneState): void;
  sound(samples: Int16Array, at: number): void;
  /** 0 to 1 */
  level(value: number): void;
  talk(value: boolean): void;
}

/** A room with a working microphone in it is never as quiet as this: some ten steps of 16 bits. */
const quietest = 10;
const silenceMs = 8_000;
const openBetweenHoldsMs = 60_000;
const lastFrameMs = 120;

/** The student's microphone: when it is open, what it hears and what is wrong with it. */
export class Microphone {
  #state: MicrophoneState = { phase: "off", mode: "hands-free", isHeld: false, trouble: null, echoCancellation: false };
  #open: OpenEar | null = null;
  /** Rises with each opening and closing, so that what an earlier one still reports is not heeded. */
  #current = 0;
  #isTalking = false;
  #isAttended = true;
  #isDrownedOut = false;
  #quiet: Cancel | null = null;
  #closing: Cancel = () => {};
  #lettingGo: Cancel | null = null;

  constructor(
    private ear: Ear,
    private readonly clock: Clock,
    private readonly events: MicrophoneEvents,
  ) {}

  get state(): MicrophoneState {
    return this.#state;
  }

  /** Another ear, as when the server has one and had none before. */
  use(ear: Ear): void {
    if (ear === this.ear) return;
    this.off();
    this.ear = ear;
  }

  set mode(mode: TalkMode) {
    if (mode === this.#state.mode) return;
    this.off();
    this.#change({ mode });
  }

  toggle(): void {
    if (this.#state.phase === "off") void this.#listen();
    else this.off();
  }

  press(): void {
    if (this.#state.isHeld) return;
    this.#closing();
    this.#change({ isHeld: true });
    if (this.#state.phase === "on") this.#talk();
    else if (this.#state.phase === "off") void this.#listen();
  }

  /** The last piece of sound is still on its way out of the audio thread: talking ends behind it. */
  release(): void {
    if (!this.#state.isHeld) return;
    this.#change({ isHeld: false });
    this.#stopWaiting();
    if (!this.#open) return this.#state.phase === "asking" ? undefined : this.off();
    if (!this.ear.staysOpen) return this.#shut(false);
    if (this.#isTalking) this.#lettingGo = this.clock.after(lastFrameMs, () => this.#endTalk());
    this.#closing = this.clock.after(openBetweenHoldsMs, () => this.off());
  }

  /** While the teacher speaks nobody needs to be heard, and quiet is no trouble. */
  set isAttended(value: boolean) {
    if (value === this.#isAttended) return;
    this.#isAttended = value;
    if (value) this.#waitForSound();
    else this.#stopWaiting();
  }

  /** The teacher is heard: an ear without echo cancellation rests meanwhile. */
  set isDrownedOut(value: boolean) {
    if (value === this.#isDrownedOut) return;
    this.#isDrownedOut = value;
    this.#open?.rest?.(value);
  }

  /** The server can't use what it gets. */
  reject(): void {
    if (this.#state.phase === "on") this.#fail("rejected");
  }

  off(): void {
    this.#shut(true);
    this.#change({ trouble: null });
  }

  async #listen(): Promise<void> {
    const mine = ++this.#current;
    const ifMine = (action: () => void) => mine === this.#current && action();
    this.#change({ phase: "asking", trouble: null });
    try {
      const open = await this.ear.open({
        sound: (samples, at) => ifMine(() => this.#heard(samples, at)),
        ended: (why) => ifMine(() => this.#fail(why)),
        muted: (isMuted) => ifMine(() => this.#muted(isMuted)),
      });
      if (mine === this.#current) this.#opened(open);
      else open.close(true);
    } catch (error) {
      ifMine(() => this.#fail(error instanceof Deaf ? error.trouble : "failed"));
    }
  }

  #opened(open: OpenEar): void {
    this.#open = open;
    if (this.#isDrownedOut) open.rest?.(true);
    const { mode, isHeld } = this.#state;
    // The button was let go of while the browser asked: with the next hold it is heard from the first word.
    if (mode === "hold" && !isHeld && !this.ear.staysOpen) return this.off();
    this.#change({ phase: "on", echoCancellation: open.echoCancellation });
    if (isHeld) this.#talk();
    else if (mode === "hold") this.#closing = this.clock.after(openBetweenHoldsMs, () => this.off());
    else this.#waitForSound();
  }

  #heard(samples: Int16Array, at: number): void {
    const { mode, isHeld, trouble } = this.#state;
    const isWanted = mode === "hands-free" || isHeld || this.#lettingGo !== null;
    if (!isWanted) return;
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    this.events.level(levelOf(samples));
    if (peak > quietest) {
      if (trouble === "silent") this.#change({ trouble: null });
      this.#waitForSound();
    }
    this.events.sound(samples, at);
    if (this.#lettingGo) this.#endTalk();
  }

  #talk(): void {
    this.#lettingGo?.();
    this.#lettingGo = null;
    this.#waitForSound();
    if (this.#isTalking) return;
    this.#isTalking = true;
    this.events.talk(true);
  }

  #endTalk(): void {
    this.#lettingGo?.();
    this.#lettingGo = null;
    if (!this.#isTalking) return;
    this.#isTalking = false;
    this.events.level(0);
    this.events.talk(false);
  }

  #muted(isMuted: boolean): void {
    const { trouble } = this.#state;
    if (isMuted) this.#stopWaiting();
    else this.#waitForSound();
    if (isMuted || trouble === "muted") this.#change({ trouble: isMuted ? "muted" : null });
  }

  #waitForSound(): void {
    this.#stopWaiting();
    const { phase, mode, isHeld, trouble } = this.#state;
    if (phase !== "on" || trouble === "muted" || !this.ear.staysOpen || !this.#isAttended || (mode === "hold" && !isHeld)) return;
    this.#quiet = this.clock.after(silenceMs, () => this.#change({ trouble: "silent" }));
  }

  #stopWaiting(): void {
    this.#quiet?.();
    this.#quiet = null;
  }

  #fail(trouble: Trouble): void {
    this.#shut(true);
    this.#change({ trouble });
  }

  #shut(isAbrupt: boolean): void {
    this.#current++;
    this.#stopWaiting();
    this.#closing();
    this.#endTalk();
    this.#open?.close(isAbrupt);
    this.#open = null;
    this.events.level(0);
    this.#change({ phase: "off", isHeld: false, echoCancellation: false });
  }

  #change(change: Partial<MicrophoneState>): void {
    const keys = Object.keys(change) as (keyof MicrophoneState)[];
    if (keys.every((key) => change[key] === this.#state[key])) return;
    this.#state = { ...this.#state, ...change };
    this.events.changed(this.#state);
  }
}

const quietDb = -60;
const loudDb = -15;

/** How loud it is, from a whisper's background (0) to a raised voice (1), on the ear's own scale. */
export function levelOf(samples: Int16Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / (samples.length || 1) / 0x8000 ** 2;
  const db = 10 * Math.log10(power || 1e-12);
  return Math.min(1, Math.max(0, (db - quietDb) / (loudDb - quietDb)));
}
