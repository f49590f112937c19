import assert from "node:assert/strict";
import { test } from "node:test";
import { soundsOf } from "./letters";
import { type Timeline, visemeNames } from "./timeline";
import { estimateTimeline, timelineOfPhonemes, visemesOf } from "./visemes";

const named = (visemes: readonly number[]) => visemes.map((viseme) => visemeNames[viseme]).join(" ");
const read = (word: string, language: string) => named(soundsOf(word, language).flatMap((ipa) => visemesOf(ipa)));

// reference chart: Meta's fifteen and the IPA that belongs to each
const chart: Readonly<Record<string, string>> = {
  PP: "p b m",
  FF: "f v ɸ β ʋ",
  TH: "θ ð",
  DD: "t d ɾ ɖ ʈ ɟ",
  kk: "k ɡ c q",
  CH: "tʃ dʒ ʧ ʤ ts dz ʨ ʥ",
  SS: "s z ʃ ʒ ʂ ɕ ç x",
  nn: "n ŋ ɲ ɳ",
  RR: "ɹ r l ɚ ɻ ʁ ɽ ʎ",
  aa: "a ɑ ɐ ɒ æ ʌ",
  E: "e ɛ ə ɜ œ",
  I: "i ɪ ɨ y j ᵻ",
  O: "o ɔ ø ɤ",
  U: "u ʊ w ɯ ɰ ɥ",
};

test("Each IPA sound has the viseme of the chart, with stress and length marks or without", () => {
  for (const [name, list] of Object.entries(chart))
    for (const ipa of list.split(" ")) for (const written of [ipa, `ˈ${ipa}ː`]) assert.equal(named(visemesOf(written)), name, written);
});

test("A diphthong is two shapes, a pause is silence, and h keeps the shape before it", () => {
  assert.equal(named(visemesOf("aɪ")), "aa I");
  assert.equal(named(visemesOf("aʊ")), "aa U");
  assert.equal(named(visemesOf("ɔɪ")), "O I");
  for (const pause of ["''", "_:", "_", ""]) assert.equal(named(visemesOf(pause)), "sil");
  for (const kept of ["h", "ʔ", "ˈ", "ː"]) assert.deepEqual(visemesOf(kept), []);
});

test("Phonemes with times become marks at those times", () => {
  const timeline = timelineOfPhonemes([["f", 11], ["oʊ", 87], ["ɾ", 189], ["ˈoʊ", 229], ["h", 300], ["s", 305], ["s", 377], ["''", 500]], 620);
  assert.equal(named(timeline.marks.map(([, viseme]) => viseme)), "FF O U DD O U SS sil");
  assert.deepEqual(timeline.marks.map(([ms]) => Math.round(ms)), [11, 87, 148, 189, 229, 272, 305, 500]);
  assert.deepEqual(timeline.cues, [{ ms: 229, kind: "stress" }]);
  assert.equal(timeline.endMs, 620);
});

test("English spelling is heard roughly as it sounds", () => {
  assert.equal(read("photo", "en"), "FF O U DD O U");
  assert.equal(read("knight", "en-GB"), "nn aa I DD");
  assert.equal(read("make", "en"), "PP E I kk");
  assert.equal(read("bottle", "en"), "PP aa DD RR");
  assert.equal(read("cheese", "en"), "CH I SS");
  assert.equal(read("through", "en"), "TH RR O U");
  assert.equal(read("station", "en"), "SS DD aa SS E nn");
  assert.equal(read("what's", "en"), "U aa DD SS");
  assert.equal(read("7", "en"), "SS E FF E nn");
});

test("German spelling is heard roughly as it sounds", () => {
  assert.equal(read("Schule", "de"), "SS U RR E");
  assert.equal(read("Zeit", "de-AT"), "CH aa I DD");
  assert.equal(read("Stein", "de"), "SS DD aa I nn");
  assert.equal(read("häuser", "de"), "O I SS aa");
  assert.equal(read("Wasser", "de"), "FF aa SS aa");
  assert.equal(read("Vieh", "de"), "FF I");
  assert.equal(read("3", "de"), "DD RR aa I");
});

