import { type Face, makeFace, type Pose } from "../face";
import { visemeNames } from "../timeline";
import { estimateTimeline } from "../visemes";
import { cast, saying } from "./cast";

const asked = new URLSearchParams(location.search);
const language = asked.get("lang") ?? "en";
const clock = () => performance.now() / 1000;
const shown = asked.has("only") ? cast.slice(Number(asked.get("only"))).slice(0, 1) : cast;
const faces = shown.map(({ name, look }, index) => makeFace(look, clock, { label: name, seed: index + 1 }));
const make = (index: number, seed: number) => makeFace(cast[index]?.look ?? {}, clock, { seed });

document.documentElement.classList.toggle("dark", asked.get("theme") === "dark");
document.querySelector("#faces")?.append(...faces.map((face) => face.root));
const text = document.querySelector<HTMLTextAreaElement>("#text");
if (text) text.value = saying[language] ?? saying["en"] ?? "";

function speak(): void {
  const timeline = estimateTimeline(text?.value ?? "", language);
  faces.forEach((face, index) => {
    face.pose("speaking");
    face.speak({ ...timeline, startsAt: clock() + 0.2 + 0.15 * index });
  });
}

function hold(viseme: number): void {
  for (const face of faces) {
    face.pose("speaking");
    face.speak({ marks: [[0, viseme]], endMs: 60_000 });
  }
}

for (const pressed of document.querySelectorAll<HTMLButtonElement>("button")) {
  pressed.addEventListener("click", () => {
    const { act, pose } = pressed.dataset;
    if (act === "speak") speak();
    if (act === "theme") document.documentElement.classList.toggle("dark");
    for (const face of faces) {
      if (act === "stop" || pose) face.stop();
      if (pose) face.pose(pose as Pose);
    }
  });
}
visemeNames.forEach((name, viseme) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = name;
  made.addEventListener("click", () => hold(viseme));
  document.querySelector("#visemes")?.append(made, " ");
});

/** Frames and attributes written from now on for `ms`, while all faces speak. */
async function measure(ms: number) {
  speak();
  const writesBefore = faces.map((face) => face.writes);
  const intervals: number[] = [];
  const start = performance.now();
  for (let last = start; last - start < ms; ) {
    const now: number = await new Promise((resolve) => requestAnimationFrame(resolve));
    if (intervals.length > 0 || now > last) intervals.push(now - last);
    last = now;
  }
  const writes = faces.reduce((sum, face, index) => sum + face.writes - (writesBefore[index] ?? 0), 0);
  const seconds = (performance.now() - start) / 1000;
  intervals.sort((a, b) => a - b);
  const at = (share: number) => intervals[Math.floor(share * (intervals.length - 1))] ?? 0;
  return { faces: faces.length, frames: intervals.length, perSecond: intervals.length / seconds, median: at(0.5), p95: at(0.95), writesPerFaceAndFrame: writes / faces.length / intervals.length };
}

declare global {
  interface Window {
    demo: { faces: Face[]; make: typeof make; measure: typeof measure; hold: typeof hold; speak: typeof speak };
  }
}
window.demo = { faces, make, measure, hold, speak };
if (asked.has("measure")) void measure(5000).then((figures) => (document.querySelector("#figures") ?? document.body).append(JSON.stringify(figures)));
