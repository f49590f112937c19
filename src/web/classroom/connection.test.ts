import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "../shared/fake-clock";
import { backoffMs } from "./backoff";
import { Connection, type LinkState } from "./connection";
import { FakeWorld } from "./fake-world";
import type { AudioWish, HeardSoFar, ServerFrame } from "./protocol";

function connect(world = new FakeWorld(), wish: AudioWish | null = null, heard: HeardSoFar | null = null) {
  const states: LinkState[] = [];
  const frames: ServerFrame[] = [];
  const sounds: ArrayBuffer[] = [];
  const connection = new Connection(world, { linkChanged: (state) => states.push(state), received: (frame) => frames.push(frame), sounded: (frame) => sounds.push(frame), audioWish: () => wish, heard: () => heard });
  connection.start();
  return { world, connection, states, frames, sounds, kinds: () => states.map((state) => state.kind) };
}

test("Waiting doubles up to fifteen seconds and leaves half to chance", () => {
  assert.deepEqual([1, 2, 3, 6, 7].map((n) => backoffMs(n, 1)), [500, 1000, 2000, 15_000, 15_000]);
  assert.deepEqual([1, 2, 50].map((n) => backoffMs(n, 0)), [250, 500, 7500]);
});

test("Says hello with a ticket in the first frame, and is open when ready comes", async () => {
  const { world, connection, kinds } = connect();
  await settle();
  assert.equal(connection.send({ type: "stop" }), false);
  await world.greet(1);
  assert.deepEqual(world.socket.sent, [{ type: "hello", ticket: "t", client: { name: "classroom", version: "1" } }]);
  assert.deepEqual(kinds(), ["connecting", "open"]);
});

test("After a broken line it waits, asks for a new ticket and says what it has seen", async () => {
  const { world, kinds } = connect();
  await world.greet(7);
  world.socket.events.closed(1006);
  await world.clock.pass(499);
  assert.equal(world.ticketsAsked, 1);
  await world.clock.pass(1);
  assert.equal(world.ticketsAsked, 2);
  await world.greet(12);
  assert.equal(world.socket.sent[0]?.after, 7);
  assert.deepEqual(kinds(), ["connecting", "open", "waiting", "connecting", "open"]);
});

test("Attempts come further apart until one is greeted, then near again", async () => {
  const world = new FakeWorld();
  world.ticket = new Error("no network");
  const { states } = connect(world);
  await world.clock.pass(500 + 1000 + 2000);
  assert.equal(world.ticketsAsked, 3 + 1);
  world.ticket = { ticket: "t" };
  await world.clock.pass(4000);
  await world.greet(1);
  world.socket.events.closed(1012);
  assert.deepEqual(states.at(-1), { kind: "waiting", attempt: 1, until: world.clock.now() + 500 });
});

test("Each frame is passed on once, in rising seq", async () => {
  const { world, frames } = connect();
  await world.greet(3);
  for (const seq of [4, 4, 2, 9, 5, 10]) world.socket.receive({ type: "saved", seq, value: true });
  assert.deepEqual(frames.map((frame) => frame.seq), [3, 4, 9, 10]);
});

test("What an abandoned socket still says is not heard", async () => {
  const { world, frames, states } = connect();
  await world.greet(1);
  const old = world.socket;
  old.events.closed(1006);
  await world.clock.pass(500);
  await world.greet(2);
  old.receive({ type: "saved", seq: 50, value: false });
  old.events.closed(4010);
  assert.deepEqual(frames.map((frame) => frame.seq), [1, 2]);
  assert.equal(states.at(-1)?.kind, "open");
});

test("A line that is silent for 45 seconds counts as lost, one that answers pings does not", async () => {
  const { world, states } = connect();
  await world.greet(1);
  await world.clock.pass(40_000);
  assert.equal(world.socket.sentOf("ping").length, 2);
  world.socket.receive({ type: "pong", seq: 2, t: 0 });
  await world.clock.pass(44_000);
  assert.equal(states.at(-1)?.kind, "open");
  await world.clock.pass(1_000);
  assert.equal(states.at(-1)?.kind, "waiting");
  assert.ok(world.sockets[0]?.isClosed);
});

test("A handshake that hangs is given up after 15 seconds", async () => {
  const { world, states } = connect();
  await settle();
  await world.clock.pass(15_000);
  assert.ok(world.sockets[0]?.isClosed);
  assert.equal(states.at(-1)?.kind, "waiting");
});

