import type { Clock } from "../shared/clock";
import type { BrowserPlayer } from "./browser-player";
import type { View } from "./model";
import { Player } from "./player";
import type { HeardSoFar, Played, ServerFrame, SoundFormat } from "./protocol";
import { type Line, Script, wordAt } from "./script";
import { readSound } from "./sound";
import type { Stage } from "./stage";

/** Where the sound is and where the picture is, for tests that compare the two. Milliseconds are those of the utterance. */
export interface Probe {
  readonly utterance: number;
  readonly isPlaying: boolean;
  /** How far the utterance has been heard. */
  readonly audioMs: number;
  /** When the word that the captions mark begins; null where none is marked. */
  readonly captionWordMs: number | null;
  /** The viseme of the face's last frame, and the millisecond of the utterance for which it was drawn. */
  readonly viseme: number;
  readonly visemeAt: number | null;
  readonly latencyMs: number;
}

export interface TeacherVoiceWorld {
  readonly clock: Clock;
  openPlayer(sampleRate: number, stateChanged: () => void): BrowserPlayer;
  /** Calls back before the next frame is drawn. */
  nextFrame(action: () => void): void;
}

type Showing = Pick<Stage, "speak" | "hush" | "follow" | "showCaption" | "shown">;

const captionStaysMs = 400;
const settlingMs = 400;

/** The school's own voice: its sound, and face and captions in step with what of it is heard. */
export class TeacherVoice {
  #audio: BrowserPlayer | null = null;
  #player: Player | null = null;
  #format: SoundFormat | null = null;
  #volume = 1;
  #isSettled = false;
  #isWatching = false;
  #newest = -1;
  #shownLine: Line | null = null;
  #shownWordMs: number | null = null;
  readonly #script = new Script();

  /** @param changed called when whether it speaks, or may be heard, may have changed */
  constructor(
    private readonly world: TeacherVoiceWorld,
    private readonly stage: Showing,
    private readonly report: (report: Played) => void,
    private readonly changed: () => void,
  ) {}

  get isSpeaking(): boolean {
    return this.#player?.isPlaying === true;
  }

  /** The browser holds the sound back until the next press. */
  get isLocked(): boolean {
    return this.#isSettled && this.#format !== null && this.#audio?.isRunning === false;
  }

