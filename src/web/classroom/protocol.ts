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
}

export type ServerFrame =
  | Ready
  | { readonly type: "state"; readonly seq: number; readonly value: Activity }
  | { readonly type: "question"; readonly seq: number; readonly turn: number; readonly id: string; readonly text: string; readonly messagesLeft: number | null }
  | { readonly type: "phrase"; readonly seq: number; readonly turn: number; readonly index: number; readonly text: string; readonly pace: number; readonly again: boolean }
  | { readonly type: "answer"; readonly seq: number; readonly turn: number; readonly outcome: Outcome; readonly text: string; readonly citations: readonly Citation[]; readonly grounded: Grounded; readonly again: boolean }
  | { readonly type: "time"; readonly seq: number; readonly kind: "ending" | "idle"; readonly secondsLeft: number }
  | { readonly type: "saved"; readonly seq: number; readonly value: boolean }
  | { readonly type: "notice"; readonly seq: number; readonly code: string; readonly text: string }
  | { readonly type: "error"; readonly seq: number; readonly code: string; readonly title: string; readonly detail: string; readonly fatal: boolean; readonly about: string | null }
  | { readonly type: "pong"; readonly seq: number; readonly t: number }
  | { readonly type: "ended"; readonly seq: number; readonly reason: string; readonly summaryUrl: string };

export type ClientFrame =
  | { readonly type: "hello"; readonly ticket: string; readonly client: { readonly name: string; readonly version: string }; readonly after?: number }
  | { readonly type: "say"; readonly id: string; readonly text: string }
  | { readonly type: "stop" }
  | { readonly type: "repeat" }
  | { readonly type: "pace"; readonly value: number }
  | { readonly type: "slower" }
  | { readonly type: "presence" }
  | { readonly type: "end" }
  | { readonly type: "ping"; readonly t: number };
