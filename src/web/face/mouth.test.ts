import assert from "node:assert/strict";
import { test } from "node:test";
import { blendSeconds, type Mouth, mouthAt, mouthParts, shapeOf } from "./mouth";
import { seededRandom } from "./random";
import { type Mark, Track, visemeNames } from "./timeline";

const frame = 0.016;
const viseme = (name: (typeof visemeNames)[number]) => visemeNames.indexOf(name);

function track(marks: readonly Mark[], endMs: number): Track {
  const made = new Track();
  made.add({ marks, endMs }, 0, -1);
  return made;
}

const at = (of: Track, ms: number): Mouth => mouthAt(of, ms / 1000, { ...shapeOf(0) });

function randomMarks(seed: number): readonly [Mark[], number] {
  const random = seededRandom(seed);
  const marks: Mark[] = [];
  let ms = 0;
  for (let i = 0; i < 200; i++) {
    marks.push([ms, Math.floor(random() * 15), random()]);
    ms += 15 + 200 * random() ** 3;
  }
  return [marks, ms];
}

test("There are fifteen visemes in Meta's order, each a shape within the ranges and each its own", () => {
  assert.equal(visemeNames.join(" "), "sil PP FF TH DD kk CH SS nn RR aa E I O U");
  const seen = new Set(visemeNames.map((_, index) => JSON.stringify(shapeOf(index))));
  assert.equal(seen.size, 15);
  visemeNames.forEach((name, index) => assertInRange(shapeOf(index), name));
});

test("A blend never leaves the ranges and never jumps, whatever is spoken", () => {
  let largest = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const [marks, endMs] = randomMarks(seed);
    const spoken = track(marks, endMs);
    let before = at(spoken, -200);
    for (let ms = -200; ms < endMs + 200; ms += 1000 * frame) {
      const now = at(spoken, ms);
      assertInRange(now, `seed ${seed}, ${ms} ms`);
      for (const part of mouthParts) largest = Math.max(largest, Math.abs(now[part] - before[part]));
      before = now;
    }
  }
  assert.ok(largest > 0.1 && largest < 0.5, `largest step in a frame: ${largest}`);
});

test("The mouth is closed before the first sound and after the last", () => {
  const spoken = track([[0, viseme("aa")]], 200);
  assert.deepEqual(at(spoken, -500 * blendSeconds - 1), shapeOf(0));
  assert.deepEqual(at(spoken, 200 + 500 * blendSeconds + 1), shapeOf(0));
  assert.ok(at(spoken, 100).jaw > 0.99);
});

test("Lips meet even for a short p between open vowels", () => {
  const spoken = track([[0, viseme("aa")], [200, viseme("PP")], [250, viseme("aa")]], 450);
  const middle = at(spoken, 225);
  assert.ok(middle.contact > 0.85 && middle.jaw < 0.2, JSON.stringify(middle));
});

test("A consonant between rounded vowels keeps the lips rounded", () => {
  const rounded = at(track([[0, viseme("U")], [150, viseme("DD")], [200, viseme("U")]], 400), 175);
  const spread = at(track([[0, viseme("I")], [150, viseme("DD")], [200, viseme("I")]], 400), 175);
  assert.ok(rounded.round > 0.2 && spread.round === 0 && spread.width > 0.3, JSON.stringify([rounded, spread]));
});

test("Every change of viseme is seen within 50 ms of its mark, before rather than after", () => {
  for (let from = 0; from < 15; from++) {
    for (let to = 0; to < 15; to++) {
      if (from === to) continue;
      const spoken = track([[0, from], [200, to]], 400);
      let turned = 100;
      while (distance(at(spoken, turned), shapeOf(to)) > distance(at(spoken, turned), shapeOf(from))) turned++;
      assert.ok(Math.abs(turned - 200) <= 30, `${visemeNames[from]} to ${visemeNames[to]} at ${turned - 200} ms`);
    }
  }
});

test("A quieter mark opens the jaw less and still closes the lips", () => {
  assert.ok(at(track([[0, viseme("aa"), 0.4]], 400), 200).jaw < 0.45);
  assert.equal(at(track([[0, viseme("PP"), 0.4]], 400), 200).contact, 1);
});

test("What is no mark is left out, order is made, and nothing outlasts the end", () => {
  const spoken = track([[300, viseme("O")], [NaN, 3], [0, 99], [50, -1], [100, viseme("aa")], [900, viseme("E")]], 500);
  assert.deepEqual(spoken.segments.map((segment) => [Math.round(1000 * segment.from), segment.viseme]), [[100, 10], [300, 13], [500, 0]]);
  assert.deepEqual(track([[0, 10]], NaN).segments, []);
});

test("A later timeline takes over from its first mark on, and phrases that wait are kept", () => {
  const spoken = track([[0, 10], [100, 1], [200, 10]], 300);
  for (let phrase = 1; phrase < 30; phrase++) spoken.add({ marks: [[0, 12], [150, 13]], endMs: 300 }, phrase * 0.4, 0);
  spoken.add({ marks: [[0, 14]], endMs: 50 }, 0.15, 0);
  assert.deepEqual(spoken.segments.map((segment) => segment.viseme), [10, 1, 14, 0]);
  for (let phrase = 1; phrase < 30; phrase++) spoken.add({ marks: [[0, 12], [150, 13]], endMs: 300 }, phrase * 0.4, 0);
  assert.equal(spoken.segments.length, 4 + 29 * 3);
});

function assertInRange(mouth: Mouth, where: string): void {
  for (const part of mouthParts) assert.ok(mouth[part] >= (part === "width" ? -1 : 0) - 1e-9 && mouth[part] <= 1 + 1e-9, `${where}: ${part} ${mouth[part]}`);
}

function distance(one: Mouth, other: Mouth): number {
  return Math.hypot(...mouthParts.map((part) => one[part] - other[part]));
}
