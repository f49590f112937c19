import type { Heard, Voice } from "./speech";

/** The browser's own speech, in the language of the course; null where it has none. */
export function browserVoice(language: string): Voice | null {
  if (!("speechSynthesis" in window)) return null;
  const synthesis = window.speechSynthesis;
  // The list of voices comes late in some browsers; asking for it early makes it come.
  synthesis.getVoices();

  function say(text: string, rate: number, heard: Heard): void {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = language;
    utterance.voice = voiceFor(synthesis.getVoices(), language);
    utterance.rate = rate;
    utterance.addEventListener("start", () => heard.started());
    utterance.addEventListener("boundary", ({ name, charIndex }) => name !== "sentence" && heard.word(charIndex));
    utterance.addEventListener("end", () => heard.ended());
    // What could not be said is still there to be read; the next phrase may do better.
    utterance.addEventListener("error", ({ error }) => error !== "canceled" && error !== "interrupted" && heard.ended());
    synthesis.speak(utterance);
  }

  return { say, stop: () => synthesis.cancel() };
}

/** A voice on this device rather than one that sends the text to its vendor. */
export function voiceFor(voices: readonly SpeechSynthesisVoice[], language: string): SpeechSynthesisVoice | null {
  const base = language.toLowerCase().split("-")[0] ?? "";
  const fitting = voices.filter((voice) => voice.lang.toLowerCase().replace("_", "-").split("-")[0] === base);
  const exact = (voice: SpeechSynthesisVoice) => voice.lang.toLowerCase().replace("_", "-") === language.toLowerCase();
  return (
    fitting.find((voice) => voice.localService && exact(voice)) ??
    fitting.find((voice) => voice.localService) ??
    null
  );
}
