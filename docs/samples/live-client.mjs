// Talks with a Lectern teacher: signs in, starts a session, asks the questions given, prints answers as they come and where they stand.
//
//   node docs/samples/live-client.mjs COURSE_ID "What is a membrane?" "Give me an example"
//
// LECTERN_URL, LECTERN_EMAIL and LECTERN_PASSWORD choose the school and the student; the defaults are those of the demo school.
// Needs no package: WebSocket is built into Node.js from 22 on. In Node.js 20 switch it on: node --experimental-websocket docs/samples/…
import { once } from "node:events";

const base = process.env.LECTERN_URL ?? "http://127.0.0.1:5000";
const [courseId, ...questions] = process.argv.slice(2);
if (!courseId || questions.length === 0) fail("usage: live-client.mjs COURSE_ID QUESTION…");
if (typeof WebSocket === "undefined") fail("This Node.js has no WebSocket: use Node.js 22, or node --experimental-websocket.");

const { accessToken } = await post("/api/v1/auth/token", {
  email: process.env.LECTERN_EMAIL ?? "student@demo.test",
  password: process.env.LECTERN_PASSWORD ?? "demo-lectern-1",
});
const session = await post("/api/v1/tutoring/sessions", { courseId }, accessToken);

const socket = new WebSocket(session.live.url, session.live.subprotocol);
const say = (text, n) => send({ type: "say", id: `m-${n}`, text });
let asked = 0;

const on = {
  ready(frame) {
    console.log(`— ${frame.teacher.name}, ${frame.title}, until ${frame.endsAt}`);
    next();
  },
  question: (frame) => console.log(`\n> ${frame.text}`),
  phrase: (frame) => process.stdout.write(frame.text),
  answer(frame) {
    console.log(frame.outcome === "completed" ? "" : ` (${frame.outcome})`);
    for (const c of frame.citations) console.log(`  [${c.label}] ${c.lesson.title}, ${c.section}: ${new URL(c.url, base)}`);
    if (frame.turn > 0) next(); // turn 0 is the teacher's greeting
  },
  notice: (frame) => console.log(`(${frame.text})`),
  error: (frame) => console.error(`${frame.title}: ${frame.detail}`),
  ended: (frame) => console.log(`\n— ended (${frame.reason}); summary: ${new URL(frame.summaryUrl, base)}`),
};

socket.onopen = () => send({ type: "hello", ticket: session.live.ticket, client: { name: "sample", version: "1" } });
socket.onmessage = ({ data }) => {
  const frame = typeof data === "string" ? JSON.parse(data) : {};
  if (Object.hasOwn(on, frame.type)) on[frame.type](frame); // types it doesn't know are ignored
};
const [closed] = await once(socket, "close");
process.exitCode = closed.code === 1000 ? 0 : 1;

function next() {
  if (asked < questions.length) say(questions[asked], ++asked);
  else send({ type: "end" });
}

function send(message) {
  socket.send(JSON.stringify(message));
}

async function post(path, body, token) {
  const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(base + path, { method: "POST", headers, body: JSON.stringify(body) });
  const answer = await response.json();
  return response.ok ? answer : fail(`${answer.title ?? response.status}. ${answer.detail ?? ""} ${answer.retryAt ?? ""}`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
