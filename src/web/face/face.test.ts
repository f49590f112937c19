import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cast } from "./demo/cast";
import { type Face, type FaceOptions, makeFace } from "./face";
import { FakePage } from "./fake-page";
import { movingParts } from "./rig";
import { type Mark, visemeNames } from "./timeline";

const [PP, aa] = [visemeNames.indexOf("PP"), visemeNames.indexOf("aa")];

function begin(options: Partial<FaceOptions> = {}, character = 0) {
  const page = new FakePage();
  const face = makeFace(cast[character]?.look ?? {}, () => page.sound, { page, seed: 3, ...options });
  return { page, face, opening: () => openingOf(page) };
}

/** How far the lips are apart, in the portrait's units. */
function openingOf(page: FakePage): number {
  const inside = page.nodes.find((node) => node.attributes.get("fill") === "#5e211f")?.attributes.get("d") ?? "";
  const numbers = (inside.match(/-?[\d.]+/g) ?? []).map(Number);
  return 0.75 * ((numbers[9] ?? NaN) - (numbers[3] ?? NaN));
}

/** p and a in turn, `ms` each. */
const babble = (count: number, ms: number): Mark[] => Array.from({ length: count }, (_, index) => [index * ms, index % 2 === 0 ? PP : aa] as const);

function speaking(face: Face, page: FakePage, count = 20, ms = 200, leadSeconds = 0.3) {
  const startsAt = page.sound + leadSeconds;
  face.pose("speaking");
  face.speak({ marks: babble(count, ms), endMs: count * ms, startsAt });
  return startsAt;
}

test("The lips are where the sound is, within 50 ms, however frames and clocks run", () => {
  for (const [frameMs, soundRate, latency] of [[1000 / 60, 1, 0], [1000 / 60, 0.97, 0.12], [1000 / 30, 1.01, 0], [7, 1, 0.04]] as const) {
    const { page, face, opening } = begin({ latency: () => latency });
    face.pose("speaking");
    page.play(500);
    const startsAt = speaking(face, page);
    let isOpen = false;
    let changes = 0;
    page.play(5000, () => {
      const now = opening() > 5;
      if (now === isOpen) return;
      isOpen = now;
      changes++;
      const error = page.sound - latency - (startsAt + 0.2 * changes);
      assert.ok(Math.abs(error) <= 0.05, `change ${changes}: ${Math.round(1000 * error)} ms at ${frameMs} ms a frame`);
    }, { frameMs, soundRate });
    assert.equal(changes, 20);
  }
});

test("It tells which viseme it showed for which moment of the sound", () => {
  const { page, face } = begin({ latency: () => 0.1 });
  const startsAt = speaking(face, page, 2, 500);
  page.play(600);
  assert.equal(face.shown.viseme, PP);
  page.play(500);
  assert.equal(face.shown.viseme, aa);
  assert.ok(Math.abs(face.shown.at - (page.sound - 0.1)) < 1e-9 && face.shown.at > startsAt);
});

test("The opening never jumps from frame to frame, not even when speech is cut, comes late or is timed anew", () => {
  const { page, face, opening } = begin();
  let before = opening();
  let largest = 0;
  const watch = () => {
    largest = Math.max(largest, Math.abs(opening() - before));
    before = opening();
  };
  page.play(300, watch);
  for (let round = 0; round < 40; round++) {
    face.speak({ marks: babble(20, 90), endMs: 1800, startsAt: page.sound - 0.31 + 0.02 * round });
    page.play(130 + 17 * round, watch);
    if (round % 3 === 0) face.stop();
    page.play(40, watch);
  }
  assert.ok(largest > 2 && largest < 6.9, `${largest} of 12.5`);
});

test("After stop the mouth is closed within a tenth of a second and stays so", () => {
  const { page, face, opening } = begin();
  speaking(face, page);
  page.play(600);
  page.play(300, () => {}, { frameMs: 10 });
  while (opening() < 8) page.play(16);
  face.stop();
  page.play(110);
  assert.ok(opening() < 0.3, `${opening()}`);
  page.play(3000, () => assert.ok(opening() < 0.3 && face.shown.viseme === 0));
});

test("A voice that is paused leaves no mouth open, and the mouth goes on with it", () => {
  const { page, face, opening } = begin();
  speaking(face, page, 4, 1000, 0.1);
  page.play(1600);
  assert.ok(opening() > 8);
  page.play(600, () => {}, { soundRate: 0 });
  assert.ok(opening() < 0.5);
  page.play(100);
  assert.ok(opening() > 8);
});

test("A quiet voice opens the mouth less", () => {
  const { page, face, opening } = begin({ loudness: () => 0 });
  speaking(face, page, 2, 500, 0.1);
  page.play(800);
  assert.ok(opening() > 3 && opening() < 7);
});

