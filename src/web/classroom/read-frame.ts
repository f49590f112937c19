import type { AgreedSound, AudioOffer, Citation, ServerFrame, SoundOffer, StoredAnswer, StoredTurn } from "./protocol";

/**
 * Reads one text frame of the server, field by field, into a value that holds only what the protocol knows.
 * @returns null for a type that is unknown and for a frame that is broken: both are ignored.
 */
export function readFrame(data: unknown): ServerFrame | null {
  if (typeof data !== "string") return null;
  try {
    return read(new Fields(JSON.parse(data)));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof BrokenFrame) return null;
    throw error;
  }
}

function read(f: Fields): ServerFrame | null {
  const type = f.text("type");
  if (!Object.hasOwn(readers, type)) return null;
  return readers[type as ServerFrame["type"]](f, f.count("seq"));
}

const readers: { readonly [T in ServerFrame["type"]]: (f: Fields, seq: number) => ServerFrame } = {
  ready: (f, seq) => ({
    type: "ready",
    seq,
    session: f.text("session"),
    serverTime: f.instant("serverTime"),
    endsAt: f.instant("endsAt"),
    idleMinutes: f.number("idleMinutes"),
    messagesLeft: f.count("messagesLeft"),
    teacher: readTeacher(f.object("teacher")),
    title: f.text("title"),
    resumed: f.flag("resumed"),
    turns: f.list("turns").map(readTurn),
    audio: f.has("audio") ? readOffer(f.object("audio")) : null,
  }),
  state: (f, seq) => ({ type: "state", seq, value: f.oneOf("value", ["listening", "thinking", "speaking"]) }),
  question: (f, seq) => ({
    type: "question",
    seq,
    turn: f.count("turn"),
    id: f.text("id"),
    text: f.text("text"),
    messagesLeft: f.has("messagesLeft") ? f.count("messagesLeft") : null,
  }),
  phrase: (f, seq) => ({
    type: "phrase",
    seq,
    turn: f.count("turn"),
    index: f.count("index"),
    text: f.text("text"),
    pace: f.has("pace") ? f.number("pace") : 1,
    again: f.has("again") && f.flag("again"),
    utterance: f.has("utterance") ? f.count("utterance") : null,
  }),
  speech: (f, seq) => ({
    type: "speech",
    seq,
    turn: f.count("turn"),
    utterance: f.count("utterance"),
    index: f.count("index"),
    text: f.has("text") ? f.text("text") : null,
    place: f.has("place") ? f.count("place") : 0,
    fromMs: f.notNegative("fromMs"),
    ms: f.has("ms") ? f.notNegative("ms") : null,
    words: f.has("words") ? f.rows("words", 3) : [],
    visemes: f.has("visemes") ? f.rows("visemes", 2) : [],
  }),
  answer: (f, seq) => ({
    type: "answer",
    seq,
    turn: f.count("turn"),
    outcome: f.oneOf("outcome", ["completed", "stopped", "failed"]),
    ...readSubstance(f),
    again: f.has("again") && f.flag("again"),
  }),
  time: (f, seq) => ({ type: "time", seq, kind: f.oneOf("kind", ["ending", "idle"]), secondsLeft: f.number("secondsLeft") }),
  saved: (f, seq) => ({ type: "saved", seq, value: f.flag("value") }),
  notice: (f, seq) => ({ type: "notice", seq, code: f.text("code"), text: f.text("text") }),
  error: (f, seq) => ({
    type: "error",
    seq,
    code: f.text("code"),
    title: f.text("title"),
    detail: f.has("detail") ? f.text("detail") : "",
    fatal: f.has("fatal") && f.flag("fatal"),
    about: f.has("about") ? f.text("about") : null,
  }),
  audio: (f, seq) => ({
    type: "audio",
    seq,
    out: f.has("out") ? readAgreed(f.object("out")) : null,
    in: f.has("in") ? readAgreed(f.object("in")) : null,
  }),
  clear: (f, seq) => ({ type: "clear", seq, utterance: f.count("utterance") }),
  duck: (f, seq) => ({ type: "duck", seq, value: f.flag("value") }),
  hearing: (f, seq) => ({ type: "hearing", seq, value: f.oneOf("value", ["nothing", "speech", "words"]) }),
  pong: (f, seq) => ({ type: "pong", seq, t: f.number("t") }),
  ended: (f, seq) => ({ type: "ended", seq, reason: f.text("reason"), summaryUrl: f.has("summaryUrl") ? f.address("summaryUrl") : "" }),
};

