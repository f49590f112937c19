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
  if (isAsked(before, view)) return true;
  return view.turns.some((turn) => turn.outcome === "stopped" && before.turns.some((old) => old.turn === turn.turn && !isFinished(old)));
}

/** Whether the student has asked something, or the conversation has ended. */
export function isAsked(before: View, view: View): boolean {
  return (view.unconfirmed !== null && view.unconfirmed.id !== before.unconfirmed?.id) || (view.ended !== null && before.ended === null);
}

export function withoutMarks(text: string): string {
  return text.replace(/\s*\[\d+\]/g, "");
}

/** As it is to be said: without marks of sources. */
export function spoken(text: string): string {
  return spokenPlaces(text).text;
}

/** As it is to be said, and where each of its characters stands in the text. */
export function spokenPlaces(text: string): { readonly text: string; readonly places: readonly number[] } {
  const unmarked = text.replace(/\s*\[\d+\]/g, (mark) => "\0".repeat(mark.length));
  let said = "";
  const places: number[] = [];
  for (let at = 0; at < unmarked.length; at++) {
    const letter = unmarked.charAt(at);
    const isSpace = /\s/.test(letter);
    if (letter === "\0" || (isSpace && (said === "" || said.endsWith(" ")))) continue;
    said += isSpace ? " " : letter;
    places.push(at);
  }
  return { text: said.trimEnd(), places };
}

function added(old: Turn | undefined, turn: Turn): string {
  return turn.text.slice(old?.text.length ?? 0);
}

// A voice that is given a long text may lose it: Chromium's falls silent after some fifteen seconds.
function sentences(text: string): string[] {
  return text.match(/[^.!?\n]+[.!?\n]*["”’)\]]*\s*(?:\[\d+\]\s*)*/g) ?? [text];
}

/** How far an utterance has been said: the phrases before this one whole, and of it so many characters. */
export interface Place {
  readonly utterance: number;
  readonly phrase: number;
  readonly character: number;
}

interface Piece {
  readonly text: string;
  readonly places: readonly number[];
  readonly pace: number;
  /** Where it belongs; null where nobody asks. */
  readonly phrase: { readonly utterance: number; readonly index: number } | null;
}

const reportEverySeconds = 0.25;

/** Says phrases one after the other, with a voice of this browser. */
export class Speaker {
  #queue: Piece[] = [];
  #now: Saying | null = null;
  #isOn = false;
  #said = 0;
  #place: Place | null = null;
  #reportedAt = -Infinity;
  /** Phrases up to this utterance are no longer said: the student has stopped them. */
  #refused = -1;
  #newest = -1;

  /**
   * @param seconds the face's clock
   * @param show called with what is being said, whenever that changes
   * @param report called with how far an utterance is, where the server paces it
   */
  constructor(
    readonly voice: Voice,
    readonly seconds: () => number,
    readonly show: (saying: Saying | null) => void,
    readonly report: (place: Place, isFinal: boolean) => void = () => {},
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

  /** For a server that knows nothing of voices: says what the change of the view brought. */
  update(before: View, view: View): void {
    if (!this.#isOn) return;
    if (isSilenced(before, view)) this.silence();
    this.say(newPhrases(before, view), view.pace);
  }

  say(phrases: readonly string[], pace: number): void {
    this.#add(phrases.map((phrase) => ({ ...spokenPlaces(phrase), pace, phrase: null })));
  }

  /** For a server that waits for the reports: says the phrase when those before it are said. */
  phrase(utterance: number, index: number, text: string, pace: number): void {
    if (!this.#isOn || utterance <= this.#refused) return;
    this.#newest = Math.max(this.#newest, utterance);
    this.#add([{ ...spokenPlaces(text), pace, phrase: { utterance, index } }]);
  }

  /** Falls silent, and says how far it got. */
  clear(utterance: number): void {
    const waiting = this.#queue.find(({ phrase }) => phrase?.utterance === utterance)?.phrase?.index ?? 0;
    const place = this.#place?.utterance === utterance ? this.#place : { utterance, phrase: waiting, character: 0 };
    this.#hush();
    this.report(place, true);
  }

  /** Says nothing more of what was to be said. */
  silence(): void {
    this.#refused = Math.max(this.#refused, this.#newest);
    this.#hush();
  }

  /** A new connection, whose utterances may count from anew. */
  forget(): void {
    this.#refused = this.#newest = -1;
    this.#place = null;
  }

  #hush(): void {
    this.#queue = [];
    this.#said++;
    this.voice.stop();
    this.#change(null);
  }

  #add(pieces: readonly Piece[]): void {
    this.#queue.push(...pieces);
    if (!this.#now) this.#next();
  }

  #next(): void {
    const piece = this.#queue.shift();
    if (piece === undefined) return this.#change(null);
    const { text, phrase } = piece;
    if (phrase) this.#place = { utterance: phrase.utterance, phrase: phrase.index, character: 0 };
    // Nothing to say: a mark, or a line of dots.
    if (!/[\p{L}\p{N}]/u.test(text)) return this.#ended(piece);
    const mine = ++this.#said;
    const isMine = () => mine === this.#said;
    this.#change({ text, at: null, since: null });
    this.voice.say(text, piece.pace, {
      started: () => isMine() && this.#change({ text, at: null, since: this.seconds() }),
      word: (at) => isMine() && this.#word(piece, at),
      ended: () => isMine() && this.#ended(piece),
    });
  }

  #word({ places, phrase }: Piece, at: number): void {
    if (this.#now) this.#change({ ...this.#now, at });
    if (!phrase) return;
    this.#place = { utterance: phrase.utterance, phrase: phrase.index, character: places[at] ?? 0 };
    if (this.seconds() - this.#reportedAt >= reportEverySeconds) this.#report();
  }

  #ended({ phrase }: Piece): void {
    if (phrase) {
      this.#place = { utterance: phrase.utterance, phrase: phrase.index + 1, character: 0 };
      this.#report();
    }
    this.#next();
  }

  #report(): void {
    if (!this.#place) return;
    this.#reportedAt = this.seconds();
    this.report(this.#place, false);
  }

  #change(saying: Saying | null): void {
    if (saying === this.#now) return;
    this.#now = saying;
    this.show(saying);
  }
}