test("For those who wish for stillness nothing moves but the mouth, once to open and once to close", () => {
  const { page, face, opening } = begin();
  page.change({ isStill: true });
  face.pose("speaking");
  page.play(100);
  const seen: number[] = [];
  const before = face.writes;
  speaking(face, page, 20, 100);
  page.play(2600, () => {
    if (seen.at(-1) !== opening()) seen.push(opening());
  });
  assert.equal(seen.length, 3, String(seen));
  assert.ok(seen[0] === seen[2] && (seen[1] ?? 0) > 2);
  assert.ok(face.writes - before <= 2 * 8, `${face.writes - before} attributes`);
  assert.ok(!page.isFrameAsked);
  face.pose("thinking");
  page.play(50);
  assert.ok(face.writes - before > 16 && !page.isFrameAsked);
});

test("A hidden page is asked for no frames, and a shown one again", () => {
  const { page, face } = begin();
  page.play(100);
  assert.ok(page.isFrameAsked);
  page.change({ isAway: true });
  assert.ok(!page.isFrameAsked);
  const before = face.writes;
  speaking(face, page);
  page.play(1000);
  assert.equal(face.writes, before);
  page.change({ isAway: false });
  page.play(200);
  assert.ok(face.writes > before);
});

test("A face that was disposed of asks for nothing and is gone from the page", () => {
  const { page, face } = begin();
  face.dispose();
  face.pose("listening");
  speaking(face, page);
  assert.ok(!page.isFrameAsked && !page.isWatched);
  assert.ok((face.root as unknown as { isRemoved: boolean }).isRemoved);
});

test("Who draws in frames of their own isn't disturbed", () => {
  const { page, face, opening } = begin({ drawsItself: false });
  speaking(face, page, 2, 500, 0.1);
  assert.ok(!page.isFrameAsked);
  page.play(850);
  face.update(page.now);
  assert.ok(opening() > 8);
});

test("Each pose is another picture, and a smile greets while nothing is said", () => {
  const pictures = new Set<string>();
  for (const pose of ["idle", "listening", "thinking", "speaking"] as const) {
    const { page, face, opening } = begin();
    page.change({ isStill: true });
    face.pose(pose);
    page.play(50);
    pictures.add(JSON.stringify(page.nodes.map((node) => [...node.attributes])));
    assert.equal(opening() > 1, pose === "idle", pose);
  }
  assert.equal(pictures.size, 4);
});

test("Only what changed is written: at most fourteen attributes a frame while speaking, fewer at rest", () => {
  const { page, face } = begin({}, 1);
  speaking(face, page, 300, 80);
  page.play(500);
  let before = face.writes;
  page.play(20_000);
  const whileSpeaking = (face.writes - before) / 1200;
  face.stop();
  face.pose("listening");
  page.play(1000);
  before = face.writes;
  page.play(20_000);
  const atRest = (face.writes - before) / 1200;
  assert.ok(whileSpeaking <= 14 && atRest <= 4, `${whileSpeaking} and ${atRest} of ${Object.keys(movingParts).length}`);
  console.log(`attributes written a frame: ${whileSpeaking.toFixed(1)} speaking, ${atRest.toFixed(1)} listening`);
});

test("A look from anybody's file puts nothing but colours into the page", () => {
  const page = new FakePage();
  const evil = '"/><script>x</script>';
  makeFace({ skin: evil, hair: evil, hairColour: "url(//x)", eyes: "red", clothes: "#12345", accessory: evil }, () => 0, { page });
  const written = JSON.stringify(page.nodes.map((node) => [...node.attributes.values()]));
  for (const part of ["script", "url", "red", "#12345\"", "NaN", "undefined"]) assert.ok(!written.includes(part), part);
});

test("It is called by its label, and hidden from screen readers without one", () => {
  const named = begin({ label: "Mira" }).page.nodes.find((node) => node.tag === "svg");
  assert.deepEqual([named?.attributes.get("role"), named?.attributes.get("aria-label")], ["img", "Mira"]);
  const unnamed = begin().page.nodes.find((node) => node.tag === "svg");
  assert.equal(unnamed?.attributes.get("aria-hidden"), "true");
});

test("The demo's four are the four of the school", () => {
  const yaml = readFileSync(join(globalThis.webFolder, "../../demo/teachers.yaml"), "utf8");
  for (const { name, look } of cast) {
    const entry = yaml.slice(yaml.indexOf(`name: ${name}`));
    for (const [field, value] of Object.entries(look)) assert.ok(entry.slice(0, entry.indexOf("voice:")).includes(`${field}: ${value.startsWith("#") ? `"${value}"` : value}\n`), `${name}: ${field}`);
  }
});