test("Other languages are read by the letters, and scripts that aren't known still move the mouth", () => {
  assert.equal(read("mañana", "es"), "PP aa nn aa nn aa");
  assert.equal(read("привет", "ru"), "PP RR I FF I E DD");
  assert.equal(read("مرحبا", "ar"), "PP RR PP aa");
  for (const text of ["光合作用", "ประเทศ", "नमस्ते", "ሰላም"]) assert.ok(soundsOf(text, "x").length >= 3, text);
  assert.deepEqual(soundsOf("… — 🙂", "en"), []);
});

const texts = ["", "?!", "a", "Hello, I'm Mira.", "What is 3 × 7 + 4 %?", "Die Photosynthese macht aus Licht Zucker: was geschieht nachts?", "光合作用 把 光 变成 糖。", "x".repeat(500), "- - -", "one, two; three… (four) «five»?"];

test("An estimate covers the given duration exactly, in order and without gaps", () => {
  for (const text of texts) {
    for (const language of ["en", "de", "zh", ""]) {
      for (const totalMs of [0, 1, 700, 3210.5, 60_000]) {
        const timeline = estimateTimeline(text, language, { totalMs });
        assert.equal(timeline.endMs, totalMs);
        assertOrdered(timeline, `${text} ${language} ${totalMs}`);
      }
    }
  }
});

test("Without a duration the estimate takes about as long as people do, and less at a higher rate", () => {
  const text = "Photosynthesis turns light into sugar, and the plant lives on it through the night.";
  const { endMs } = estimateTimeline(text, "en");
  assert.ok(endMs > 3500 && endMs < 7500, `${endMs} ms for 14 words`);
  assert.ok(Math.abs(estimateTimeline(text, "en", { rate: 1.5 }).endMs - endMs / 1.5) < 1);
});

test("A word begins where it is known to begin, and long gaps are pauses", () => {
  const timeline = estimateTimeline("Papa may be far, Mama too", "en", { wordStartsMs: [100, 500, 800, 1000, 3000, 3400], totalMs: 4000 });
  for (const start of [100, 500, 800, 1000, 3000, 3400]) assert.ok(timeline.marks.some(([ms]) => ms === start), `a mark at ${start}`);
  const before = timeline.marks.filter(([ms]) => ms < 3000).at(-1);
  assert.equal(before?.[1], 0);
  assert.ok(before && before[0] < 2000);
  assertOrdered(timeline, "known starts");
});

test("Word starts that go backward or beyond the end do no harm", () => {
  for (const wordStartsMs of [[500, 100, 900], [0, 9000, 9500], [NaN, 100], [-50, 20]]) assertOrdered(estimateTimeline("one two three", "en", { wordStartsMs, totalMs: 1000 }), String(wordStartsMs));
});

test("A question raises its brows at its last word; long words are nodded to, not all of them", () => {
  const { cues } = estimateTimeline("The chloroplast captures sunlight. What happens afterwards?", "en");
  assert.equal(cues?.filter((cue) => cue.kind === "question").length, 1);
  assert.equal(cues?.at(-1)?.kind, "question");
  const stresses = cues?.filter((cue) => cue.kind === "stress") ?? [];
  assert.ok(stresses.length >= 2);
  stresses.forEach((cue, index) => assert.ok(index === 0 || cue.ms - (stresses[index - 1]?.ms ?? 0) >= 700));
});

function assertOrdered({ marks, endMs }: Timeline, where: string): void {
  assert.equal(marks[0]?.[0], 0, where);
  marks.forEach(([ms, viseme], index) => {
    assert.ok(ms <= endMs && (index === 0 || ms > (marks[index - 1]?.[0] ?? 0)), `${where}: mark ${index} at ${ms}`);
    assert.ok(visemeNames[viseme], where);
  });
}
