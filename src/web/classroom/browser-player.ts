import type { AudioWorld } from "./player";

const cutSeconds = 0.01;

/** The device's loudspeaker, by Web Audio. */
export interface BrowserPlayer extends AudioWorld {
  /** Lets sound through; browsers heed it only within a press. */
  unlock(): void;
  close(): void;
}

/**
 * @param sampleRate that of the sound: in a context of the same rate pieces join sample by sample
 * @param stateChanged called when the browser begins or ceases to let sound through
 */
export function browserPlayer(sampleRate: number, stateChanged: () => void): BrowserPlayer {
  const context = new AudioContext({ sampleRate, latencyHint: "interactive" });
  const loudness = context.createGain();
  loudness.connect(context.destination);
  let sources = new Set<AudioBufferSourceNode>();
  let stretch = makeStretch();
  context.addEventListener("statechange", stateChanged);

  function makeStretch(): GainNode {
    const gain = context.createGain();
    gain.connect(loudness);
    return gain;
  }

  function ramp({ gain }: GainNode, value: number, seconds: number): void {
    gain.cancelScheduledValues(context.currentTime);
    gain.setValueAtTime(gain.value, context.currentTime);
    gain.linearRampToValueAtTime(value, context.currentTime + seconds);
  }

  return {
    sampleRate,
    get isRunning() {
      return context.state === "running";
    },
    now: () => context.currentTime,
    latency: () => context.outputLatency || context.baseLatency || 0,
    play(samples, at) {
      const buffer = context.createBuffer(1, samples.length, sampleRate);
      buffer.copyToChannel(samples, 0);
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(stretch);
      const mine = sources.add(source);
      source.addEventListener("ended", () => mine.delete(source));
      source.start(at);
    },
    cut() {
      ramp(stretch, 0, cutSeconds);
      for (const source of sources) source.stop(context.currentTime + cutSeconds);
      sources = new Set();
      const old = stretch;
      setTimeout(() => old.disconnect(), 1000);
      stretch = makeStretch();
    },
    loudness: (value, seconds) => ramp(loudness, value, seconds),
    unlock: () => void context.resume(),
    close() {
      context.removeEventListener("statechange", stateChanged);
      void context.close();
    },
  };
}
