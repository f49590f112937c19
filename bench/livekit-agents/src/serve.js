// node --expose-gc src/serve.js script.json: sessions for the generator of bench/Lectern.Bench, over the same WebSockets and in as much of
// Lectern's protocol (docs/live-protocol.md) as the generator speaks. Prints its port. Started and ended by CompareCommand.
import { initializeLogger } from '@livekit/agents';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { cpuSeconds, rssMb } from './figures.js';
import { Line } from './line.js';

const script = JSON.parse(readFileSync(process.argv[2], 'utf8'));
initializeLogger({ pretty: false, level: 'error' });

const waiting = new Map();
const problems = {};
const broken = (what) => (problems[what] = (problems[what] ?? 0) + 1);

const server = createServer(async (request, response) => {
  request.resume();
  const answer = await handle(request.url);
  response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
});

async function handle(url) {
  if (url === '/usage') return { cpuSeconds: cpuSeconds(), rssMb: rssMb(), problems };
  if (url === '/collect') {
    globalThis.gc?.();
    return {};
  }
  if (url !== '/api/v1/tutoring/sessions') return null;
  const ticket = randomUUID();
  waiting.set(ticket, await Line.start(script, broken));
  return { live: { ticket } };
}

new WebSocketServer({ server, path: '/live/v1', perMessageDeflate: false, handleProtocols: () => 'lectern.live.v1' }).on('connection', (socket) => {
  let line;
  socket.on('message', (data, isBinary) => {
    if (isBinary) return;
    const frame = JSON.parse(data);
    if (frame.type === 'hello') {
      line = waiting.get(frame.ticket);
      waiting.delete(frame.ticket);
      line?.connect(socket);
    } else if (frame.type === 'say') line?.say(frame.text).catch((e) => broken(`${e}`));
    else if (frame.type === 'end') line?.end().catch((e) => broken(`${e}`));
  });
  socket.on('error', (e) => broken(`${e}`));
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
// Whoever started this is gone.
process.stdin.on('end', () => process.exit(0)).resume();
