import { element } from "../shared/dom";
import type { Face, Look } from "../face/face";
import type { Activity } from "./protocol";
import type { Saying } from "./speech";

export const seconds = (): number => performance.now() / 1000;

/** The teacher's face and, while something is said, the words as captions. The still portrait stays until the face is there, and where it can't be. */
export function makeStage(portrait: Node | null, look: Look | null, language: string) {
  const picture = element("div", { class: "classroom-stage", "data-part": "stage" }, portrait);
  // What is said stands in the conversation too, so the captions are for the eye.
  const caption = element("p", { class: "classroom-caption", "aria-hidden": "true", lang: language, dir: "auto", hidden: true });
  let face: Face | null = null;
  let isGone = false;
  let estimate: ((saying: Saying, wordStarts: readonly number[]) => void) | null = null;
  let activity: Activity = "listening";
  let current: Saying | null = null;
  let starts: number[] = [];

  if (look) void load(look);

  async function load(wanted: Look): Promise<void> {
    const [{ makeFace }, { estimateTimeline }] = await Promise.all([import("../face/face"), import("../face/visemes")]);
    if (isGone) return;
    face = makeFace(wanted, seconds);
    picture.replaceChildren(face.root);
    const live = face;
    estimate = ({ text, since }, wordStartsMs) => {
      if (since !== null) live.speak({ ...estimateTimeline(text, language, wordStartsMs.length > 0 ? { wordStartsMs } : {}), startsAt: since });
    };
    pose();
  }

  // The face speaks as long as it is heard, which is longer than the server is at it.
  function pose(): void {
    picture.dataset.activity = current ? "speaking" : activity;
    face?.pose(current ? "speaking" : activity === "thinking" ? "thinking" : "listening");
  }

  /** What is being said changes the mouth; a word that is heard sets its time right. */
  function say(saying: Saying | null): void {
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
    else if (isBegun) estimate?.(saying, starts);
    pose();
    showCaption(saying);
  }

  function showCaption(saying: Saying | null): void {
    caption.hidden = saying === null;
    if (!saying) return;
    const { text, at } = saying;
    const end = at === null ? 0 : at + (text.slice(at).match(/^\S+/)?.[0].length ?? 0);
    caption.replaceChildren(...(at === null ? [text] : [text.slice(0, at), element("mark", {}, text.slice(at, end)), text.slice(end)]));
  }

  return {
    picture,
    caption,
    say,
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
