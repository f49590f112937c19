import type { Translate } from "../shared/texts";
import { isFinished, type Turn, type View } from "./model";
import { withoutMarks } from "./speech";

/** What stands above the message box when something needs to be known. */
export interface Banner {
  readonly tone: "quiet" | "warning";
  readonly text: string;
  readonly action: "hurry" | "restart" | "present" | "reload" | null;
}

export function linkText({ link, wasOpen }: View, t: Translate): string {
  switch (link.kind) {
    case "open":
      return t("Connected");
    case "connecting":
      return wasOpen || link.attempt > 1 ? t("Reconnecting…") : t("Connecting…");
    case "waiting":
      return t("Not connected");
    case "closed":
      return t("Closed");
  }
}

/** What happened, what was kept, what to do: the most pressing of what there is to say. */
export function bannerOf(view: View, t: Translate): Banner | null {
  const { link } = view;
  if (link.kind === "closed") return closedBanner(link.why, t);
  if (view.isEndWanted && link.kind !== "open")
    return warning(t("The conversation ends as soon as the line is back. What was said is kept. You may also just leave."), "hurry");
  if (link.kind === "waiting" || (link.kind === "connecting" && link.attempt > 1))
    return warning(t("The line is interrupted. What was said is kept, and what you send now goes out when it is back."), "hurry");
  if (view.idleSeconds !== null) return warning(t("Are you still there? The conversation will end soon if nothing happens."), "present");
  if (view.problem) return warning(`${view.problem.title}. ${view.problem.detail}`.replace(/([.!?])\. /, "$1 ").trim(), null);
  if (!view.isSaved) return warning(t("The last answers are not saved yet. You can go on; they will be saved as soon as possible."), null);
  return view.notice && { tone: "quiet", text: view.notice.text, action: null };
}

function closedBanner(why: string, t: Translate): Banner | null {
  switch (why) {
    case "elsewhere":
      return warning(t("This conversation went on in another window. Nothing was lost."), "restart");
    case "signed-out":
      return warning(t("You are signed out. What was said is kept. Sign in again in another window, then go on here."), "restart");
    case "defect":
      return warning(t("This page cannot reach the teacher. What was said is kept. Load the page again to go on."), "reload");
    default:
      return null;
  }
}

function warning(text: string, action: Banner["action"]): Banner {
  return { tone: "warning", text, action };
}

export function actionText(action: NonNullable<Banner["action"]>, t: Translate): string {
  switch (action) {
    case "hurry":
      return t("Try now");
    case "restart":
      return t("Go on here");
    case "present":
      return t("I'm here");
    case "reload":
      return t("Load again");
  }
}

export function endingText(reason: string, t: Translate): string {
  switch (reason) {
    case "student":
      return t("You ended the conversation.");
    case "time":
      return t("The time for this conversation is over.");
    case "idle":
      return t("It ended because nothing was said for a while.");
    case "messages":
      return t("All messages of this conversation are used up.");
    case "shutdown":
      return t("The school is closing for a while. You can come back later.");
    case "error":
      return t("Something went wrong and the conversation could not go on. You can start a new one.");
    default:
      return t("This conversation is over.");
  }
}

/** `mm:ss`, or `h:mm:ss` from an hour on. */
export function clockText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (parts[0] === 0) parts.shift();
  return parts.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

/** What a screen reader is told of a change: each finished answer once, and short states. */
export function announcements(before: View, view: View, t: Translate): string[] {
  // What was said before this page was opened is there to be read, not to be read out.
  if (before.teacher === null) return [];
  const said: string[] = [];
  if (view.activity === "thinking" && before.activity !== "thinking") said.push(t("The teacher is thinking."));
  for (const turn of view.turns) {
    const old = before.turns.find((other) => other.turn === turn.turn);
    if (turn !== old) said.push(...turnAnnouncements(old, turn, t));
  }
  if (view.warnedAt !== null && view.warnedAt !== before.warnedAt) said.push(t("Minutes left: {n}", { n: Math.round(view.warnedAt / 60) }));
  const banner = bannerOf(view, t)?.text;
  if (banner && banner !== bannerOf(before, t)?.text) said.push(banner);
  return said;
}

function turnAnnouncements(old: Turn | undefined, turn: Turn, t: Translate): string[] {
  if (old && turn.timesRepeated > old.timesRepeated) return [withoutMarks(turn.text)];
  if (!isFinished(turn) || (old && isFinished(old))) return [];
  const text = withoutMarks(turn.text);
  if (turn.outcome === "stopped") return [`${text} ${t("Stopped here.")}`.trim()];
  if (turn.outcome === "failed") return [t("The answer could not be completed. Your question is kept.")];
  return turn.citations.length === 0 ? [text] : [text, t("Sources: {n}", { n: turn.citations.length })];
}

export type Piece = string | { readonly mark: number };

/** Splits a paragraph at the marks that have a citation. */
export function piecesOf(paragraph: string, labels: readonly number[]): Piece[] {
  return paragraph
    .split(/(\[\d+\])/)
    .map((part) => {
      const mark = Number(/^\[(\d+)\]$/.exec(part)?.[1] ?? NaN);
      return labels.includes(mark) ? { mark } : part;
    })
    .filter((piece) => piece !== "");
}

export function paragraphsOf(text: string): string[] {
  return text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== "");
}
