import assert from "node:assert/strict";
import { test } from "node:test";
import { readTexts } from "../shared/texts";
import { emptyView, type Turn, type View } from "./model";
import { announcements, bannerOf, clockText, linkText, paragraphsOf, piecesOf } from "./wording";

const t = readTexts(null);
const open: View = { ...emptyView, link: { kind: "open" }, wasOpen: true, teacher: { slug: "ada", name: "Ada" } };
const turn: Turn = {
  turn: 1, question: null, text: "Lipids [1].", phrases: 1, outcome: "running", citations: [], grounded: "none", isRepeating: false, timesRepeated: 0,
};
const withTurn = (change: Partial<Turn>): View => ({ ...open, turns: [{ ...turn, ...change }] });

test("A finished answer is announced once, without its marks", () => {
  const done = withTurn({ outcome: "completed" });
  assert.deepEqual(announcements(withTurn({}), done, t), ["Lipids."]);
  assert.deepEqual(announcements(done, { ...done, activity: "listening" }, t), []);
});

test("Phrases that stream in are not announced one by one", () => {
  assert.deepEqual(announcements(withTurn({}), withTurn({ text: "Lipids and proteins", phrases: 2 }), t), []);
});

test("The history of a page just opened is not read out, an answer missed while away is", () => {
  const done = withTurn({ outcome: "completed" });
  assert.deepEqual(announcements(emptyView, done, t), []);
  assert.deepEqual(announcements(open, done, t), ["Lipids."]);
});

test("A repetition is announced when it is complete", () => {
  const done = withTurn({ outcome: "completed" });
  assert.deepEqual(announcements(done, withTurn({ outcome: "completed", isRepeating: true }), t), []);
  assert.deepEqual(announcements(done, withTurn({ outcome: "completed", timesRepeated: 1 }), t), ["Lipids."]);
});

test("Time left is announced when the server warns, not as it passes", () => {
  assert.deepEqual(announcements(open, { ...open, warnedAt: 300 }, t), ["Minutes left: 5"]);
  assert.deepEqual(announcements({ ...open, warnedAt: 300 }, { ...open, warnedAt: 300, endsAt: 5 }, t), []);
});

test("The most pressing thing stands in the banner, with what was kept and what to do", () => {
  const notice = { ...open, notice: { code: "model-away", text: "Quotes only." } };
  assert.equal(bannerOf(open, t), null);
  assert.equal(bannerOf(notice, t)?.tone, "quiet");
  assert.equal(bannerOf({ ...notice, idleSeconds: 60 }, t)?.action, "present");
  assert.equal(bannerOf({ ...notice, link: { kind: "waiting", attempt: 1, until: 0 } }, t)?.action, "hurry");
  assert.equal(bannerOf({ ...notice, link: { kind: "closed", why: "elsewhere" } }, t)?.action, "restart");
  assert.equal(bannerOf({ ...notice, link: { kind: "closed", why: "ended" } }, t), null);
});

test("A problem's title and detail read as two sentences", () => {
  const text = (title: string, detail: string) => bannerOf({ ...open, problem: { title, detail } }, t)?.text;
  assert.equal(text("The message is too long", "Nothing was sent."), "The message is too long. Nothing was sent.");
  assert.equal(text("Too long!", "Nothing was sent."), "Too long! Nothing was sent.");
  assert.equal(text("Too long.", ""), "Too long.");
});

test("The line is called connecting at first and reconnecting later", () => {
  const connecting = { kind: "connecting", attempt: 1 } as const;
  assert.equal(linkText({ ...emptyView, link: connecting }, t), "Connecting…");
  assert.equal(linkText({ ...open, link: connecting }, t), "Reconnecting…");
});

test("Only marks that have a citation become marks", () => {
  assert.deepEqual(piecesOf("[1] A[2], b [9].", [1, 2]), [{ mark: 1 }, " A", { mark: 2 }, ", b ", "[9]", "."]);
});

test("Blank lines separate paragraphs", () => {
  assert.deepEqual(paragraphsOf("A\nb\n\n\nC\n \nD\n\n"), ["A\nb", "C", "D"]);
});

test("Time is written in minutes and seconds", () => {
  assert.deepEqual([0, 59, 60, 1799, 3600].map(clockText), ["0:00", "0:59", "1:00", "29:59", "1:00:00"]);
});
