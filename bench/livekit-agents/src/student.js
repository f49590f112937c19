// One student of bench/Lectern.Bench/Live/GeneratedSession.cs: asks, plays the answer in real time, pauses, asks again.
import { AudioFrame } from '@livekit/rtc-node';
import { setTimeout as delay } from 'node:timers/promises';
import { Loudspeaker, Screen } from './outputs.js';
import { ask, startSession } from './session.js';

/** What the framework's room output allows. */
const QUEUE_MS = 200;

/**
 * @param {object} script what is said, and how fast; from CompareCommand.
 * @param {{ startMs: number, pausesMs: number[] }} part when this student comes, and the pauses before the questions.
 * @param {number} endsAt on the clock of performance.now().
 * @param {import('./figures.js').Figures} figures
 * @param {{ synchronised?: boolean }} options
 */
export async function converse(script, part, endsAt, figures, { synchronised = false } = {}) {
  await delay(part.startMs);
  const from = performance.now();
  let askedAt = 0;
  const loudspeaker = new Loudspeaker(script.sampleRate, QUEUE_MS, (_, at) => at === 0 && figures.firstSound.push(performance.now() - askedAt));
  const screen = new Screen();
  // When the pause is over: text that is shown at the pace of the sound may come a moment after it.
  const check = () => {
    if (screen.text !== '' && screen.text.trim() !== script.answer) figures.broken('an answer that is not what the model said');
  };
  let session;
  try {
    const { audio, text } = synchronised ? await synchronise(loudspeaker, screen) : { audio: loudspeaker, text: screen };
    session = await startSession(script, audio, text, (what) => figures.broken(what));
    figures.started.push(performance.now() - from);
    for (const pause of part.pausesMs) {
      await delay(pause);
      if (performance.now() >= endsAt) break;
      check();
      screen.text = '';
      askedAt = performance.now();
      const answer = ask(session, script.question);
      const over = await Promise.race([answer.waitForPlayout().then(() => false), delay(endsAt - askedAt, true)]);
      if (over) break;
      figures.answered++;
    }
  } catch (e) {
    figures.broken(`${e}`);
  } finally {
    await session?.close();
    figures.audioSeconds += loudspeaker.playedMs / 1_000;
    figures.gaps += loudspeaker.gaps;
  }
}

/** What its rooms put in between by default; not exported, so taken from its file. */
async function synchronise(loudspeaker, screen) {
  const { TranscriptionSynchronizer } = await import('../node_modules/@livekit/agents/dist/voice/transcription/synchronizer.js');
  const { audioOutput, textOutput } = new TranscriptionSynchronizer(loudspeaker, screen);
  return { audio: audioOutput, text: textOutput };
}

/** The same student with nobody to talk to: what the fakes, the pace and the clocks cost by themselves. */
export async function rehearse(script, part, endsAt, figures) {
  await delay(part.startMs);
  const loudspeaker = new Loudspeaker(script.sampleRate, QUEUE_MS, () => {});
  const sound = new Int16Array(script.sampleRate / 5);
  const pieces = Math.ceil((script.answer.length * script.msPerCharacter) / 200);
  for (const pause of part.pausesMs) {
    await delay(pause);
    if (performance.now() >= endsAt) break;
    const played = new Promise((resolve) => loudspeaker.once(Loudspeaker.EVENT_PLAYBACK_FINISHED, resolve));
    for (let i = 0; i < pieces && performance.now() < endsAt; i++) await loudspeaker.captureFrame(new AudioFrame(sound, script.sampleRate, 1, sound.length));
    loudspeaker.flush();
    await played;
    figures.answered++;
  }
}
