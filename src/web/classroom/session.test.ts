import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeWorld } from "./fake-world";
import { isFinished, lastFinished, secondsLeft, type View } from "./model";
import type { AudioWish } from "./protocol";
import { Session } from "./session";

async function begin(world = new FakeWorld()) {
  const views: View[] = [];
  const session = new Session(world, "p", (view) => views.push(view));
  session.start();
  await world.greet(1);
  let seq = 1;
  const receive = (frame: object) => world.socket.receive({ seq: ++seq, ...frame });
  return { world, session, views, receive, texts: () => session.view.turns.map((turn) => turn.text) };
}

const citation = { label: 1, paragraph: "p-1", lesson: { slug: "m", title: "M" }, section: "S", quote: "q", url: "/l#p-1" };
const turn = (number: number, answer: object | null) => ({ turn: number, question: { id: `p-${number}`, text: "Q" }, answer });
const completed = (text: string) => ({ outcome: "completed", text, phrases: 1, citations: [], grounded: "none" });

test("A question is sent, confirmed, answered phrase by phrase and completed with its citations", async () => {
  const { world, session, receive } = await begin();
  assert.ok(session.say("  What is a membrane? "));
  assert.deepEqual(world.socket.sentOf("say"), [{ type: "say", id: "p-1", text: "What is a membrane?" }]);
  assert.equal(session.view.unconfirmed?.text, "What is a membrane?");
  receive({ type: "question", turn: 1, id: "p-1", text: "What is a membrane?", messagesLeft: 99 });
  assert.equal(session.view.unconfirmed, null);
  assert.equal(session.view.messagesLeft, 99);
  receive({ type: "state", value: "speaking" });
  receive({ type: "phrase", turn: 1, index: 0, text: "A skin ", pace: 1 });
  receive({ type: "phrase", turn: 1, index: 1, text: "of lipids", pace: 0.85 });
  assert.equal(session.view.turns[0]?.text, "A skin of lipids");
  assert.equal(session.view.turns[0]?.outcome, "running");
  assert.equal(session.view.pace, 0.85);
  receive({ type: "answer", turn: 1, outcome: "completed", text: "A skin of lipids [1].", citations: [citation], grounded: "quoted" });
  assert.equal(session.view.turns[0]?.text, "A skin of lipids [1].");
  assert.equal(session.view.turns[0]?.citations.length, 1);
});

test("A message written while the line is away is sent when it is back, once", async () => {
  const { world, session } = await begin();
  world.socket.events.closed(1006);
  assert.ok(session.say("Still there?"));
  assert.equal(session.canSay, false);
  await world.clock.pass(500);
  await world.greet(10, { resumed: true });
  assert.deepEqual(world.socket.sentOf("say").map((frame) => frame.id), ["p-1"]);
});

test("A message that arrived before the line broke is not sent again", async () => {
  const { world, session } = await begin();
  session.say("Q");
  world.socket.events.closed(1006);
  await world.clock.pass(500);
  await world.greet(10, { turns: [turn(1, null)] });
  assert.equal(session.view.unconfirmed, null);
  assert.deepEqual(world.socket.sentOf("say"), []);
});

test("A message whose fate is unknown goes again under the same id", async () => {
  const { world, session } = await begin();
  session.say("Q");
  world.socket.events.closed(1006);
  await world.clock.pass(500);
  await world.greet(10);
  assert.deepEqual(world.socket.sentOf("say").map((frame) => frame.id), ["p-1"]);
});

test("Coming back in the middle of an answer leaves out nothing and doubles nothing", async () => {
  const { world, session, receive, texts } = await begin();
  session.say("Q");
  receive({ type: "question", turn: 1, id: "p-1", text: "Q" });
  receive({ type: "phrase", turn: 1, index: 0, text: "One " });
  world.socket.events.closed(1006);
  await world.clock.pass(500);
  await world.greet(20, { turns: [turn(1, { ...completed("One two "), outcome: "running", phrases: 2 })] });
  world.socket.receive({ type: "phrase", seq: 3, turn: 1, index: 0, text: "One " });
  world.socket.receive({ type: "phrase", seq: 21, turn: 1, index: 1, text: "two " });
  world.socket.receive({ type: "phrase", seq: 22, turn: 1, index: 2, text: "three" });
  assert.deepEqual(texts(), ["One two three"]);
});

