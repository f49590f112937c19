import assert from "node:assert/strict";
import { test } from "node:test";
import { fromMulaw, readSound, toMulaw, writeSound } from "./sound";

// ITU-T G.711, table 2a (µ-law, positive values): decoder output values of the segment ends, scaled from 14 to 16 bit.
const decoded: [number, number][] = [[0xff, 0], [0xfe, 8], [0xf0, 120], [0xef, 132], [0xe0, 372], [0xd0, 876], [0xc0, 1884], [0xb0, 3900], [0xa0, 7932], [0x90, 15996], [0x80, 32124]];

test("µ-law is read as the table of G.711 says, in both signs", () => {
  for (const [byte, sample] of decoded) {
    assert.equal(fromMulaw(byte), sample, byte.toString(16));
    assert.equal(Math.abs(fromMulaw(byte & 0x7f)), sample);
    assert.ok(fromMulaw(byte & 0x7f) <= 0);
  }
});

test("Every µ-law value comes back as itself", () => {
  for (let byte = 0; byte < 256; byte++) if (byte !== 0x7f) assert.equal(toMulaw(fromMulaw(byte)), byte); // 0x7f is the other zero
  assert.equal(toMulaw(0), 0xff);
});

test("µ-law errs by at most half a step, and clips what is too loud", () => {
  for (let sample = -32124; sample <= 32124; sample += 7) {
    const step = 2 ** (Math.floor(Math.log2(Math.abs(sample) + 132)) - 4);
    assert.ok(Math.abs(fromMulaw(toMulaw(sample)) - sample) <= step / 2 + 1, String(sample));
  }
  assert.equal(fromMulaw(toMulaw(32767)), 32124);
  assert.equal(fromMulaw(toMulaw(-32768)), -32124);
});

const frame = (...bytes: number[]) => Uint8Array.from([1, 0, 0, 0, 12, 0, 0, 0, 0, 1, 0, 0, ...bytes]).buffer;

test("A frame of the teacher's voice is read, little-endian, in either format", () => {
  const pcm = readSound(frame(0x00, 0x40, 0x00, 0x80), "pcm16");
  assert.deepEqual([pcm?.utterance, pcm?.at, [...(pcm?.samples ?? [])]], [12, 256, [0.5, -1]]);
  const mulaw = readSound(frame(0xff, 0x80), "mulaw");
  assert.deepEqual([...(mulaw?.samples ?? [])], [0, 32124 / 32768].map(Math.fround));
});

test("Broken sound is left out", () => {
  for (const broken of [new ArrayBuffer(0), new ArrayBuffer(11), frame(), frame(1), frame(1, 2, 3), Uint8Array.from([2, ...new Uint8Array(13)]).buffer])
    assert.equal(readSound(broken, "pcm16"), null);
});

test("The microphone's frames begin with their kind and the place of the first sample", () => {
  assert.deepEqual([...new Uint8Array(writeSound(0x010203, Int16Array.of(-2, 256), "pcm16"))], [2, 0, 0, 0, 3, 2, 1, 0, 0xfe, 0xff, 0, 1]);
  assert.deepEqual([...new Uint8Array(writeSound(0, Int16Array.of(0, -32768), "mulaw"))], [2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0x00]);
});
