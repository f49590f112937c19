/** Half the kernel's width in zero crossings: enough to keep what lies above the new Nyquist frequency from folding back into speech. */
const crossings = 12;
/** Where the passband ends, as a share of the lower Nyquist frequency. */
const passband = 0.9;
const stepsPerCrossing = 64;

// A sinc under a Hann window, by its distance from the middle in zero crossings.
const kernel = Float32Array.from({ length: crossings * stepsPerCrossing + 2 }, (_, i) => {
  const x = i / stepsPerCrossing;
  if (x >= crossings) return 0;
  const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  return sinc * 0.5 * (1 + Math.cos((Math.PI * x) / crossings));
});

/** Brings sound from one rate to another, piece by piece and without a seam (windowed sinc; J. O. Smith, "Digital Audio Resampling"). */
export class Resampler {
  readonly #step: number;
  /** Zero crossings of the kernel in one sample of the source. */
  readonly #density: number;
  readonly #reach: number;
  #waiting: Float32Array;
  /** Place of the next sample to make, in samples of `#waiting`. */
  #next: number;

  constructor(fromRate: number, toRate: number) {
    this.#step = fromRate / toRate;
    this.#density = Math.min(1, toRate / fromRate) * passband;
    this.#reach = Math.ceil(crossings / this.#density);
    // Silence came before the first sample.
    this.#waiting = new Float32Array(this.#reach);
    this.#next = this.#reach;
  }

  /** @returns what can be made by now; the rest waits for the sound that follows */
  push(samples: Float32Array): Float32Array {
    const all = new Float32Array(this.#waiting.length + samples.length);
    all.set(this.#waiting);
    all.set(samples, this.#waiting.length);
    const made: number[] = [];
    for (; this.#next + this.#reach < all.length; this.#next += this.#step) made.push(this.#at(all, this.#next));
    const past = Math.floor(this.#next) - this.#reach;
    this.#waiting = all.slice(past);
    this.#next -= past;
    return Float32Array.from(made);
  }

  #at(all: Float32Array, place: number): number {
    let sum = 0;
    for (let i = Math.ceil(place - this.#reach); i <= place + this.#reach; i++) {
      const x = Math.abs(i - place) * this.#density * stepsPerCrossing;
      const step = Math.floor(x);
      const low = kernel[step] ?? 0;
      sum += (all[i] ?? 0) * (low + ((kernel[step + 1] ?? 0) - low) * (x - step));
    }
    return sum * this.#density;
  }
}

/** Cuts sound into frames of equal length, as 16-bit samples. */
export class Framer {
  #frame: Int16Array<ArrayBuffer>;
  #filled = 0;

  constructor(
    readonly length: number,
    readonly made: (frame: Int16Array<ArrayBuffer>) => void,
  ) {
    this.#frame = new Int16Array(length);
  }

  push(samples: Float32Array): void {
    for (const sample of samples) {
      this.#frame[this.#filled++] = Math.round(Math.max(-1, Math.min(1, sample)) * 0x7fff);
      if (this.#filled < this.length) continue;
      this.made(this.#frame);
      this.#frame = new Int16Array(this.length);
      this.#filled = 0;
    }
  }
}
