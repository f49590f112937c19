import type { SoundFormat } from "./protocol";

/** A piece of the teacher's voice. */
export interface Sound {
  readonly utterance: number;
  /** Place of the first sample in the utterance, in samples. */
  readonly at: number;
  /** Mono, -1 to 1. */
  readonly samples: Float32Array<ArrayBuffer>;
}

const headerBytes = 12;
const microphoneHeaderBytes = 8;
const isVoice = 1;
const isMicrophone = 2;

/** Reads a binary frame of section 10. @returns null for one that is broken or of a kind not known: it is left out. */
export function readSound(frame: ArrayBuffer, format: SoundFormat): Sound | null {
  const bytes = frame.byteLength - headerBytes;
  const view = new DataView(frame);
  if (bytes <= 0 || view.getUint8(0) !== isVoice || (format === "pcm16" && bytes % 2 !== 0)) return null;
  return { utterance: view.getUint32(4, true), at: view.getUint32(8, true), samples: format === "mulaw" ? readMulaw(view, bytes) : readPcm(view, bytes) };
}

function readPcm(view: DataView, bytes: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: bytes / 2 }, (_, i) => view.getInt16(headerBytes + 2 * i, true) / 0x8000);
}

function readMulaw(view: DataView, bytes: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: bytes }, (_, i) => fromMulaw(view.getUint8(headerBytes + i)) / 0x8000);
}

/** @param at place of the first sample since the microphone was switched on; counts modulo 2³² */
export function writeSound(at: number, samples: Int16Array, format: SoundFormat): ArrayBuffer {
  const width = format === "mulaw" ? 1 : 2;
  const frame = new ArrayBuffer(microphoneHeaderBytes + width * samples.length);
  const view = new DataView(frame);
  view.setUint8(0, isMicrophone);
  view.setUint32(4, at, true);
  samples.forEach((sample, i) => {
    if (format === "mulaw") view.setUint8(microphoneHeaderBytes + i, toMulaw(sample));
    else view.setInt16(microphoneHeaderBytes + 2 * i, sample, true);
  });
  return frame;
}

const bias = 0x84;
const loudest = 32635;

/** G.711 µ-law of a 16-bit sample. */
export function toMulaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), loudest) + bias;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

/** The 16-bit sample of a G.711 µ-law byte. */
export function fromMulaw(byte: number): number {
  const bits = ~byte & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + bias) << ((bits >> 4) & 0x07)) - bias;
  return bits & 0x80 ? -magnitude : magnitude;
}