test("A partial resume keeps the turns it does not mention", async () => {
  const { world, session, texts } = await begin();
  world.socket.receive({ type: "answer", seq: 2, turn: 0, ...completed("Hello") });
  world.socket.events.closed(1006);
  await world.clock.pass(500);
  await world.greet(10, { turns: [turn(2, completed("B")), turn(1, completed("A"))] });
  assert.deepEqual(texts(), ["Hello", "A", "B"]);
  assert.deepEqual(session.view.turns.map((t) => t.turn), [0, 1, 2]);
});

test("A phrase behind a gap, or behind the complete answer, is left out", async () => {
  const { receive, texts } = await begin();
  receive({ type: "phrase", turn: 1, index: 0, text: "A" });
  receive({ type: "phrase", turn: 1, index: 2, text: "C" });
  assert.deepEqual(texts(), ["A"]);
  receive({ type: "answer", turn: 1, ...completed("ABC") });
  receive({ type: "phrase", turn: 1, index: 1, text: "B" });
  assert.deepEqual(texts(), ["ABC"]);
});

test("A repetition changes no text and is counted", async () => {
  const { session, receive, texts } = await begin();
  receive({ type: "answer", turn: 1, ...completed("AB") });
  receive({ type: "phrase", turn: 1, index: 0, text: "A", again: true });
  assert.equal(session.view.turns[0]?.isRepeating, true);
  receive({ type: "answer", turn: 1, ...completed("AB"), again: true });
  assert.deepEqual(texts(), ["AB"]);
  assert.equal(session.view.turns[0]?.isRepeating, false);
  assert.equal(session.view.turns[0]?.timesRepeated, 1);
});

test("Only the turn that changed becomes a new object", async () => {
  const { session, receive } = await begin();
  receive({ type: "answer", turn: 1, ...completed("A") });
  receive({ type: "phrase", turn: 2, index: 0, text: "B" });
  const [first, second] = session.view.turns;
  receive({ type: "phrase", turn: 2, index: 1, text: "C" });
  assert.equal(session.view.turns[0], first);
  assert.notEqual(session.view.turns[1], second);
});

test("A refused message is kept and can be taken back", async () => {
  const { session, receive } = await begin();
  session.say("Q");
  receive({ type: "error", code: "messages-used-up", title: "No message left", detail: "", about: "p-1", fatal: false });
  assert.equal(session.view.unconfirmed?.refusal?.title, "No message left");
  assert.equal(session.view.problem, null);
  assert.equal(session.takeBack(), "Q");
  assert.equal(session.view.unconfirmed, null);
});

test("Empty and overlong messages stay with the student", async () => {
  const { session, world } = await begin();
  assert.equal(session.say("   "), false);
  assert.equal(session.say("x".repeat(2001)), false);
  assert.ok(session.say("x".repeat(2000)));
  assert.equal(world.socket.sentOf("say").length, 1);
});

test("Presence is told at most every thirty seconds, and at once when the server asks", async () => {
  const { session, world, receive } = await begin();
  for (let i = 0; i < 5; i++) session.present();
  assert.equal(world.socket.sentOf("presence").length, 1);
  await world.clock.pass(30_000);
  session.present();
  assert.equal(world.socket.sentOf("presence").length, 2);
  receive({ type: "time", kind: "idle", secondsLeft: 60 });
  assert.equal(session.view.idleSeconds, 60);
  session.present();
  assert.equal(world.socket.sentOf("presence").length, 3);
  assert.equal(session.view.idleSeconds, null);
});

test("Time left is counted against the server's clock", async () => {
  const world = new FakeWorld();
  const session = new Session(world, "p", () => {});
  session.start();
  await world.greet(1, { serverTime: "2030-01-01T00:00:00Z", endsAt: "2030-01-01T00:10:00Z" });
  await world.clock.pass(1_000);
  assert.equal(secondsLeft(session.view, world.clock.now()), 599);
  assert.equal(secondsLeft(session.view, world.clock.now() + 3_600_000), 0);
});

test("The end is final: nothing is taken any more and no attempt made", async () => {
  const { session, world, receive } = await begin();
  session.end();
  assert.equal(world.socket.sentOf("end").length, 1);
  receive({ type: "ended", reason: "student", summaryUrl: "/conversations/s" });
  await world.clock.pass(60_000);
  assert.deepEqual(session.view.ended, { reason: "student", summaryUrl: "/conversations/s" });
  assert.equal(session.say("More"), false);
  assert.equal(world.ticketsAsked, 1);
});

test("An end wished for while the line is away is told when it is back, in place of a message", async () => {
  const { session, world } = await begin();
  world.socket.events.closed(1006);
  session.say("Q");
  session.end();
  assert.equal(session.canSay, false);
  await world.clock.pass(500);
  await world.greet(10);
  assert.equal(world.socket.sentOf("end").length, 1);
  assert.deepEqual(world.socket.sentOf("say"), []);
});

