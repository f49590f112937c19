import type { HeardSoFar, PhraseFrame, SpeechFrame, VisemeTime, WordTime } from "./protocol";
import { withoutMarks } from "./speech";

/** A phrase of an utterance with its times, in ms of the utterance. */
export interface Line {
  readonly turn: number;
  readonly index: number;
  readonly text: string;
  /** Where it begins in the answer's text. */
  readonly place: number;
  readonly fromMs: number;
  /** Told, or estimated where nobody knows yet. */
  readonly ms: number;
  readonly isEstimated: boolean;
  readonly words: readonly WordTime[];
  readonly visemes: readonly VisemeTime[];
}

// Ordinary speech says some sixteen letters a second.
const msPerLetter = 62;
const kept = 3;

/** What the teacher says in the newest utterances, and when. */
export class Script {
  readonly #phrases = new Map<number, Map<number, PhraseFrame>>();
  readonly #lines = new Map<number, Line[]>();

  /** An utterance that begins again, as on another server, has nothing of the one that had its number. */
  phrase(utterance: number, frame: PhraseFrame): void {
    if (frame.index === 0) for (const map of [this.#phrases, this.#lines]) map.delete(utterance);
    const phrases = this.#phrases.get(utterance) ?? new Map<number, PhraseFrame>();
    this.#phrases.set(utterance, phrases.set(frame.index, frame));
    for (const map of [this.#phrases, this.#lines]) for (const old of map.keys()) if (old <= utterance - kept) map.delete(old);
  }

  /** @returns the line with its times; null where its phrase never came */
  speech(frame: SpeechFrame): Line | null {
    const phrase = this.#phrases.get(frame.utterance)?.get(frame.index);
    const text = phrase?.text ?? frame.text;
    if (text === null) return null;
    const { turn, index, place, fromMs, words, visemes } = frame;
    const ms = frame.ms ?? (withoutMarks(text).trim().length * msPerLetter) / (phrase?.pace ?? 1);
    const timed = words.length > 0 ? inside(words, text.length) : estimateWords(text, fromMs, ms);
    const line: Line = { turn, index, text, place, fromMs, ms, isEstimated: frame.ms === null, words: timed, visemes };
    const others = this.lines(frame.utterance).filter((other) => other.index !== index);
    this.#lines.set(frame.utterance, [...others, line].sort((a, b) => a.fromMs - b.fromMs));
    return line;
  }

  lines(utterance: number): readonly Line[] {
    return this.#lines.get(utterance) ?? [];
  }

  /** How much of the answer was heard when this much of the utterance has reached the ear: up to the first word that was not heard whole. */
  heardAt(utterance: number, ms: number): HeardSoFar | null {
    const lines = this.lines(utterance);
    for (const line of lines) {
      const end = line.fromMs + line.ms;
      const at = line.words.findIndex((_, i) => (line.words[i + 1]?.[0] ?? end) > ms);
      const word = line.words[at];
      if (word) return { turn: line.turn, characters: line.place + (at === 0 && line.fromMs > 0 ? 0 : word[1]) };
    }
    const last = lines.at(-1);
    return last ? { turn: last.turn, characters: last.place + last.text.length } : null;
  }

  /** The line that is heard at this millisecond; between two, the earlier. */
  lineAt(utterance: number, ms: number): Line | null {
    const lines = this.lines(utterance);
    return lines.filter(({ fromMs }) => fromMs <= ms).at(-1) ?? lines[0] ?? null;
  }
}

/** The word heard at this millisecond: from its beginning until the next one begins. */
export function wordAt({ words }: Line, ms: number): WordTime | null {
  return words.filter(([from]) => from <= ms).at(-1) ?? null;
}

/** Words over a stretch of time, by their place in the text; marks of sources are not said. */
function estimateWords(text: string, fromMs: number, ms: number): WordTime[] {
  const said = text.replace(/\[\d+\]/g, (mark) => " ".repeat(mark.length));
  const end = said.trimEnd().length || 1;
  return [...said.matchAll(/\S*[\p{L}\p{N}]\S*/gu)].map((word) => [fromMs + (ms * word.index) / end, word.index, word[0].length] as const);
}

function inside(words: readonly WordTime[], length: number): WordTime[] {
  return words.filter(([, start, size]) => start + size <= length).sort((a, b) => a[0] - b[0]);
}
