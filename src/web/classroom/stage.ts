import { element } from "../shared/dom";
import type { Face, Look, Timeline } from "../face/face";
import type { Activity } from "./protocol";
import type { Line } from "./script";
import { type Saying, withoutMarks } from "./speech";

/** Seconds, and how many of them pass until what is due now is heard. */
export interface HeardClock {
  now(): number;
  latency(): number;
}

export const seconds = (): number => performance.now() / 1000;

/** For the browser's own voice, whose clock nobody can see. */
const ownClock: HeardClock = { now: seconds, latency: () => 0 };

/** A line of captions: a text, and the stretch of it that is heard just now. */
export interface Caption {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

type Estimate = (text: string, language: string, times: { readonly totalMs?: number; readonly wordStartsMs?: readonly number[] }) => Timeline;

/** The teacher's face and, while something is said, the words as captions. The still portrait stays until the face is there, and where it can't be. */
export function makeStage(portrait: Node | null, look: Look | null, language: string) {
  const picture = element("div", { class: "classroom-stage", "data-part": "stage" }, portrait);
  // What is said stands in the conversation too, so the captions are for the eye.
  const caption = element("p", { class: "classroom-caption", "aria-hidden": "true", lang: language, dir: "auto", hidden: true });
  let face: Face | null = null;
  let isGone = false;
  let estimate: Estimate | null = null;
  let clock = ownClock;
  let activity: Activity = "listening";
  let isSpeaking = false;
  let current: Saying | null = null;
  let starts: number[] = [];

  if (look) void load(look);

  async function load(wanted: Look): Promise<void> {
    const [{ makeFace }, { estimateTimeline }] = await Promise.all([import("../face/face"), import("../face/visemes")]);
    if (isGone) return;
    face = makeFace(wanted, () => clock.now(), { latency: () => clock.latency() });
    picture.replaceChildren(face.root);
    estimate = estimateTimeline;
    pose();
  }

  // The face speaks as long as it is heard, which is longer than the server is at it.
  function pose(): void {
    picture.dataset.activity = isSpeaking ? "speaking" : activity;
    face?.pose(isSpeaking ? "speaking" : activity === "thinking" ? "thinking" : "listening");
  }

  /** The clock by which the voice is heard; null for the browser's own voice. */
  function follow(wanted: HeardClock | null): void {
    if (clock === (wanted ?? ownClock)) return;
    // What was to be shown is over by the old clock, and by the new one.
    face?.stop();
    clock = wanted ?? ownClock;
    face?.stop();
  }

  /** A line of the teacher's voice, of whose utterance millisecond 0 falls on this second of the clock. */
  function speak(line: Line, zeroAt: number): void {
    const endMs = line.fromMs + line.ms;
    if (line.visemes.length > 0) return face?.speak({ marks: line.visemes, endMs: Math.max(endMs, line.visemes.at(-1)?.[0] ?? 0), startsAt: zeroAt });
    const wordStartsMs = line.words.map(([ms]) => ms - line.fromMs);
    const timeline = estimate?.(withoutMarks(line.text), language, { ...(!line.isEstimated && { totalMs: line.ms }), wordStartsMs });
    if (timeline) face?.speak({ ...timeline, startsAt: zeroAt + line.fromMs / 1000 });
  }

  /** What the browser's own voice says changes the mouth; a word that is heard sets its time right. */
  function say(saying: Saying | null): void {
    if (saying) follow(null);
    const isSame = saying !== null && saying.text === current?.text;
    if (!isSame) starts = [];
    if (saying && saying.since !== null && saying.at !== null && saying.at !== current?.at) {
      const word = wordIndex(saying.text, saying.at);
      starts = starts.slice(0, word);
      if (starts.length === word) starts.push((seconds() - saying.since) * 1000);
    }
    const isBegun = saying !== null && saying.since !== null && (current?.since !== saying.since || saying.at !== current?.at);
    current = saying;
    if (!saying) face?.stop();
    else if (isBegun && saying.since !== null && estimate)
      face?.speak({ ...estimate(saying.text, language, starts.length > 0 ? { wordStartsMs: starts } : {}), startsAt: saying.since });
    showCaption(saying && { text: saying.text, ...wordFrom(saying.text, saying.at) });
  }

  function showCaption(shown: Caption | null): void {
    isSpeaking = shown !== null;
    pose();
    caption.hidden = shown === null;
    if (!shown) return;
    const { text, from, to } = shown;
    const parts = [text.slice(0, from), text.slice(from, to), text.slice(to)].map(withoutMarks);
    caption.replaceChildren(...(to > from ? [parts[0] ?? "", element("mark", {}, parts[1] ?? ""), parts[2] ?? ""] : [withoutMarks(text)]));
  }

  return {
    picture,
    caption,
    say,
    speak,
    follow,
    showCaption,
    /** Closes the mouth. */
    hush: () => face?.stop(),
    /** What the face's last frame showed, and the clock's second, as heard, that it belongs to. */
    get shown() {
      return face?.shown ?? null;
    },
    activity(value: Activity) {
      activity = value;
      pose();
    },
    dispose() {
      isGone = true;
      face?.dispose();
    },
  };
}

export type Stage = ReturnType<typeof makeStage>;

function wordFrom(text: string, at: number | null): { from: number; to: number } {
  if (at === null) return { from: 0, to: 0 };
  return { from: at, to: at + (text.slice(at).match(/^\S+/)?.[0].length ?? 0) };
}

/** Which word of the text begins at or holds this place, from 0. */
export function wordIndex(text: string, at: number): number {
  return text.slice(0, at).split(/\s+/).filter((word) => word !== "").length - (at > 0 && !/\s/.test(text[at - 1] ?? "") ? 1 : 0);
}

export function readLook(json: string | undefined): Look | null {
  try {
    const look: unknown = json ? JSON.parse(json) : null;
    return typeof look === "object" && look !== null ? (look as Look) : null; // makeFace takes only what it knows of it
  } catch {
    return null;
  }
}
