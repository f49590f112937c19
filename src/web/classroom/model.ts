import type { LinkState } from "./connection";
import type { Activity, AgreedSound, AudioOffer, Citation, Grounded, Hearing, Outcome, PhraseFrame, Question, Ready, ServerFrame, StoredTurn, Teacher } from "./protocol";

export interface Turn {
  readonly turn: number;
  readonly question: Question | null;
  readonly text: string;
  readonly phrases: number;
  /** `waiting`: nothing has come yet; `running`: phrases are coming. */
  readonly outcome: Outcome | "waiting" | "running";
  readonly citations: readonly Citation[];
  readonly grounded: Grounded;
  /** The teacher is saying this answer once more. */
  readonly isRepeating: boolean;
  /** Rises with each repetition that is complete. */
  readonly timesRepeated: number;
}

/** A message the student has sent that no `question` has confirmed. */
export interface Unconfirmed extends Question {
  /** The browser's own recognition wrote it down. */
  readonly isSpoken?: boolean;
  readonly refusal: Problem | null;
}

export interface Problem {
  readonly title: string;
  readonly detail: string;
}

export interface Ending {
  readonly reason: string;
  readonly summaryUrl: string;
}

/** Everything the classroom shows. Never changed, only replaced; a turn that is unchanged stays the same object. */
export interface View {
  readonly link: LinkState;
  readonly wasOpen: boolean;
  readonly teacher: Teacher | null;
  readonly title: string;
  readonly turns: readonly Turn[];
  readonly unconfirmed: Unconfirmed | null;
  readonly activity: Activity;
  /** By this computer's clock, in milliseconds since 1970. */
  readonly endsAt: number | null;
  readonly messagesLeft: number | null;
  /** Seconds that were left when the server last warned of the end. */
  readonly warnedAt: number | null;
  /** Seconds in which the session ends for idleness, or null when it doesn't. */
  readonly idleSeconds: number | null;
  readonly pace: number;
  /** What the school can do in speech; null until told, and where it can do nothing. */
  readonly offer: AudioOffer | null;
  /** What was agreed for this connection. */
  readonly agreed: { readonly out: AgreedSound | null; readonly in: AgreedSound | null };
  /** What the server makes of the microphone. */
  readonly hearing: Hearing;
  readonly isSaved: boolean;
  readonly notice: { readonly code: string; readonly text: string } | null;
  readonly problem: Problem | null;
  /** The student ended the conversation while the line was away; the server does not know yet. */
  readonly isEndWanted: boolean;
  readonly ended: Ending | null;
}

export type Happening =
  | { readonly type: "link"; readonly state: LinkState }
  | { readonly type: "frame"; readonly frame: ServerFrame; readonly now: number }
  | { readonly type: "asked"; readonly id: string; readonly text: string; readonly isSpoken?: boolean }
  | { readonly type: "taken-back" }
  | { readonly type: "present" }
  | { readonly type: "paced"; readonly pace: number }
  | { readonly type: "end-wanted" };

const nothingAgreed = { out: null, in: null };

export const emptyView: View = {
  link: { kind: "connecting", attempt: 1 },
  wasOpen: false,
  teacher: null,
  title: "",
  turns: [],
  unconfirmed: null,
  activity: "listening",
  endsAt: null,
  messagesLeft: null,
  warnedAt: null,
  idleSeconds: null,
  pace: 1,
  offer: null,
  agreed: nothingAgreed,
  hearing: "nothing",
  isSaved: true,
  notice: null,
  problem: null,
  isEndWanted: false,
  ended: null,
};

export function reduce(view: View, happening: Happening): View {
  switch (happening.type) {
    case "link":
      return applyLink(view, happening.state);
    case "frame":
      return applyFrame(view, happening.frame, happening.now);
    case "asked":
      return { ...view, unconfirmed: { ...readMessage(happening), refusal: null }, problem: null, idleSeconds: null };
    case "taken-back":
      return { ...view, unconfirmed: null };
    case "present":
      return { ...view, idleSeconds: null };
    case "paced":
      return { ...view, pace: happening.pace };
    case "end-wanted":
      return { ...view, isEndWanted: true };
  }
}

function readMessage({ id, text, isSpoken }: Extract<Happening, { type: "asked" }>) {
  return { id, text, ...(isSpoken && { isSpoken }) };
}

// What was agreed about sound holds for one connection.
function applyLink(view: View, link: LinkState): View {
  if (link.kind === "open") return { ...view, link, wasOpen: true };
  return { ...view, link, agreed: nothingAgreed, hearing: "nothing" };
}

