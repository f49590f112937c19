import type { Paint } from "./look";
import { line, type Pen } from "./portrait";

/** What a teacher always has about them, where it belongs to the place that moves. */
export function drawAccessory(pen: Pen, paint: Paint, place: "face" | "head" | "body"): SVGElement[] {
  switch (paint.accessory) {
    case "glasses":
      return place === "face" ? drawGlasses(pen) : [];
    case "pencil":
      return place === "head" ? drawPencil(pen, paint) : [];
    case "headphones":
      return place === "body" ? drawHeadphones(pen) : [];
    case "scarf":
      return place === "body" ? drawScarf(pen) : [];
    case "none":
      return [];
  }
}

function drawGlasses(pen: Pen): SVGElement[] {
  const rim = { fill: "#ffffff", "fill-opacity": 0.16, stroke: "#2b2622", "stroke-width": 3 };
  return [pen("circle", { cx: 83, cy: 85, r: 14, ...rim }), pen("circle", { cx: 117, cy: 85, r: 14, ...rim }), line(pen, "#2b2622", 3, "M97 83c2-2 4-2 6 0M69 82l-7-2M131 82l7-2")];
}

function drawPencil(pen: Pen, paint: Paint): SVGElement[] {
  return [
    pen(
      "g",
      { transform: "rotate(-28 138 78)" },
      pen("path", { fill: "#e3a72f", d: "M130 73h40v7h-40z" }),
      pen("path", { fill: "#c98b1c", d: "M130 77.5h40v2.5h-40z" }),
      pen("path", { fill: "#f1d9b0", d: "M170 73l10 3.5-10 3.5z" }),
      pen("path", { fill: "#2b2622", d: "M176.5 75.3l3.5 1.2-3.5 1.2z" }),
    ),
    pen("path", { fill: paint.skin, d: "M134 80c2-3 5-4 8-2 5 3 6 9 4 15-2 5-6 7-9 5-3-4-4-13-3-18z" }),
  ];
}

function drawHeadphones(pen: Pen): SVGElement[] {
  const cushion = (x: number, y: number, width: number, height: number, rx: number, fill: string) => pen("rect", { x, y, width, height, rx, fill });
  return [
    line(pen, "#2d2c33", 6, "M64 150c2 34 70 34 72 0"),
    cushion(54, 134, 18, 28, 8, "#3a3942"),
    cushion(128, 134, 18, 28, 8, "#3a3942"),
    cushion(67, 138, 7, 20, 3.5, "#191920"),
    cushion(126, 138, 7, 20, 3.5, "#191920"),
    line(pen, "#6d6b78", 2, "M58.5 142v9M141.5 142v9"),
  ];
}

function drawScarf(pen: Pen): SVGElement[] {
  return [
    pen("path", { fill: "#9c3f2e", d: "M112 152l22 44h-26l-10-40z" }),
    line(pen, "#e7b98a", 3, "M106 178l17-3M110 188l18-4"),
    pen("path", { fill: "#b9513c", d: "M70 138c14 12 46 12 60 0 7 5 9 14 6 22-18 14-54 14-72 0-3-8-1-17 6-22z" }),
    line(pen, "#e7b98a", 3, "M68 150c18 12 46 12 64 0"),
    line(pen, "#8a3425", 2, "M80 160c4-2 7-5 8-9M120 160c-4-2-7-5-8-9"),
  ];
}