test("Close codes decide whether there is another attempt", async () => {
  const expected: [number, string][] = [
    [1001, "waiting"], [1006, "waiting"], [1009, "waiting"], [1011, "waiting"], [1012, "waiting"], [1013, "waiting"], [4001, "waiting"],
    [4003, "waiting"], [4008, "waiting"], [1000, "closed over"], [4002, "closed defect"], [4009, "closed elsewhere"], [4010, "closed over"],
  ];
  for (const [code, outcome] of expected) {
    const { world, states } = connect();
    await world.greet(1);
    world.socket.events.closed(code);
    const last = states.at(-1);
    assert.equal(last?.kind === "closed" ? `closed ${last.why}` : last?.kind, outcome, String(code));
  }
});

test("After a flood ten seconds pass before the next attempt", async () => {
  const { world } = connect();
  await world.greet(1);
  world.socket.events.closed(4008);
  await world.clock.pass(9_999);
  assert.equal(world.ticketsAsked, 1);
  await world.clock.pass(1);
  assert.equal(world.ticketsAsked, 2);
});

test("Three bad tickets in a row are enough", async () => {
  const { world, states } = connect();
  for (let i = 0; i < 3; i++) {
    await settle();
    world.socket.events.closed(4003);
    await world.clock.pass(15_000);
  }
  assert.equal(world.ticketsAsked, 3);
  assert.deepEqual(states.at(-1), { kind: "closed", why: "defect" });
});

test("A session that is over, or a sign-in that is, ends the attempts", async () => {
  for (const why of ["over", "signed-out"] as const) {
    const world = new FakeWorld();
    world.ticket = why;
    const { states } = connect(world);
    await world.clock.pass(60_000);
    assert.equal(world.ticketsAsked, 1);
    assert.deepEqual(states.at(-1), { kind: "closed", why });
  }
});

test("Ended elsewhere stays closed until the student wants it back here", async () => {
  const { world, connection, states } = connect();
  await world.greet(1);
  world.socket.receive({ type: "ended", seq: 2, reason: "elsewhere" });
  await world.clock.pass(60_000);
  assert.deepEqual(states.at(-1), { kind: "closed", why: "elsewhere" });
  connection.start();
  await world.greet(3);
  assert.equal(connection.state.kind, "open");
});

test("Being online again cuts the waiting short", async () => {
  const { world, connection } = connect();
  await world.greet(1);
  world.socket.events.closed(1006);
  connection.hurry();
  await world.greet(2);
  connection.hurry();
  await world.clock.pass(1_000);
  assert.equal(world.ticketsAsked, 2);
  assert.equal(connection.state.kind, "open");
});

test("Sound goes both ways over an open line, and is lost without one", async () => {
  const { world, connection, sounds } = connect();
  await settle();
  connection.sendSound(new ArrayBuffer(8));
  world.socket.events.received(new ArrayBuffer(14));
  assert.deepEqual([world.socket.sounds.length, sounds.length], [0, 0]);
  await world.greet(1);
  connection.sendSound(new ArrayBuffer(8));
  world.socket.events.received(new ArrayBuffer(14));
  assert.deepEqual([world.socket.sounds.length, sounds.length], [1, 1]);
  world.socket.events.closed(1006);
  connection.sendSound(new ArrayBuffer(8));
  assert.equal(world.sockets[0]?.sounds.length, 1);
});

test("Sound counts as a sign of life", async () => {
  const { world, states } = connect();
  await world.greet(1);
  await world.clock.pass(40_000);
  world.socket.events.received(new ArrayBuffer(14));
  await world.clock.pass(44_000);
  assert.equal(states.at(-1)?.kind, "open");
});

test("What is wanted of speech goes into hello, and nothing when nothing is", async () => {
  const wish = { out: "pcm16", in: null } as const;
  for (const wanted of [wish, null]) {
    const { world } = connect(new FakeWorld(), wanted);
    await world.greet(1);
    assert.deepEqual(world.socket.sentOf("hello")[0]?.audio, wanted ?? undefined);
  }
});

test("The greeting after a lost line tells what was heard", async () => {
  const { world } = connect(new FakeWorld(), { out: "pcm16" } as AudioWish, { turn: 7, characters: 57 });
  await settle();
  world.socket.events.opened();
  assert.deepEqual(world.socket.sent[0]?.heard, { turn: 7, characters: 57 });
});
