import type { Expression } from "./life";
import type { Mouth } from "./mouth";

/** What moves in a portrait, and the attribute that moves it. */
export const movingParts = {
  body: "transform",
  head: "transform",
  hairBehind: "transform",
  eyesAndNose: "transform",
  mouthAndGlasses: "transform",
  irises: "transform",
  outline: "d",
  beard: "d",
  lids: "d",
  lashes: "d",
  brows: "d",
  inside: "d",
  teeth: "d",
  tongue: "d",
  upperLip: "d",
  lowerLip: "d",
  lipLine: "d",
} as const;

export type MovingPart = keyof typeof movingParts;
export type Frame = Record<MovingPart, string>;

const chinDrop = 3.6;

/** Writes a frame's attributes, in the portrait's units (200 wide). */
export function frameOf(face: Expression, mouth: Mouth, into: Frame): Frame {
  const head = `translate(${fine(face.headX)} ${fine(face.headY - 0.8 * face.breath)}) rotate(${fine(face.tilt)} 100 138)`;
  // The features travel further than the outline: so a flat head seems to turn.
  const turn = `translate(${fine(0.8 * face.headX)} ${fine(0.7 * face.headY)})`;
  const drop = chinDrop * mouth.jaw;
  into.body = `translate(0 ${fine(-0.9 * face.breath)})`;
  into.head = head;
  into.hairBehind = head;
  into.eyesAndNose = turn;
  into.mouthAndGlasses = turn;
  into.irises = `translate(${fine(2.3 * face.gazeX)} ${fine(1.5 * face.gazeY)})`;
  into.outline = `M62 76c0-28 17-42 38-42s38 14 38 42c0 32-16 ${coarse(56 + drop)}-38 ${coarse(56 + drop)}S62 ${coarse(108 + 0.5 * drop)} 62 76z`;
  into.beard = `M62 80c1 34 16 ${coarse(57 + drop)} 38 ${coarse(57 + drop)}s37 ${coarse(-23 - drop)} 38 ${coarse(-57 - drop)}c-4 9-6 18-13 22-8 3-17 1-25 1s-17 2-25-1c-7-4-9-13-13-22z`;
  writeEyes(face, into);
  writeMouth(face, mouth, into);
  return into;
}

function writeEyes({ lids, browLeft, browRight }: Expression, into: Frame): void {
  const corner = coarse(84.2 - 1.1 * lids);
  const bend = coarse(5.8 - 11.3 * lids);
  const lash = (x: number) => `M${x - 7.8} ${corner}c3 ${bend} 12.6 ${bend} 15.6 0`;
  const lid = (x: number) => `${lash(x)}C${x + 6} 75.4 ${x - 6} 75.4 ${x - 7.8} ${corner}z`;
  into.lashes = lash(84) + lash(116);
  into.lids = lid(84) + lid(116);
  const left = coarse(72 - 3.2 * browLeft);
  const right = coarse(72 - 3.2 * browRight);
  // A frown draws the inner ends down, a raised brow bends.
  const bow = (brow: number) => coarse(-4 - Math.max(0, brow));
  const inner = (brow: number) => coarse(-1 - 1.2 * Math.min(0, brow));
  into.brows = `M75 ${left}c5 ${bow(browLeft)} 12 ${bow(browLeft)} 17 ${inner(browLeft)}M125 ${right}c-5 ${bow(browRight)}-12 ${bow(browRight)}-17 ${inner(browRight)}`;
}

function writeMouth({ smile, ponder }: Expression, mouth: Mouth, into: Frame): void {
  const { jaw, width, round, contact, tuck, teeth, tongue } = mouth;
  const x = 100 + 1.6 * ponder;
  const half = 12.4 * (1 + 0.17 * width - 0.43 * round + 0.12 * smile - 0.05 * jaw - 0.12 * ponder);
  const gap = 12.5 * jaw * (1 - contact ** 2);
  const top = 110.8 + 1.1 * smile - 0.1 * gap;
  const bottom = top + gap;
  const corner = 111.4 - 2.7 * smile * (1 - 0.6 * round) + 0.24 * gap;
  // A cubic's middle lies three quarters of the way from its ends to its control points.
  const control = (middle: number, end = corner) => (middle - 0.25 * end) / 0.75;
  const reach = half * (0.5 - 0.36 * round);
  const [left, right] = [x - half, x + half];
  const across = (y: number) => `C${coarse(left + reach)} ${coarse(y)} ${coarse(right - reach)} ${coarse(y)} ${coarse(right)} ${coarse(corner)}`;
  const back = (y: number) => `C${coarse(right - reach)} ${coarse(y)} ${coarse(left + reach)} ${coarse(y)} ${coarse(left)} ${coarse(corner)}z`;
  const start = `M${coarse(left)} ${coarse(corner)}`;
  const [above, below] = [control(top), control(bottom)];

  into.inside = start + across(above) + back(below);
  into.teeth = start + across(above) + back(control(top + Math.min(0.94 * gap, 3.9) * teeth));
  into.lipLine = start + across(above);

  const tongueX = 0.504 * half + 0.288 * (half - reach);
  const tongueY = 0.52 * corner + 0.48 * below;
  const rise = control(bottom - gap * (0.24 + 0.5 * tongue), tongueY);
  const low = control(bottom, tongueY);
  const [tongueLeft, tongueRight] = [x - 0.55 * tongueX, x + 0.55 * tongueX];
  into.tongue = `M${coarse(x - tongueX)} ${coarse(tongueY)}C${coarse(tongueLeft)} ${coarse(rise)} ${coarse(tongueRight)} ${coarse(rise)} ${coarse(x + tongueX)} ${coarse(tongueY)}C${coarse(tongueRight)} ${coarse(low)} ${coarse(tongueLeft)} ${coarse(low)} ${coarse(x - tongueX)} ${coarse(tongueY)}z`;

  const upper = 2.7 + 0.9 * round - 1.1 * contact - 0.03 * gap;
  const peak = coarse(top - upper);
  const dip = coarse(top - upper + 0.9);
  const shoulder = coarse(0.45 * corner + 0.55 * top - 0.75 * upper);
  into.upperLip =
    `${start}C${coarse(left + 0.4 * half)} ${shoulder} ${coarse(x - 0.42 * half)} ${peak} ${coarse(x - 0.22 * half)} ${peak}` +
    `Q${coarse(x - 0.1 * half)} ${peak} ${coarse(x)} ${dip}Q${coarse(x + 0.1 * half)} ${peak} ${coarse(x + 0.22 * half)} ${peak}` +
    `C${coarse(x + 0.42 * half)} ${peak} ${coarse(right - 0.4 * half)} ${shoulder} ${coarse(right)} ${coarse(corner)}${back(above)}`;
  const lower = 3.3 + 1.1 * round - 1.2 * contact - 1.3 * tuck;
  into.lowerLip = start + across(below) + back(control(bottom + lower));
}

// A tenth of a unit is a fifth of a pixel in a portrait of 400 pixels; slow movements need it finer to run smoothly.
const coarse = (value: number) => Math.round(value * 10) / 10;
const fine = (value: number) => Math.round(value * 50) / 50;
