// One session whose sound and text go to a client over a WebSocket, as Lectern's do.
import { Loudspeaker } from './outputs.js';
import { ask, startSession } from './session.js';

/** How far sound may be ahead of the player: Lectern's lead. */
const LEAD_MS = 2_000;

export class Line {
  #script;
  #session;
  #socket;
  #utterance = 0;
  #text = '';
  #untold = '';

  static async start(script, onProblem) {
    const line = new Line();
    line.#script = script;
    const loudspeaker = new Loudspeaker(script.sampleRate, LEAD_MS, (frame, at) => line.#play(frame, at));
    line.#session = await startSession(script, loudspeaker, line, onProblem);
    return line;
  }

  connect(socket) {
    this.#socket = socket;
    this.#send({ type: 'ready' });
  }

  async say(question) {
    this.#utterance++;
    this.#text = '';
    await ask(this.#session, question).waitForPlayout();
    this.#tell();
    this.#send({ type: 'answer', text: this.#text });
  }

  async end() {
    await this.#session.close();
    this.#send({ type: 'ended' });
    this.#socket.close();
  }

  // The members of a TextOutput. What comes at once is sent at once.
  async captureText(text) {
    if (this.#untold === '') setImmediate(() => this.#tell());
    this.#untold += typeof text === 'string' ? text : text.text;
  }

  flush() {}

  onAttached() {}

  onDetached() {}

  #tell() {
    if (this.#untold === '') return;
    this.#text += this.#untold;
    this.#send({ type: 'phrase', utterance: this.#utterance, text: this.#untold });
    this.#untold = '';
  }

  #play(frame, at) {
    const bytes = Buffer.allocUnsafe(12 + frame.data.byteLength);
    bytes.writeUInt32LE(1, 0);
    bytes.writeUInt32LE(this.#utterance, 4);
    bytes.writeUInt32LE((at * this.#script.sampleRate) / 1_000, 8);
    bytes.set(new Uint8Array(frame.data.buffer, frame.data.byteOffset, frame.data.byteLength), 12);
    this.#socket.send(bytes);
  }

  #send(message) {
    if (this.#socket?.readyState === this.#socket?.OPEN) this.#socket?.send(JSON.stringify(message));
  }
}
