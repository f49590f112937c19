import { Framer, Resampler } from "./resample";

// A file of its own, which the browser loads into its audio thread: 16,000 samples a second, in frames of 40 ms.
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void;

const targetRate = 16_000;
const frameSamples = 640;

class MicrophoneProcessor extends AudioWorkletProcessor {
  readonly #resampler = new Resampler(sampleRate, targetRate);
  readonly #framer = new Framer(frameSamples, (frame) => this.port.postMessage(frame, [frame.buffer]));

  process([channels]: readonly (readonly Float32Array[])[]): boolean {
    const mono = channels?.[0];
    if (mono) this.#framer.push(this.#resampler.push(mono));
    return true;
  }
}

registerProcessor("microphone", MicrophoneProcessor);
