// Speaks with a Lectern teacher: sends a recording as if it came from a microphone, and writes what the teacher answers to another.
//
//   node docs/samples/voice-client.mjs COURSE_ID question.wav answer.wav
//
// question.wav: 16,000 samples a second, mono, 16 bit (ffmpeg -i any.mp3 -ar 16000 -ac 1 -c:a pcm_s16le question.wav). The school needs a voice and
// something that turns speech into text. LECTERN_URL, LECTERN_EMAIL and LECTERN_PASSWORD as for live-client.mjs; Node.js 22, or 20 with
// node --experimental-websocket.
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";

const base = process.env.LECTERN_URL ?? "http://127.0.0.1:5000";
const [courseId, question, answer] = process.argv.slice(2);
if (!courseId || !question || !answer) fail("usage: voice-client.mjs COURSE_ID question.wav answer.wav");
const spoken = samplesOf(readFileSync(question));

const { accessToken } = await post("/api/v1/auth/token", {
  email: process.env.LECTERN_EMAIL ?? "student@demo.test",
  password: process.env.LECTERN_PASSWORD ?? "demo-lectern-1",
});
const session = await post("/api/v1/tutoring/sessions", { courseId }, accessToken);
const socket = new WebSocket(session.live.url, session.live.subprotocol);
socket.binaryType = "arraybuffer";

// The player: it plays nothing, but takes the time that playing takes, and says how far it is.
let rate = 0, utterance = 0, heard = [], startedAt = 0, endMs = 0;
const position = () => Math.min(endMs, performance.now() - startedAt);
const report = (final) => send({ type: "played", utterance, ms: position(), ...(final && { final }) });
const reports = setInterval(() => endMs > 0 && report(), 500);

const on = {
  ready: (frame) => console.log(`— ${frame.teacher.name}, ${frame.title}`),
  async audio(frame) {
    if (!frame.in || !frame.out) return fail("This school does not listen, or has no voice.");
    rate = frame.out.sampleRate;
    await speak();
  },
  hearing: (frame) => console.log(`(${{ nothing: "quiet", speech: "you speak", words: "writing it down" }[frame.value]})`),
  question: (frame) => console.log(`> ${frame.text}`),
  phrase: (frame) => process.stdout.write(frame.text),
  clear() {
    report(true);
    endMs = position();
  },
  answer(frame) {
    if (frame.turn === 0) return; // the greeting
    console.log(`\n— heard: ${frame.text}`);
    writeFileSync(answer, wavOf(Buffer.concat(heard), rate));
    send({ type: "end" });
  },
  notice: (frame) => console.log(`(${frame.text})`),
  error: (frame) => console.error(`${frame.title}: ${frame.detail}`),
};

socket.onopen = () => send({ type: "hello", ticket: session.live.ticket, client: { name: "sample", version: "1" }, audio: { out: "pcm16", in: "pcm16", inRate: 16000, echoCancellation: true } });
socket.onmessage = ({ data }) => {
  if (data instanceof ArrayBuffer) return play(Buffer.from(data));
  const frame = JSON.parse(data);
  if (Object.hasOwn(on, frame.type)) on[frame.type](frame);
};
const [closed] = await once(socket, "close");
clearInterval(reports);
process.exitCode = closed.code === 1000 ? 0 : 1;

function play(frame) {
  if (frame.readUInt32LE(4) !== utterance) [utterance, heard, endMs] = [frame.readUInt32LE(4), [], 0];
  const fromMs = (frame.readUInt32LE(8) / rate) * 1000;
  if (position() >= endMs) startedAt = performance.now() - fromMs;
  endMs = fromMs + ((frame.length - 12) / 2 / rate) * 1000;
  heard.push(frame.subarray(12));
}

// 40 ms at a time, as a microphone would; then silence, which ends the turn.
async function speak() {
  const all = Buffer.concat([spoken, Buffer.alloc(2 * 16000 * 2)]);
  for (let at = 0; at < all.length; at += 1280) {
    const header = Buffer.alloc(8);
    header.writeUInt8(2, 0);
    header.writeUInt32LE(at / 2, 4);
    socket.send(Buffer.concat([header, all.subarray(at, at + 1280)]));
    await new Promise((later) => setTimeout(later, 40));
  }
}

function samplesOf(wav) {
  const format = wav.indexOf("fmt "), data = wav.indexOf("data");
  if (wav.toString("latin1", 0, 4) !== "RIFF" || format < 0 || data < 0) fail(`${question} is not a WAV file.`);
  const [channels, samples, bits] = [wav.readUInt16LE(format + 10), wav.readUInt32LE(format + 12), wav.readUInt16LE(format + 22)];
  if (channels !== 1 || samples !== 16000 || bits !== 16) fail(`${question} has ${channels} channels of ${samples} samples a second and ${bits} bits; needed is 1 of 16000 and 16.`);
  return wav.subarray(data + 8, data + 8 + wav.readUInt32LE(data + 4));
}

function wavOf(pcm, sampleRate) {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0), header.writeUInt32LE(36 + pcm.length, 4), header.write("WAVEfmt ", 8), header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20), header.writeUInt16LE(1, 22), header.writeUInt32LE(sampleRate, 24), header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32), header.writeUInt16LE(16, 34), header.write("data", 36), header.writeUInt32LE(pcm.length, 40);
  return Buffer.concat([header, pcm]);
}

function send(message) {
  socket.send(JSON.stringify(message));
}

async function post(path, body, token) {
  const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(base + path, { method: "POST", headers, body: JSON.stringify(body) });
  const reply = await response.json();
  return response.ok ? reply : fail(`${reply.title ?? response.status}. ${reply.detail ?? ""}`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
