// The session as its documentation sets it up, with fakes for the services.
import { voice } from '@livekit/agents';
import { FakeModel, FakeVoice } from './fakes.js';

/** @param {object} script what is said, and how fast; from CompareCommand. */
export async function startSession(script, audio, transcription, onProblem) {
  const session = new voice.AgentSession({
    llm: new FakeModel(script),
    tts: new FakeVoice(script),
    // Questions are typed: without these two, each session would carry a detector that is never asked.
    vad: null,
    turnHandling: { turnDetection: 'manual' },
  });
  session.on(voice.AgentSessionEventTypes.Error, (e) => onProblem(`${e.error?.error ?? e.error}`));
  session.output.audio = audio;
  session.output.transcription = transcription;
  await session.start({ agent: new voice.Agent({ instructions: 'You are a teacher of biology. Answer shortly.' }), record: false });
  return session;
}

/** As the framework's own reader of typed text does. */
export function ask(session, question) {
  session.interrupt();
  return session.generateReply({ userInput: question });
}
