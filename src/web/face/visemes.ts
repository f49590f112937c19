import { soundsOf } from "./letters";
import { type Cue, type Mark, silence, type Timeline, type VisemeName, visemeNames } from "./timeline";

/** A phoneme in IPA and when it begins, as espeak-ng's phoneme events give it. */
export type Phoneme = readonly [ipa: string, ms: number];

const ipaByViseme: Partial<Record<VisemeName, string>> = {
  PP: "p b m",
  FF: "f v ɸ β ʋ pf",
  TH: "θ ð",
  DD: "t d ɾ ɖ ʈ ɟ",
  kk: "k ɡ g c q ɢ",
  CH: "tʃ dʒ ʧ ʤ ts dz ʦ ʣ ʨ ʥ tɕ dʑ",
  SS: "s z ʃ ʒ ʂ ʐ ɕ ʑ ç x ɣ χ",
  nn: "n ŋ ɲ ɳ ɴ",
  RR: "ɹ r l ɚ ɻ ʁ ɽ ʎ ɫ ɭ ʀ ɝ",
  aa: "a ɑ ɐ ɒ æ ʌ",
  E: "e ɛ ə ɜ œ ɞ ɘ",
  I: "i ɪ ɨ y j ᵻ ʏ",
  O: "o ɔ ø ɤ ɵ",
  U: "u ʊ w ɯ ɰ ɥ ʍ ʉ",
};
const visemeByIpa = new Map(Object.entries(ipaByViseme).flatMap(([name, list]) => list.split(" ").map((ipa) => [ipa, visemeNames.indexOf(name as VisemeName)] as const)));

/** The visemes of one phoneme, two for a diphthong. Pauses are silent; none where the mouth keeps its shape (h, a glottal stop, stress and length marks). */
export function visemesOf(ipa: string): readonly number[] {
  if (/^(?:''|_:?|_\^_|\||\s*)$/.test(ipa)) return [silence];
  const visemes: number[] = [];
  for (let at = 0; at < ipa.length; ) {
    const pair = visemeByIpa.get(ipa.slice(at, at + 2));
    const found = pair ?? visemeByIpa.get(ipa[at] ?? "");
    if (found !== undefined && visemes.at(-1) !== found) visemes.push(found);
    at += pair === undefined ? 1 : 2;
  }
  return visemes;
}

const firstOfDiphthong = 0.6;

/**
 * The timeline of speech whose phonemes and their times are known.
 * @param phonemes in order of time
 * @param endMs when the last one ends
 */
export function timelineOfPhonemes(phonemes: readonly Phoneme[], endMs: number): Timeline {
  const marks: Mark[] = [];
  const cues: Cue[] = [];
  phonemes.forEach(([ipa, ms], index) => {
    const lasts = Math.max(0, (phonemes[index + 1]?.[1] ?? endMs) - ms);
    visemesOf(ipa).forEach((viseme, place) => addMark(marks, ms + place * firstOfDiphthong * lasts, viseme));
    if (ipa.includes("ˈ")) addStress(cues, ms);
  });
  return { marks, endMs, ...(cues.length > 0 && { cues }) };
}

export interface SpeechTimes {
  /** How long the whole is heard; the timeline covers it exactly. */
  readonly totalMs?: number;
  /** When each word begins, words being what spaces part. */
  readonly wordStartsMs?: readonly number[];
  /** 1 is ordinary speed; used where no duration is known. */
  readonly rate?: number;
}

interface Sound {
  readonly viseme: number;
  readonly ms: number;
}

interface Word {
  readonly sounds: readonly Sound[];
  /** The pause behind it. */
  readonly pauseMs: number;
  readonly isStressed: boolean;
  readonly asks: boolean;
}

// Ordinary lengths in fluent speech, rounded from tables for English (Klatt 1976): what counts is their proportion.
const lengths: Record<VisemeName, number> = { sil: 60, PP: 75, FF: 95, TH: 70, DD: 60, kk: 70, CH: 110, SS: 100, nn: 65, RR: 65, aa: 110, E: 85, I: 85, O: 115, U: 95 };

/**
 * A guess at the timeline of speech of which only the text is known, and perhaps how long it lasts or when its words begin.
 * English and German are read by a few rules, other languages letter by letter.
 * @param language a BCP 47 tag
 */
