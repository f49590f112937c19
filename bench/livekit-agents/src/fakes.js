// The fakes of bench/Lectern.Bench/Live/Fakes.cs, as this framework wants them: a model that always says the same, word by word, and a voice
// of so many milliseconds a character. Both hand out what was made before, so that they cost next to nothing.
import { llm, tts } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { setTimeout as delay } from 'node:timers/promises';

/** How many milliseconds of sound one piece of the voice holds; Lectern's fake voice gives as much. */
const PIECE_MS = 200;

export class FakeModel extends llm.LLM {
  /** @param {{ answer: string, delays: { firstTokenMs: number, tokenMs: number } }} script */
  constructor(script) {
    super();
    this.script = script;
    this.tokens = script.answer.split(' ').map((word, i) => (i === 0 ? word : ` ${word}`));
  }

  label() {
    return 'fake';
  }

  chat({ chatCtx, toolCtx, connOptions }) {
    return new FakeModelStream(this, { chatCtx, toolCtx, connOptions });
  }
}

class FakeModelStream extends llm.LLMStream {
  constructor(model, options) {
    super(model, options);
    this.model = model;
  }

  async run() {
    const { firstTokenMs, tokenMs } = this.model.script.delays;
    if (firstTokenMs > 0) await delay(firstTokenMs);
    for (const content of this.model.tokens) {
      if (tokenMs > 0) await delay(tokenMs);
      if (this.abortController.signal.aborted) return;
      this.queue.put({ id: 'fake', delta: { role: 'assistant', content } });
    }
  }
}

/** Marks of sources are not spoken, neither here nor there. */
const spoken = (text) => text.replace(/\s*\[\d+\]/g, '').trim();

/** A voice that takes a sentence and gives its sound, as Lectern's does; the framework splits the sentences. */
export class FakeVoice extends tts.TTS {
  label = 'fake';

  /** @param {{ sampleRate: number, msPerCharacter: number, delays: { voiceMs: number } }} script */
  constructor(script) {
    super(script.sampleRate, 1, { streaming: false });
    this.script = script;
    this.sound = new Int16Array((script.sampleRate * PIECE_MS) / 1_000);
  }

  synthesize(text, connOptions, abortSignal) {
    return new FakeSpeech(this, text, connOptions, abortSignal);
  }

  stream() {
    throw new Error('This voice takes whole sentences.');
  }
}

class FakeSpeech extends tts.ChunkedStream {
  label = 'fake';

  constructor(voice, text, connOptions, abortSignal) {
    super(text, voice, connOptions, abortSignal);
    this.voice = voice;
  }

  async run() {
    const { sampleRate, msPerCharacter, delays } = this.voice.script;
    if (delays.voiceMs > 0) await delay(delays.voiceMs);
    const requestId = 'fake';
    let left = (spoken(this.inputText).length * msPerCharacter * sampleRate) / 1_000;
    while (left > 0 && !this.abortSignal.aborted) {
      const samples = Math.min(left, this.voice.sound.length);
      left -= samples;
      const frame = new AudioFrame(this.voice.sound.subarray(0, samples), sampleRate, 1, samples);
      this.queue.put({ requestId, segmentId: requestId, frame, final: left === 0 });
    }
  }
}