function applyFrame(view: View, frame: ServerFrame, now: number): View {
  switch (frame.type) {
    case "ready":
      return applyReady(view, frame, now);
    case "state":
      return { ...view, activity: frame.value };
    case "question":
      return {
        ...view,
        turns: changeTurn(view.turns, frame.turn, (turn) => askTurn(turn, frame)),
        notice: view.notice && momentary.has(view.notice.code) ? null : view.notice,
        unconfirmed: view.unconfirmed?.id === frame.id ? null : view.unconfirmed,
        messagesLeft: frame.messagesLeft ?? view.messagesLeft,
        idleSeconds: null,
      };
    case "phrase":
      return { ...view, pace: frame.pace, turns: changeTurn(view.turns, frame.turn, (turn) => addPhrase(turn, frame)) };
    case "answer":
      return { ...view, turns: changeTurn(view.turns, frame.turn, (turn) => completeTurn(turn, frame)) };
    case "time":
      return frame.kind === "ending" ? { ...view, warnedAt: frame.secondsLeft } : { ...view, idleSeconds: frame.secondsLeft };
    case "saved":
      return { ...view, isSaved: frame.value };
    case "notice":
      return { ...view, notice: { code: frame.code, text: frame.text } };
    case "error":
      return applyError(view, frame);
    case "ended":
      return frame.reason === "elsewhere" ? view : { ...view, ended: { reason: frame.reason, summaryUrl: frame.summaryUrl } };
    case "audio":
      return { ...view, agreed: { out: frame.out, in: frame.in }, hearing: frame.in ? view.hearing : "nothing" };
    case "hearing":
      return { ...view, hearing: frame.value };
    case "speech":
      return view.notice?.code === "voice-away" ? { ...view, notice: null } : view;
    case "clear":
    case "duck":
    case "pong":
      return view;
  }
}

/** Notices that a question which was understood puts right. */
const momentary = new Set(["not-understood", "hearing-away"]);

/** A question that comes again with more words has not been answered yet: the student went on speaking. */
function askTurn(turn: Turn, { turn: number, id, text }: Extract<ServerFrame, { type: "question" }>): Turn {
  const isLonger = turn.question !== null && turn.question.text !== text;
  return { ...(isLonger ? { ...emptyTurn(number), timesRepeated: turn.timesRepeated } : turn), question: { id, text } };
}

function applyReady(view: View, frame: Ready, now: number): View {
  let turns = view.turns;
  for (const stored of frame.turns) turns = changeTurn(turns, stored.turn, (turn) => restoreTurn(turn, stored));
  const id = view.unconfirmed?.id;
  return {
    ...view,
    teacher: frame.teacher,
    title: frame.title,
    turns,
    unconfirmed: turns.some((turn) => turn.question !== null && turn.question.id === id) ? null : view.unconfirmed,
    activity: "listening",
    endsAt: frame.endsAt - frame.serverTime + now,
    messagesLeft: frame.messagesLeft,
    offer: frame.audio,
    idleSeconds: null,
    isSaved: true,
    problem: null,
  };
}

/** Puts a stored turn in the place of what was seen of it; a repetition that the line cut off is over. */
function restoreTurn(turn: Turn, { question, answer }: StoredTurn): Turn {
  if (!answer) return { ...emptyTurn(turn.turn), question };
  return { ...turn, question, ...answer, isRepeating: false };
}

/** A phrase that is already there is left out; one behind a gap is left to `answer`, which brings the whole text. */
function addPhrase(turn: Turn, frame: PhraseFrame): Turn {
  if (frame.again) return turn.isRepeating ? turn : { ...turn, isRepeating: true };
  if (isFinished(turn) || frame.index !== turn.phrases) return turn;
  return { ...turn, text: turn.text + frame.text, phrases: turn.phrases + 1, outcome: "running" };
}

function completeTurn(turn: Turn, frame: Extract<ServerFrame, { type: "answer" }>): Turn {
  const { outcome, text, citations, grounded } = frame;
  if (frame.again) return { ...turn, isRepeating: false, timesRepeated: turn.timesRepeated + (outcome === "completed" ? 1 : 0) };
  return { ...turn, outcome, text, citations, grounded };
}

/** A refused message is no longer on its way; one that the line took with it still is. */
function applyError(view: View, frame: Extract<ServerFrame, { type: "error" }>): View {
  const problem = { title: frame.title, detail: frame.detail };
  if (view.unconfirmed && frame.about === view.unconfirmed.id) return { ...view, unconfirmed: { ...view.unconfirmed, refusal: problem } };
  return { ...view, problem };
}

function changeTurn(turns: readonly Turn[], number: number, change: (turn: Turn) => Turn): readonly Turn[] {
  const found = turns.find((turn) => turn.turn === number);
  if (!found) return [...turns, change(emptyTurn(number))].sort((a, b) => a.turn - b.turn);
  const changed = change(found);
  return changed === found ? turns : turns.map((turn) => (turn === found ? changed : turn));
}

function emptyTurn(number: number): Turn {
  return {
    turn: number,
    question: null,
    text: "",
    phrases: 0,
    outcome: "waiting",
    citations: [],
    grounded: "none",
    isRepeating: false,
    timesRepeated: 0,
  };
}

export function isFinished(turn: Turn): boolean {
  return turn.outcome !== "waiting" && turn.outcome !== "running";
}

export function isAnswering(view: View): boolean {
  return view.activity !== "listening";
}

/** The answer that `repeat` would say again. */
export function lastFinished(view: View): Turn | undefined {
  return view.turns.filter((turn) => isFinished(turn) && turn.text !== "").at(-1);
}

/** @param now milliseconds since 1970 */
export function secondsLeft(view: View, now: number): number | null {
  return view.endsAt === null ? null : Math.max(0, Math.ceil((view.endsAt - now) / 1000));
}