function readOffer(f: Fields): AudioOffer {
  return {
    out: f.has("out") ? readSoundOffer(f.object("out")) : null,
    in: f.has("in") ? readSoundOffer(f.object("in")) : null,
    recognition: f.has("recognition") && f.flag("recognition"),
  };
}

/** Formats of the future are left out; an offer with none that is known is no offer. */
function readSoundOffer(f: Fields): SoundOffer | null {
  const formats = f.names("formats").filter((format) => format === "pcm16" || format === "mulaw");
  const sampleRate = f.notNegative("sampleRate");
  return formats.length > 0 && sampleRate > 0 ? { formats, sampleRate } : null;
}

function readAgreed(f: Fields): AgreedSound {
  return { format: f.oneOf("format", ["pcm16", "mulaw", "own"]), sampleRate: f.has("sampleRate") ? f.notNegative("sampleRate") : 0 };
}

function readTeacher(f: Fields) {
  return { slug: f.text("slug"), name: f.text("name") };
}

function readTurn(f: Fields): StoredTurn {
  return {
    turn: f.count("turn"),
    question: f.has("question") ? readQuestion(f.object("question")) : null,
    answer: f.has("answer") ? readAnswer(f.object("answer")) : null,
  };
}

function readQuestion(f: Fields) {
  return { id: f.text("id"), text: f.text("text") };
}

function readAnswer(f: Fields): StoredAnswer {
  return {
    outcome: f.oneOf("outcome", ["running", "completed", "stopped", "failed"]),
    phrases: f.has("phrases") ? f.count("phrases") : 0,
    ...readSubstance(f),
  };
}

function readSubstance(f: Fields) {
  return {
    text: f.text("text"),
    citations: f.has("citations") ? f.list("citations").map(readCitation) : [],
    grounded: f.has("grounded") ? f.oneOf("grounded", ["quoted", "model", "none"]) : ("none" as const),
  };
}

function readCitation(f: Fields): Citation {
  const lesson = f.object("lesson");
  return {
    label: f.count("label"),
    paragraph: f.text("paragraph"),
    lesson: { slug: lesson.text("slug"), title: lesson.text("title") },
    section: f.has("section") ? f.text("section") : "",
    quote: f.has("quote") ? f.text("quote") : "",
    url: f.address("url"),
  };
}

class BrokenFrame extends Error {}

/** An object from outside: every access says what it expects, and anything else breaks the frame. */
class Fields {
  readonly #of: object;

  constructor(value: unknown) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new BrokenFrame();
    this.#of = value;
  }

  has(name: string): boolean {
    return this.#get(name) != null;
  }

  text(name: string): string {
    return this.#expect(name, (value) => typeof value === "string");
  }

  flag(name: string): boolean {
    return this.#expect(name, (value) => typeof value === "boolean");
  }

  number(name: string): number {
    return this.#expect(name, Number.isFinite);
  }

  notNegative(name: string): number {
    return this.#expect(name, (value) => Number.isFinite(value) && (value as number) >= 0);
  }

  /** A whole number from 0 on. */
  count(name: string): number {
    return this.#expect(name, (value) => Number.isSafeInteger(value) && (value as number) >= 0);
  }

  instant(name: string): number {
    const instant = Date.parse(this.text(name));
    if (Number.isNaN(instant)) throw new BrokenFrame();
    return instant;
  }

  /** An address that is safe in a link: a path of this host, or http(s). */
  address(name: string): string {
    const address = this.text(name);
    if (!/^(https?:\/\/|\/(?![/\\]))/i.test(address)) throw new BrokenFrame();
    return address;
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    return this.#expect(name, (value) => values.includes(value as T));
  }

  object(name: string): Fields {
    return new Fields(this.#get(name));
  }

  list(name: string): Fields[] {
    return this.#expect<unknown[]>(name, Array.isArray).map((value) => new Fields(value));
  }

  names(name: string): string[] {
    return this.#expect(name, (value) => Array.isArray(value) && value.every((one) => typeof one === "string"));
  }

  /** A list of rows of so many numbers from 0 on. */
  rows<T extends readonly number[]>(name: string, width: T["length"]): T[] {
    const isRow = (row: unknown) => Array.isArray(row) && row.length === width && row.every((one) => Number.isFinite(one) && one >= 0);
    return this.#expect(name, (value) => Array.isArray(value) && value.every(isRow));
  }

  #expect<T>(name: string, fits: (value: unknown) => boolean): T {
    const value = this.#get(name);
    if (!fits(value)) throw new BrokenFrame();
    return value as T;
  }

  #get(name: string): unknown {
    return Object.hasOwn(this.#of, name) ? (this.#of as Record<string, unknown>)[name] : undefined;
  }
}
