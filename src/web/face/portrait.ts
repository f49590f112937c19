import { drawAccessory } from "./accessory";
import { drawHair } from "./hair";
import type { Paint } from "./look";
import type { Page } from "./page";
import type { Frame, MovingPart } from "./rig";

export type Attributes = Readonly<Record<string, string | number>>;

/** Makes an SVG element: by tag, attributes, children. */
export type Pen = (tag: string, attributes?: Attributes, ...children: SVGElement[]) => SVGElement;

/** Makes a part that moves. */
export type MovingPen = (part: MovingPart, attributes?: Attributes, ...children: SVGElement[]) => SVGElement;

export interface Portrait {
  readonly root: SVGSVGElement;
  readonly parts: ReadonlyMap<MovingPart, SVGElement>;
}

/**
 * Draws a head and shoulders, in the same shapes and the same order as Portrait.razor, which a test compares,
 * so that the still picture can give way to this one unseen.
 */
export function drawPortrait(page: Page, paint: Paint, first: Frame): Portrait {
  const parts = new Map<MovingPart, SVGElement>();
  const pen: Pen = (tag, attributes = {}, ...children) => {
    const made = page.create(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
    made.append(...children);
    return made;
  };
  const group: MovingPen = (part, attributes = {}, ...children) => keep(part, pen("g", { ...attributes, transform: first[part] }, ...children));
  const path: MovingPen = (part, attributes = {}) => keep(part, pen("path", { ...attributes, d: first[part] }));
  const keep = (part: MovingPart, made: SVGElement) => {
    parts.set(part, made);
    return made;
  };

  const root = pen(
    "svg",
    { class: "portrait", viewBox: "0 0 200 200", focusable: "false" },
    pen("path", { fill: paint.backdrop, d: "M0 0h200v200H0z" }),
    pen("circle", { cx: 100, cy: 92, r: 78, fill: paint.glow }),
    group("hairBehind", {}, ...drawHair(pen, path, paint, true)),
    group("body", {}, ...drawBody(pen, paint)),
    group(
      "head",
      {},
      ...drawEars(pen, paint),
      path("outline", { fill: paint.skin }),
      group("eyesAndNose", {}, ...drawEyesAndNose(pen, group, path, paint)),
      ...drawHair(pen, path, paint, false),
      group("mouthAndGlasses", {}, ...drawMouth(path, paint), ...drawAccessory(pen, paint, "face")),
      ...drawAccessory(pen, paint, "head"),
    ),
    ...drawAccessory(pen, paint, "body"),
  );
  return { root: root as SVGSVGElement, parts };
}

function drawBody(pen: Pen, paint: Paint): SVGElement[] {
  return [
    pen("path", { fill: paint.clothes, d: "M14 202c2-32 22-46 50-52l20-5h32l20 5c28 6 48 20 50 52z" }),
    pen("path", { fill: paint.clothesShade, opacity: 0.55, d: "M14 202c2-32 22-46 50-52l4-1c-20 12-26 30-27 53zM186 202c-2-32-22-46-50-52l-4-1c20 12 26 30 27 53z" }),
    pen("path", { fill: paint.skin, d: "M82 108h36v36c0 18-36 18-36 0z" }),
    pen("path", { fill: paint.skinShade, d: "M82 118c6 8 12 14 18 14s12-6 18-14v14c-5 8-11 12-18 12s-13-4-18-12z" }),
    line(pen, paint.clothesShade, 5, "M80 146c4 14 36 14 40 0"),
  ];
}

function drawEars(pen: Pen, paint: Paint): SVGElement[] {
  return [
    pen("ellipse", { cx: 61, cy: 88, rx: 8, ry: 11, fill: paint.skin }),
    pen("ellipse", { cx: 139, cy: 88, rx: 8, ry: 11, fill: paint.skin }),
    line(pen, paint.skinShade, 2, "M58 84c3 1 5 4 4 9M142 84c-3 1-5 4-4 9"),
  ];
}

function drawEyesAndNose(pen: Pen, group: MovingPen, path: MovingPen, paint: Paint): SVGElement[] {
  const pair = (fill: string, cx: number, cy: number, r: number, apart: number) => [pen("circle", { cx, cy, r, fill }), pen("circle", { cx: cx + apart, cy, r, fill })];
  return [
    pen("ellipse", { cx: 76, cy: 101, rx: 8, ry: 5.5, fill: paint.blush, opacity: 0.34 }),
    pen("ellipse", { cx: 124, cy: 101, rx: 8, ry: 5.5, fill: paint.blush, opacity: 0.34 }),
    pen("ellipse", { cx: 84, cy: 84, rx: 7.2, ry: 5.6, fill: "#fdfaf4" }),
    pen("ellipse", { cx: 116, cy: 84, rx: 7.2, ry: 5.6, fill: "#fdfaf4" }),
    group(
      "irises",
      {},
      ...pair(paint.eyes, 84.5, 84, 4.6, 31),
      ...pair("#1d1512", 84.5, 84, 2.2, 31),
      ...pair("#fff", 86.2, 82.2, 1.3, 31),
    ),
    path("lids", { fill: paint.lid }),
    path("lashes", { fill: "none", stroke: "#3a2620", "stroke-width": 2, "stroke-linecap": "round" }),
    path("brows", { fill: "none", stroke: paint.brows, "stroke-width": 3.6, "stroke-linecap": "round" }),
    line(pen, paint.skinShade, 2.4, "M101 86c-2 6-5 10-5 12 1 3 6 3 9 1"),
  ];
}

function drawMouth(path: MovingPen, paint: Paint): SVGElement[] {
  return [
    path("inside", { fill: "#5e211f" }),
    path("teeth", { fill: "#fffaf3" }),
    path("tongue", { fill: "#c2625a" }),
    path("upperLip", { fill: paint.lips }),
    path("lowerLip", { fill: paint.lips }),
    path("lipLine", { fill: "none", stroke: paint.lipLine, "stroke-width": 1, "stroke-linecap": "round" }),
  ];
}

/** A stroke with round ends. */
export function line(pen: Pen, colour: string, width: number, d: string, more: Attributes = {}): SVGElement {
  return pen("path", { fill: "none", stroke: colour, "stroke-width": width, "stroke-linecap": "round", "stroke-linejoin": "round", d, ...more });
}
