import type { Page } from "./page";

/** For tests: an SVG element that remembers. */
export class FakeNode {
  readonly attributes = new Map<string, string>();
  readonly children: FakeNode[] = [];
  isRemoved = false;

  constructor(readonly tag: string) {}

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  append(...nodes: FakeNode[]): void {
    this.children.push(...nodes);
  }

  remove(): void {
    this.isRemoved = true;
  }
}

/** For tests: a page whose frames are drawn by hand, with a sound clock that runs beside them. */
export class FakePage implements Page {
  now = 1000;
  /** The sound clock's seconds. */
  sound = 20;
  isStill = false;
  isAway = false;
  readonly nodes: FakeNode[] = [];
  #frame: ((ms: number) => void) | null = null;
  #watchers = new Set<() => void>();

  create(tag: string): SVGElement {
    const node = new FakeNode(tag);
    this.nodes.push(node);
    return node as unknown as SVGElement;
  }

  nextFrame(draw: (ms: number) => void): () => void {
    this.#frame = draw;
    return () => (this.#frame = null);
  }

  isHidden(): boolean {
    return this.isAway;
  }

  prefersStillness(): boolean {
    return this.isStill;
  }

  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  get isFrameAsked(): boolean {
    return this.#frame !== null;
  }

  get isWatched(): boolean {
    return this.#watchers.size > 0;
  }

  change(to: { isStill?: boolean; isAway?: boolean }): void {
    Object.assign(this, to);
    for (const watcher of this.#watchers) watcher();
  }

  /** Lets `ms` pass in frames, calling `seen` after each; the sound clock runs along unless told otherwise. */
  play(ms: number, seen: () => void = () => {}, { frameMs = 1000 / 60, soundRate = 1 } = {}): void {
    for (let left = ms; left > 0; left -= frameMs) {
      this.now += frameMs;
      this.sound += (soundRate * frameMs) / 1000;
      const draw = this.#frame;
      this.#frame = null;
      draw?.(this.now);
      seen();
    }
  }
}