test("The last finished answer is the one that can be repeated", async () => {
  const { session, receive } = await begin();
  assert.equal(lastFinished(session.view), undefined);
  receive({ type: "answer", turn: 1, ...completed("A") });
  receive({ type: "phrase", turn: 2, index: 0, text: "B" });
  assert.equal(lastFinished(session.view)?.turn, 1);
  assert.ok(session.view.turns.some((t) => !isFinished(t)));
});

test("Spoken questions of the server's own ids appear, and grow while the student goes on speaking", async () => {
  const { session, receive, texts } = await begin();
  receive({ type: "question", turn: 1, id: "v-1", text: "What is" });
  receive({ type: "phrase", turn: 1, index: 0, text: "A " });
  receive({ type: "question", turn: 1, id: "v-1", text: "What is a membrane?" });
  assert.deepEqual([session.view.turns.length, session.view.turns[0]?.question?.text, texts()], [1, "What is a membrane?", [""]]);
  receive({ type: "phrase", turn: 1, index: 0, text: "A skin." });
  receive({ type: "question", turn: 1, id: "v-1", text: "What is a membrane?" });
  assert.deepEqual(texts(), ["A skin."]);
});

const offer = { out: { formats: ["pcm16"], sampleRate: 22050 }, in: null, recognition: false };

async function speak() {
  const world = new FakeWorld();
  let wish: AudioWish | null = { out: "pcm16", in: null };
  const session = new Session(world, "p", () => {}, { wish: (view) => (view.offer ? wish : null), received: () => {}, sounded: () => {}, heard: () => null });
  session.start();
  await world.greet(1, { audio: offer });
  return { world, session, want: (wanted: AudioWish | null) => ((wish = wanted), session.wish()), asked: () => world.socket.sentOf("audio").map((frame) => [frame.out, frame.in]) };
}

test("What is wanted of speech is asked for when it is possible, once, and again when it changes", async () => {
  const { session, want, asked, world } = await speak();
  session.wish();
  assert.deepEqual(asked(), [["pcm16", null]]);
  assert.equal(session.isAgreed, false);
  world.socket.receive({ type: "audio", seq: 2, out: { format: "pcm16", sampleRate: 22050 }, in: null });
  assert.equal(session.isAgreed, true);
  assert.equal(session.view.agreed.out?.format, "pcm16");
  want(null);
  assert.deepEqual(asked(), [["pcm16", null], [null, null]]);
});

test("A new connection asks in its hello, and what the old one agreed on no longer holds", async () => {
  const { session, world } = await speak();
  world.socket.receive({ type: "audio", seq: 2, out: { format: "pcm16", sampleRate: 22050 }, in: null });
  world.socket.events.closed(1006);
  assert.equal(session.view.agreed.out, null);
  await world.clock.pass(500);
  await world.greet(10, { audio: offer });
  assert.deepEqual(world.socket.sentOf("hello")[0]?.audio, { out: "pcm16", in: null });
  assert.deepEqual(world.socket.sentOf("audio"), []);
});

test("Who wants nothing of speech never asks", async () => {
  const world = new FakeWorld();
  const session = new Session(world, "p", () => {});
  session.start();
  await world.greet(1, { audio: offer });
  session.wish();
  assert.deepEqual(world.socket.sentOf("audio"), []);
});

test("The microphone's sound goes out only where it was agreed upon", async () => {
  const { session, world } = await speak();
  session.sendSound(new ArrayBuffer(8));
  world.socket.receive({ type: "audio", seq: 2, out: null, in: { format: "pcm16", sampleRate: 16000 } });
  session.sendSound(new ArrayBuffer(8));
  world.socket.receive({ type: "audio", seq: 3, out: null, in: null });
  session.sendSound(new ArrayBuffer(8));
  assert.equal(world.socket.sounds.length, 1);
});

test("A question that the browser wrote down says so", async () => {
  const { session, world } = await speak();
  session.say("Why?", true);
  assert.deepEqual(world.socket.sentOf("say").at(-1), { type: "say", id: "p-1", text: "Why?", spoken: true });
});

test("A notice that was of the moment goes with the next question that is understood", async () => {
  const { session, receive } = await begin();
  for (const [code, isGone] of [["not-understood", true], ["hearing-away", true], ["model-away", false]] as const) {
    receive({ type: "notice", code, text: "…" });
    receive({ type: "question", turn: 1, id: "v-1", text: "Why?" });
    assert.equal(session.view.notice === null, isGone, code);
  }
});