  set volume(value: number) {
    this.#volume = value;
    if (this.#player) this.#player.volume = value;
  }

  /** Gets ready to be heard. Within a press, the browser lets sound through from now on. */
  open(sampleRate: number): void {
    if (!this.#audio) this.#openPlayer(sampleRate);
    if (this.#audio?.isRunning === false) this.#audio.unlock();
  }

  update({ agreed: { out } }: View): void {
    this.#format = out && out.format !== "own" ? out.format : null;
    if (!out || !this.#format) return;
    if (this.#audio?.sampleRate !== out.sampleRate) this.#openPlayer(out.sampleRate);
    this.stage.follow(this.#audio);
  }

  received(frame: ServerFrame): void {
    switch (frame.type) {
      case "ready":
        return this.#forget();
      case "phrase":
        return this.#phrase(frame);
      case "speech":
        this.#newest = Math.max(this.#newest, frame.utterance);
        return this.#speech(this.#script.speech(frame), frame.utterance);
      case "clear":
        if (this.#format) this.#player?.clear(frame.utterance);
        return this.#rest();
      case "duck":
        return this.#player?.duck(frame.value);
    }
  }

  sounded(frame: ArrayBuffer): void {
    const sound = this.#format && readSound(frame, this.#format);
    if (!sound || !this.#player) return;
    const wasPlaying = this.#player.isPlaying;
    this.#player.receive(sound);
    this.#watch();
    if (!wasPlaying) this.changed();
  }

  /** What was heard of the newest answer that is spoken; null where none is. */
  get heard(): HeardSoFar | null {
    return this.#player && this.#player.utterance >= 0 ? this.#script.heardAt(this.#player.utterance, this.#player.heardMs) : null;
  }

  /** The student has heard enough. */
  silence(): void {
    this.#player?.refuse(this.#newest);
    this.#rest();
  }

  close(): void {
    this.silence();
    this.stage.follow(null);
    this.#audio?.close();
    this.#audio = this.#player = null;
  }

  get probe(): Probe | null {
    const player = this.#player;
    const shown = this.stage.shown;
    if (!player || !this.#audio) return null;
    return {
      utterance: player.utterance,
      isPlaying: player.isPlaying,
      audioMs: player.heardMs,
      captionWordMs: this.#shownWordMs,
      viseme: shown?.viseme ?? 0,
      visemeAt: shown && player.zeroAt !== null ? (shown.at - player.zeroAt) * 1000 : null,
      latencyMs: this.#audio.latency() * 1000,
    };
  }

  #openPlayer(sampleRate: number): void {
    this.#audio?.close();
    const audio = this.world.openPlayer(sampleRate, () => this.#stateChanged());
    this.#audio = audio;
    this.#player = new Player(audio, this.world.clock, {
      report: (utterance, ms, isFinal) => this.report({ type: "played", utterance, ms, ...(isFinal && { final: true as const }) }),
      begins: (utterance, zeroAt, fromMs) => this.#begins(utterance, zeroAt, fromMs),
      ranEmpty: () => this.#ranEmpty(),
      overflowed: () => console.warn("More of the teacher's voice came than is kept."),
    });
    this.#player.volume = this.#volume;
    // A browser that lets sound through takes a moment to begin.
    this.#isSettled = false;
    this.world.clock.after(settlingMs, () => {
      this.#isSettled = true;
      this.changed();
    });
  }

  #stateChanged(): void {
    if (this.#audio?.isRunning) this.#player?.resumed();
    this.changed();
  }

  #phrase(frame: Extract<ServerFrame, { type: "phrase" }>): void {
    if (frame.utterance === null) return;
    this.#newest = Math.max(this.#newest, frame.utterance);
    this.#script.phrase(frame.utterance, frame);
  }

  // Times that come while the voice speaks hold at once; those that come before wait until it begins.
  #speech(line: Line | null, utterance: number): void {
    const player = this.#player;
    if (!line || !player?.isPlaying || player.utterance !== utterance || player.zeroAt === null) return;
    this.stage.speak(line, player.zeroAt);
  }

  #begins(utterance: number, zeroAt: number, fromMs: number): void {
    for (const line of this.#script.lines(utterance)) if (line.fromMs + line.ms > fromMs) this.stage.speak(line, zeroAt);
  }

  #ranEmpty(): void {
    this.stage.hush();
    this.world.clock.after(captionStaysMs, () => !this.isSpeaking && this.#rest());
    this.changed();
  }

  #forget(): void {
    this.#player?.forget();
    this.#newest = -1;
    this.#rest();
  }

  #rest(): void {
    if (this.#shownLine) this.stage.showCaption(null);
    this.#shownLine = null;
    this.#shownWordMs = null;
    this.changed();
  }

  #watch(): void {
    if (this.#isWatching || !this.isSpeaking) return;
    this.#isWatching = true;
    this.world.nextFrame(() => {
      this.#isWatching = false;
      this.#showHeard();
      this.#watch();
    });
  }

  /** The captions follow the ear. */
  #showHeard(): void {
    const player = this.#player;
    if (!player?.isPlaying || !this.#audio?.isRunning) return;
    const ms = player.heardMs;
    const line = this.#script.lineAt(player.utterance, ms);
    const word = line && wordAt(line, ms);
    const wordMs = word?.[0] ?? null;
    if (!line || (line === this.#shownLine && wordMs === this.#shownWordMs)) return;
    this.#shownLine = line;
    this.#shownWordMs = wordMs;
    this.stage.showCaption({ text: line.text, from: word?.[1] ?? 0, to: word ? word[1] + word[2] : 0 });
  }
}
