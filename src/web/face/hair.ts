import type { Paint } from "./look";
import { line, type MovingPen, type Pen } from "./portrait";

/** What falls behind the head, or what lies before it. */
export function drawHair(pen: Pen, path: MovingPen, paint: Paint, isBehind: boolean): SVGElement[] {
  const shape = (fill: string, d: string, more = {}) => pen("path", { fill, d, ...more });
  const curls = (fill: string, ...circles: (readonly [number, number, number])[]) => circles.map(([cx, cy, r]) => pen("circle", { cx, cy, r, fill }));
  switch (paint.hairstyle) {
    case "curly":
      return isBehind
        ? curls(paint.hairShade, [58, 66, 19], [66, 46, 20], [84, 32, 20], [104, 28, 21], [124, 36, 20], [138, 50, 19], [143, 68, 17], [55, 82, 12], [145, 82, 12])
        : [
            ...curls(paint.hair, [63, 64, 9], [68, 53, 11], [79, 44, 12], [93, 39, 13], [108, 39, 13], [122, 45, 12], [132, 54, 11], [137, 65, 9]),
            line(pen, paint.hairLight, 2.4, "M60 48c3-5 8-7 13-6M76 32c4-4 9-5 14-2M96 24c5-3 11-2 14 2M118 32c5 0 9 4 10 9M134 48c5 3 7 8 6 13"),
          ];
    case "braided":
      return isBehind ? [shape(paint.hairShade, "M100 24c-34 0-48 24-48 56 0 30-6 52-2 78 12 8 24 4 30-6h40c6 8 18 10 28 4 2-26 0-46 0-76 0-32-14-56-48-56z")] : drawBraid(pen, paint);
    case "tousled":
      return isBehind
        ? [shape(paint.hairShade, "M60 88c-8-26-2-58 36-62 34-2 50 26 44 62-4-8-6-12-8-20H68c-2 8-4 12-8 20z")]
        : [
            shape(paint.hair, "M60 84c-6-14-6-30 1-41-1-5-4-8-8-9 8-3 15-1 20 3 4-8 11-13 20-13-3 3-4 5-4 8 9-9 23-10 33-3-4 0-7 1-9 3 13 0 23 8 27 20-3-2-5-2-7-1 8 10 10 22 6 33-4-8-6-15-10-21-3 3-7 5-12 5 3-2 4-5 4-8-7 6-17 8-27 5 4-1 7-4 8-7-9 3-17 8-23 15-3 0-5-2-5-5-7 6-11 11-14 16z"),
            line(pen, paint.hairLight, 2.2, "M68 52c4-9 12-15 22-17M98 42c8-5 19-5 27 0M122 38c8 3 13 8 15 15M74 62c4-5 9-9 15-11"),
          ];
    case "bald-with-beard":
      return isBehind ? [] : drawBeard(pen, path, paint);
  }
}

function drawBraid(pen: Pen, paint: Paint): SVGElement[] {
  const strand = (d: string) => pen("path", { fill: paint.hair, stroke: paint.hairShade, "stroke-width": 1.5, d });
  return [
    pen("path", { fill: paint.hair, d: "M100 27c-30 0-43 20-44 52 0 10 1 18 3 26 5-16 10-34 22-44 8-6 15-12 19-21 4 9 11 15 19 21 12 10 17 28 22 44 2-8 3-16 3-26-1-32-14-52-44-52z" }),
    line(pen, paint.hairLight, 2, "M96 36c-14 6-28 16-33 36M104 36c14 6 28 16 33 36M88 32c-10 3-19 9-24 19M112 32c10 3 19 9 24 19"),
    strand("M138 102c9 4 12 12 8 20-8 2-16-3-17-11z"),
    strand("M146 116c8 6 9 15 3 22-9 0-15-7-14-15z"),
    strand("M148 133c7 7 7 16 0 22-8-1-13-9-11-17z"),
    strand("M147 151c6 7 5 15-1 20-8-1-12-9-9-16z"),
    pen("path", { fill: paint.clothes, stroke: paint.clothesShade, "stroke-width": 1.5, d: "M136 169h13v6h-13z" }),
    pen("path", { fill: paint.hair, d: "M137 175h11c2 8 0 16-5 21-6-5-8-13-6-21z" }),
  ];
}

function drawBeard(pen: Pen, path: MovingPen, paint: Paint): SVGElement[] {
  return [
    pen("path", { fill: "#fff", opacity: 0.22, d: "M74 50c6-9 16-12 27-11-10 3-18 8-22 17-3 5-8 1-5-6z" }),
    path("beard", { fill: paint.beard }),
    line(pen, paint.hairLight, 2, "M74 112c2 6 5 10 9 14M126 112c-2 6-5 10-9 14"),
    pen("path", { fill: paint.beard, d: "M80 108c4-8 13-8 20-5 7-3 16-3 20 5-6 1-13 0-20-2-7 2-14 3-20 2z" }),
    line(pen, paint.skinShade, 1.8, "M84 58c10-3 22-3 32 0M88 51c8-2 16-2 24 0", { opacity: 0.7 }),
  ];
}
