import { isFinished, type Turn, type View } from "./model";

/** Who can say a text aloud: the browser's own speech, or a fake. One text at a time. */
export interface Voice {
  /** `rate`: 1 is the voice's own pace. */
  say(text: string, rate: number, heard: Heard): void;
  /** Falls silent at once; the text that was being said hears nothing more. */
  stop(): void;
}

export interface Heard {
  started(): void;
  /** The word at this place in the text begins. */
  word(at: number): void;
  ended(): void;
}

/** What is being said: a phrase, and where in it the voice is. */
export interface Saying {
  readonly text: string;
  /** Where the word now heard begins, or null before the first. */
  readonly at: number | null;
  /** Seconds of the face's clock at which the phrase began; null while the voice draws breath. */
  readonly since: number | null;
}

/** Phrases that a change of the view has brought and that belong to be said. What was there when the page came in is not said. */
export function newPhrases(before: View, view: View): readonly string[] {
  if (before.link.kind !== "open" || view.link.kind !== "open") return [];
  return view.turns.flatMap((turn) => {
    const old = before.turns.find((other) => other.turn === turn.turn);
    if (turn.isRepeating && old && !old.isRepeating) return sentences(turn.text);
    return turn !== old && turn.phrases === (old?.phrases ?? 0) + 1 ? [added(old, turn)] : [];
  });
}

/** Whether what is being said should stop: the student has stopped the answer or asked something else. */
export function isSilenced(before: View, view: View): boolean {
  if (view.unconfirmed !== null && view.unconfirmed.id !== before.unconfirmed?.id) return true;
  if (view.ended !== null && before.ended === null) return true;
  return view.turns.some((turn) => turn.outcome === "stopped" && before.turns.some((old) => old.turn === turn.turn && !isFinished(old)));
}

/** As it is to be said: without marks of sources. */
export function spoken(text: string): string {
  return text.replace(/\s*\[\d+\]/g, "").replace(/\s+/g, " ").trim();
}

function added(old: Turn | undefined, turn: Turn): string {
  return turn.text.slice(old?.text.length ?? 0);
}

// A voice that is given a long text may lose it: Chromium's falls silent after some fifteen seconds.
function sentences(text: string): string[] {
  return text.match(/[^.!?\n]+[.!?\n]*["”’)\]]*\s*(?:\[\d+\]\s*)*/g) ?? [text];
}

/** Says phrases one after the other. */
export class Speaker {
  #queue: string[] = [];
  #now: Saying | null = null;
  #isOn = false;
  #said = 0;

  /**
   * @param seconds the face's clock
   * @param show called with what is being said, whenever that changes
   */
  constructor(
    readonly voice: Voice,
    readonly seconds: () => number,
    readonly show: (saying: Saying | null) => void,
  ) {}

  get isOn(): boolean {
    return this.#isOn;
  }

  get isSpeaking(): boolean {
    return this.#now !== null;
  }

  turn(isOn: boolean): void {
    this.#isOn = isOn;
    if (!isOn) this.silence();
  }

  update(before: View, view: View): void {
    if (!this.#isOn) return;
    if (isSilenced(before, view)) this.silence();
    this.say(newPhrases(before, view), view.pace);
  }

  say(phrases: readonly string[], pace: number): void {
    this.#queue.push(...phrases.map(spoken).filter((phrase) => /[\p{L}\p{N}]/u.test(phrase)));
    if (!this.#now) this.#next(pace);
  }

  /** Says nothing more of what was to be said. */
  silence(): void {
    this.#queue = [];
    this.#said++;
    this.voice.stop();
    this.#change(null);
  }

  #next(pace: number): void {
    const text = this.#queue.shift();
    if (text === undefined) return this.#change(null);
    const mine = ++this.#said;
    const isMine = () => mine === this.#said;
    this.#change({ text, at: null, since: null });
    this.voice.say(text, pace, {
      started: () => isMine() && this.#change({ text, at: null, since: this.seconds() }),
      word: (at) => isMine() && this.#now && this.#change({ ...this.#now, at }),
      ended: () => isMine() && this.#next(pace),
    });
  }

  #change(saying: Saying | null): void {
    if (saying === this.#now) return;
    this.#now = saying;
    this.show(saying);
  }
}
