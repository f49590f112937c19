/** The messages of `lectern.live.v1`, as docs/live-protocol.md defines them. */
export const subprotocol = "lectern.live.v1";

export const longestMessage = 2000;

export type Outcome = "completed" | "stopped" | "failed";
export type Grounded = "quoted" | "model" | "none";
export type Activity = "listening" | "thinking" | "speaking";

export interface Teacher {
  readonly slug: string;
  readonly name: string;
}

export interface Citation {
  readonly label: number;
  readonly paragraph: string;
  readonly lesson: { readonly slug: string; readonly title: string };
  readonly section: string;
  readonly quote: string;
  readonly url: string;
}

export interface Question {
  readonly id: string;
  readonly text: string;
}

export interface StoredAnswer {
  readonly outcome: Outcome | "running";
  readonly text: string;
  /** How many phrases `text` is made of: the next one has this index. */
  readonly phrases: number;
  readonly citations: readonly Citation[];
  readonly grounded: Grounded;
}

export interface StoredTurn {
  readonly turn: number;
  readonly question: Question | null;
  readonly answer: StoredAnswer | null;
}

/** How sound travels; `own` stands for the browser's own voice or recognition, with which no sound travels. */
export type SoundFormat = "pcm16" | "mulaw";
export type AgreedFormat = SoundFormat | "own";

/** One direction of sound as the school offers it. */
export interface SoundOffer {
  readonly formats: readonly SoundFormat[];
  readonly sampleRate: number;
}

/** What this school can do in speech; null where it has nothing of the kind. */
export interface AudioOffer {
  readonly out: SoundOffer | null;
  readonly in: SoundOffer | null;
  /** Whether the browser's own recognition of speech may be used. */
  readonly recognition: boolean;
}

export interface AgreedSound {
  readonly format: AgreedFormat;
  /** Samples a second; 0 for `own`. */
  readonly sampleRate: number;
}

/** What the client wants of speech. */
export interface AudioWish {
  readonly out: AgreedFormat | null;
  readonly in: AgreedFormat | null;
  readonly inRate?: number;
  readonly echoCancellation?: boolean;
}

/** When a word of a phrase begins, in ms of the utterance, and its place in the phrase's text. */
export type WordTime = readonly [ms: number, start: number, length: number];
/** From when on the mouth shows a viseme (0 to 14, Meta's order), in ms of the utterance. */
export type VisemeTime = readonly [ms: number, viseme: number];

export type Hearing = "nothing" | "speech" | "words";

export interface Ready {
  readonly type: "ready";
  readonly seq: number;
  readonly session: string;
  /** Milliseconds since 1970. */
  readonly serverTime: number;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  readonly idleMinutes: number;
  readonly messagesLeft: number;
  readonly teacher: Teacher;
  readonly title: string;
  readonly resumed: boolean;
  readonly turns: readonly StoredTurn[];
  /** null from a server without speech. */
  readonly audio: AudioOffer | null;
}

export interface PhraseFrame {
  readonly type: "phrase";
  readonly seq: number;
  readonly turn: number;
  readonly index: number;
  readonly text: string;
  readonly pace: number;
  readonly again: boolean;
  /** The spoken answer that the phrase belongs to; null where nothing is spoken. */
  readonly utterance: number | null;
}

/** How much of an answer that is being spoken was heard, in UTF-16 code units of its text. */
export interface HeardSoFar {
  readonly turn: number;
  readonly characters: number;
}

export interface SpeechFrame {
  readonly type: "speech";
  readonly seq: number;
  readonly turn: number;
  readonly utterance: number;
  readonly index: number;
  /** The phrase, which a page loaded anew has no other way to know; null from an older server. */
  readonly text: string | null;
  /** Where the phrase begins in the answer's text. */
  readonly place: number;
  readonly fromMs: number;
  /** null while it isn't known. */
  readonly ms: number | null;
  readonly words: readonly WordTime[];
  readonly visemes: readonly VisemeTime[];
}

export type ServerFrame =
  | Ready
  | { readonly type: "state"; readonly seq: number; readonly value: Activity }
  | { readonly type: "question"; readonly seq: number; readonly turn: number; readonly id: string; readonly text: string; readonly messagesLeft: number | null }
  | PhraseFrame
  | SpeechFrame
  | { readonly type: "answer"; readonly seq: number; readonly turn: number; readonly outcome: Outcome; readonly text: string; readonly citations: readonly Citation[]; readonly grounded: Grounded; readonly again: boolean }
  | { readonly type: "time"; readonly seq: number; readonly kind: "ending" | "idle"; readonly secondsLeft: number }
  | { readonly type: "saved"; readonly seq: number; readonly value: boolean }
  | { readonly type: "notice"; readonly seq: number; readonly code: string; readonly text: string }
  | { readonly type: "error"; readonly seq: number; readonly code: string; readonly title: string; readonly detail: string; readonly fatal: boolean; readonly about: string | null }
  | { readonly type: "audio"; readonly seq: number; readonly out: AgreedSound | null; readonly in: AgreedSound | null }
  | { readonly type: "clear"; readonly seq: number; readonly utterance: number }
  | { readonly type: "duck"; readonly seq: number; readonly value: boolean }
  | { readonly type: "hearing"; readonly seq: number; readonly value: Hearing }
  | { readonly type: "pong"; readonly seq: number; readonly t: number }
  | { readonly type: "ended"; readonly seq: number; readonly reason: string; readonly summaryUrl: string };

export type ClientFrame =
  | { readonly type: "hello"; readonly ticket: string; readonly client: { readonly name: string; readonly version: string }; readonly after?: number; readonly audio?: AudioWish; readonly heard?: HeardSoFar }
  | { readonly type: "say"; readonly id: string; readonly text: string; readonly spoken?: true }
  | ({ readonly type: "audio" } & AudioWish)
  | Played
  | { readonly type: "talk"; readonly value: boolean }
  | { readonly type: "words"; readonly text: string }
  | { readonly type: "stop" }
  | { readonly type: "repeat" }
  | { readonly type: "pace"; readonly value: number }
  | { readonly type: "slower" }
  | { readonly type: "presence" }
  | { readonly type: "end" }
  | { readonly type: "ping"; readonly t: number };

/** How far the teacher has been heard: in milliseconds of the utterance, or in phrases where the browser's own voice speaks. */
export type Played = { readonly type: "played"; readonly utterance: number; readonly final?: true } & (
  | { readonly ms: number }
  | { readonly phrase: number; readonly character: number }
);
