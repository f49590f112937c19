import type { Clock } from "../shared/clock";
import { element } from "../shared/dom";

const keepMs = 20_000;

/** One hidden, polite live region for everything that is spoken. Each text is a paragraph of its own, so that none drowns another. */
export function makeAnnouncer(clock: Clock) {
  const root = element("div", { class: "visually-hidden", "aria-live": "polite" });
  function say(text: string): void {
    const line = element("p", {}, text);
    root.append(line);
    clock.after(keepMs, () => line.remove());
  }
  return { root, say };
}
