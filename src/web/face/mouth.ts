import { silence, type Track, type VisemeName, visemeNames } from "./timeline";

/** The shape of a mouth. All from 0 to 1, the width from -1 (narrow) to 1 (spread). */
export interface Mouth {
  /** How far the jaw has dropped. */
  jaw: number;
  width: number;
  /** Lips rounded and pushed forward. */
  round: number;
  /** Lips pressed together. */
  contact: number;
  /** Lower lip drawn up under the upper teeth. */
  tuck: number;
  teeth: number;
  /** From lying low to showing between the teeth. */
  tongue: number;
}

export const mouthParts = ["jaw", "width", "round", "contact", "tuck", "teeth", "tongue"] as const;

const closed: Mouth = { jaw: 0, width: 0, round: 0, contact: 0, tuck: 0, teeth: 0, tongue: 0 };

const shapes: Record<VisemeName, Mouth> = {
  sil: closed,
  PP: { ...closed, jaw: 0.04, contact: 1 },
  FF: { ...closed, jaw: 0.2, width: 0.1, tuck: 1, teeth: 1 },
  TH: { ...closed, jaw: 0.28, width: 0.1, teeth: 0.7, tongue: 1 },
  DD: { ...closed, jaw: 0.27, width: 0.2, teeth: 0.9, tongue: 0.6 },
  kk: { ...closed, jaw: 0.34, width: 0.1, teeth: 0.5, tongue: 0.3 },
  CH: { ...closed, jaw: 0.24, round: 0.6, teeth: 1 },
  SS: { ...closed, jaw: 0.17, width: 0.5, teeth: 1 },
  nn: { ...closed, jaw: 0.24, width: 0.1, teeth: 0.7, tongue: 0.6 },
  RR: { ...closed, jaw: 0.28, round: 0.35, teeth: 0.6, tongue: 0.4 },
  aa: { ...closed, jaw: 1, width: 0.1, teeth: 0.7, tongue: 0.25 },
  E: { ...closed, jaw: 0.56, width: 0.5, teeth: 0.8, tongue: 0.35 },
  I: { ...closed, jaw: 0.32, width: 0.85, teeth: 1, tongue: 0.3 },
  O: { ...closed, jaw: 0.66, round: 0.75, teeth: 0.2, tongue: 0.1 },
  U: { ...closed, jaw: 0.34, round: 1 },
};

/**
 * How strongly a sound insists on its own shape when its neighbours pull at it, after Cohen & Massaro's dominance
 * functions (1993): a closure must be seen to close, while most consonants take the lips of the vowel beside them.
 * [jaw, lips' width and rounding, closure, teeth and tongue]
 */
const dominance: Record<VisemeName, readonly [number, number, number, number]> = {
  sil: [0.8, 0.8, 1, 1],
  PP: [2, 0.5, 2, 1.5],
  FF: [2, 0.9, 2, 1.5],
  TH: [1.2, 0.6, 1, 2],
  DD: [0.9, 0.3, 1, 1],
  kk: [0.8, 0.3, 1, 1],
  CH: [1.2, 1.3, 1, 1],
  SS: [1.3, 0.9, 1, 1.3],
  nn: [0.8, 0.3, 1, 1],
  RR: [0.9, 0.9, 1, 1],
  aa: [1.1, 1, 1, 1],
  E: [1, 1, 1, 1],
  I: [1, 1.2, 1, 1],
  O: [1, 1.5, 1, 1],
  U: [1, 1.5, 1, 1],
};

const groupOf: Record<keyof Mouth, 0 | 1 | 2 | 3> = { jaw: 0, width: 1, round: 1, contact: 2, tuck: 2, teeth: 3, tongue: 3 };
const table = visemeNames.map((name) => ({ shape: shapes[name], pull: dominance[name] }));

/** Seconds over which one shape turns into the next, half of them before the mark: lips are early, never late. */
export const blendSeconds = 0.084;

export function shapeOf(viseme: number): Mouth {
  return table[viseme]?.shape ?? closed;
}

const weights = [0, 0, 0, 0];

/**
 * The mouth at an instant of the clock: each viseme's shape, weighed by how much of a raised-cosine window around `time`
 * its segment fills and by its dominance. A weighted mean can't leave the range of the shapes, and the window keeps it continuous.
 */
export function mouthAt(track: Track, time: number, into: Mouth): Mouth {
  const half = blendSeconds / 2;
  for (const part of mouthParts) into[part] = 0;
  weights.fill(0);
  const { segments } = track;
  let index = track.indexAt(time - half);
  let before = 0;
  while (before < 1) {
    const next = segments[index + 1]?.from ?? Infinity;
    const until = share((next - time) / blendSeconds);
    const filled = until - before;
    const segment = segments[index];
    if (filled > 0) add(into, segment?.viseme ?? silence, segment?.strength ?? 1, filled);
    before = until;
    index++;
  }
  for (const part of mouthParts) into[part] /= weights[groupOf[part]] || 1;
  return into;
}

function add(into: Mouth, viseme: number, strength: number, filled: number): void {
  const { shape, pull } = table[viseme] ?? { shape: closed, pull: dominance.sil };
  for (let group = 0; group < weights.length; group++) weights[group] = (weights[group] ?? 0) + (pull[group] ?? 1) * filled;
  for (const part of mouthParts) into[part] += shape[part] * (part === "jaw" ? strength : 1) * pull[groupOf[part]] * filled;
}

// The integral of a raised cosine of width 1 around 0.
function share(x: number): number {
  if (x <= -0.5) return 0;
  if (x >= 0.5) return 1;
  return x + 0.5 + Math.sin(2 * Math.PI * x) / (2 * Math.PI);
}
