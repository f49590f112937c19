/** What a face needs of the browser, so that tests can put something simple in its place. */
export interface Page {
  /** Makes an SVG element. */
  create(tag: string): SVGElement;
  /** Runs `draw` with the next frame's time in ms; the result takes it back. */
  nextFrame(draw: (ms: number) => void): () => void;
  isHidden(): boolean;
  prefersStillness(): boolean;
  /** Runs `changed` when the page is hidden or shown, or the wish for stillness changes; the result ends that. */
  watch(changed: () => void): () => void;
}

export function browserPage(): Page {
  const stillness = matchMedia("(prefers-reduced-motion: reduce)");
  return {
    create: (tag) => document.createElementNS("http://www.w3.org/2000/svg", tag) as SVGElement,
    nextFrame(draw) {
      const frame = requestAnimationFrame(draw);
      return () => cancelAnimationFrame(frame);
    },
    isHidden: () => document.hidden,
    prefersStillness: () => stillness.matches,
    watch(changed) {
      document.addEventListener("visibilitychange", changed);
      stillness.addEventListener("change", changed);
      return () => {
        document.removeEventListener("visibilitychange", changed);
        stillness.removeEventListener("change", changed);
      };
    },
  };
}
