/** The 15 visemes in Meta's order (XR_META_face_tracking_visemes); a viseme travels as its place in this list. */
export const visemeNames = ["sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U"] as const;
export type VisemeName = (typeof visemeNames)[number];

export const silence = 0;

/** From `ms` after the utterance's beginning, the mouth shows the viseme; `strength` 0 to 1 scales how far the jaw opens (1 when left out). */
export type Mark = readonly [ms: number, viseme: number, strength?: number];

/** A moment at which the head or the brows join in. */
export interface Cue {
  readonly ms: number;
  readonly kind: "stress" | "question";
}

export interface Timeline {
  /** In order of time. */
  readonly marks: readonly Mark[];
  /** When the last viseme ends, in ms after the utterance's beginning. */
  readonly endMs: number;
  /** Where none are given, they are guessed from the marks. */
  readonly cues?: readonly Cue[];
  /** The clock's seconds at which the utterance begins; now, when left out. */
  readonly startsAt?: number;
}

export interface Segment {
  readonly from: number;
  readonly viseme: number;
  readonly strength: number;
}

/** All that was asked to be spoken, on the clock's own seconds; the last segment is always silence. */
export class Track {
  segments: readonly Segment[] = [];
  #cues: { at: number; kind: Cue["kind"] }[] = [];

  /**
   * Puts a timeline in; what was to be shown from its first mark on gives way to it.
   * @param earliest Before this nothing changes, so that a late or repeated timeline cannot make the mouth jump.
   */
  add(timeline: Timeline, startsAt: number, earliest: number): void {
    const added = readMarks(timeline, startsAt);
    const first = added[0];
    const end = startsAt + timeline.endMs / 1000;
    if (!first || !(end > earliest)) return;
    const from = Math.max(first.from, earliest);
    const current = added.filter((segment) => segment.from <= from).length - 1;
    const past = this.indexAt(earliest - 0.5);
    const kept = this.segments.filter((segment, index) => index >= past && segment.from < from);
    const later = added.slice(current + 1).filter((segment) => segment.from < end);
    this.segments = [...kept, { ...(added[current] ?? first), from }, ...later, { from: end, viseme: silence, strength: 1 }];
    this.#cues = this.#cues.filter((cue) => cue.at < from);
    for (const cue of timeline.cues ?? guessCues(timeline)) this.#cues.push({ at: startsAt + cue.ms / 1000, kind: cue.kind });
  }

  /** Silence from `time` on. */
  cut(time: number): void {
    if (this.isSilentFrom(time)) return;
    this.segments = [...this.segments.filter((segment) => segment.from < time), { from: time, viseme: silence, strength: 1 }];
    this.#cues = [];
  }

  isSilentFrom(time: number): boolean {
    const last = this.segments.at(-1);
    return !last || last.from <= time;
  }

  isSpeakingAt(time: number): boolean {
    const first = this.segments[0];
    return first !== undefined && first.from <= time && !this.isSilentFrom(time);
  }

  /** The cues that have come due; each is given once. */
  takeCues(time: number): Cue["kind"][] {
    const due: Cue["kind"][] = [];
    while (this.#cues[0] && this.#cues[0].at <= time) {
      const cue = this.#cues.shift();
      if (cue && cue.at > time - 0.25) due.push(cue.kind);
    }
    return due;
  }

  /** The place of the segment that holds at `time`; -1 before the first. */
  indexAt(time: number): number {
    let low = 0;
    let high = this.segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.segments[middle]?.from ?? Infinity) <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  visemeAt(time: number): number {
    return this.segments[this.indexAt(time)]?.viseme ?? silence;
  }
}

// Marks come over the network: what is no mark is left out, and order is made.
function readMarks({ marks, endMs }: Timeline, startsAt: number): Segment[] {
  if (!Number.isFinite(endMs) || !Number.isFinite(startsAt)) return [];
  return marks
    .filter(([ms, viseme]) => Number.isFinite(ms) && visemeNames[viseme] !== undefined && ms <= endMs)
    .map(([ms, viseme, strength = 1]) => ({ from: startsAt + ms / 1000, viseme, strength: Math.min(1, Math.max(0, strength || 0)) }))
    .sort((a, b) => a.from - b.from);
}

const vowels = new Set([10, 11, 12, 13, 14]);
const longVowelMs = 90;
const betweenNodsMs = 900;

function guessCues({ marks, endMs }: Timeline): Cue[] {
  const cues: Cue[] = [];
  marks.forEach(([ms, viseme], index) => {
    const lasts = (marks[index + 1]?.[0] ?? endMs) - ms;
    if (vowels.has(viseme) && lasts >= longVowelMs && ms - (cues.at(-1)?.ms ?? -Infinity) >= betweenNodsMs) cues.push({ ms, kind: "stress" });
  });
  return cues;
}