export function estimateTimeline(text: string, language: string, times: SpeechTimes = {}): Timeline {
  const words = text.split(/\s+/).filter((word) => word !== "").map((word) => readWord(word, language));
  const natural = words.map((word) => soundMs(word) + word.pauseMs);
  const sum = natural.reduce((total, ms) => total + ms, 0);
  const endMs = Math.max(0, times.totalMs ?? naturalEnd(words, natural, times));
  const starts = startsOfWords(natural, sum > 0 ? endMs / sum : 0, times.wordStartsMs);
  const marks: Mark[] = [[0, silence]];
  const cues: Cue[] = [];
  words.forEach((word, index) => {
    const from = Math.min(endMs, starts[index] ?? endMs);
    const room = Math.max(0, Math.min(endMs, starts[index + 1] ?? endMs) - from);
    placeWord(word, from, room, marks);
    if (word.asks && room > 0) cues.push({ ms: from, kind: "question" });
    else if (word.isStressed && room > 0) addStress(cues, from);
  });
  return { marks, endMs, cues };
}

function naturalEnd(words: readonly Word[], natural: readonly number[], { wordStartsMs, rate = 1 }: SpeechTimes): number {
  const last = words.length - 1;
  const start = wordStartsMs?.[last];
  return start === undefined ? natural.reduce((total, ms) => total + ms, 0) / rate : start + (natural[last] ?? 0) / rate;
}

// Words whose start isn't known follow at the estimate's pace.
function startsOfWords(natural: readonly number[], scale: number, known: readonly number[] = []): number[] {
  let earliest = 0;
  let next = 0;
  return natural.map((ms, index) => {
    const told = known[index];
    earliest = Math.max(earliest, told !== undefined && Number.isFinite(told) ? told : next);
    next = earliest + ms * scale;
    return earliest;
  });
}

function placeWord(word: Word, from: number, room: number, marks: Mark[]): void {
  const sounding = soundMs(word);
  if (sounding === 0 || room === 0) return addMark(marks, from, silence);
  // Sounds stretch a little to fill their room; what is left over is a pause.
  const scale = Math.min(room / (sounding + word.pauseMs), maxStretch);
  let at = from;
  for (const { viseme, ms } of word.sounds) {
    addMark(marks, at, viseme);
    at += ms * scale;
  }
  if (from + room - at > 20) addMark(marks, at, silence);
}

const maxStretch = 2.2;

function soundMs(word: Word): number {
  return word.sounds.reduce((total, { ms }) => total + ms, 0);
}

const smallWords = /^(?:a|an|the|of|to|in|on|at|is|are|was|and|or|but|it|its|that|this|with|for|der|die|das|den|dem|des|ein|eine|und|oder|ist|im|in|zu|mit|von|auf|es|sich)$/i;

function readWord(written: string, language: string): Word {
  const visemes = soundsOf(written, language).flatMap((ipa) => visemesOf(ipa));
  const letters = written.replace(/[^\p{L}\p{N}]/gu, "");
  const sounds = visemes.map((viseme): Sound => ({ viseme, ms: lengths[visemeNames[viseme] ?? "sil"] }));
  const asks = /[?？؟]["'»“”)\]]*$/.test(written);
  return { sounds, pauseMs: pauseAfter(written), asks, isStressed: letters.length > 4 && !smallWords.test(letters) };
}

function pauseAfter(written: string): number {
  const mark = /([.!?…。！？؟]|[,;:،、–—])["'»“”)\]]*$/.exec(written)?.[1];
  if (mark === undefined) return /^[–—-]+$/.test(written) ? 180 : 0;
  return /[,;:،、–—]/.test(mark) ? 190 : 380;
}

function addMark(marks: Mark[], ms: number, viseme: number): void {
  const last = marks.at(-1);
  if (last && last[0] >= ms) marks.pop();
  if (marks.at(-1)?.[1] !== viseme) marks.push([ms, viseme]);
}

const betweenStressesMs = 700;

function addStress(cues: Cue[], ms: number): void {
  if (ms - (cues.at(-1)?.ms ?? -Infinity) >= betweenStressesMs) cues.push({ ms, kind: "stress" });
}
