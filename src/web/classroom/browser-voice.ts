import type { Heard, Voice } from "./speech";

/** The browser's own speech. Browsers let it speak only after the first press on the page. */
export interface BrowserVoice extends Voice {
  /** The browser held a text back, which is said after the next press. */
  readonly isLocked: boolean;
  /** To be called within a press. */
  unlock(): void;
}

/**
 * The browser's own speech, in the language of the course; null where it has none.
 * @param volume 0 to 1
 * @param lockedChanged called when a text is held back, and when it no longer is
 */
export function browserVoice(language: string, volume: () => number, lockedChanged: () => void): BrowserVoice | null {
  if (!("speechSynthesis" in window)) return null;
  const synthesis = window.speechSynthesis;
  let isUnlocked = false;
  let heldBack: (() => void) | null = null;
  // The list of voices comes late in some browsers; asking for it early makes it come.
  synthesis.getVoices();

  function say(text: string, rate: number, heard: Heard): void {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = language;
    utterance.voice = voiceFor(synthesis.getVoices(), language);
    utterance.rate = rate;
    utterance.volume = volume();
    utterance.addEventListener("start", () => heard.started());
    utterance.addEventListener("boundary", ({ name, charIndex }) => name !== "sentence" && heard.word(charIndex));
    utterance.addEventListener("end", () => heard.ended());
    utterance.addEventListener("error", ({ error }) => {
      if (error === "not-allowed") hold(() => say(text, rate, heard));
      // What could not be said is still there to be read; the next phrase may do better.
      else if (error !== "canceled" && error !== "interrupted") heard.ended();
    });
    synthesis.speak(utterance);
  }

  function hold(again: (() => void) | null): void {
    const was = heldBack !== null;
    heldBack = again;
    if (was !== (again !== null)) lockedChanged();
  }

  return {
    say,
    stop() {
      hold(null);
      synthesis.cancel();
    },
    get isLocked() {
      return heldBack !== null;
    },
    unlock() {
      const again = heldBack;
      hold(null);
      if (again) again();
      else if (!isUnlocked && !synthesis.speaking) {
        // iOS lets a page speak later only when it spoke within a press.
        const blank = new SpeechSynthesisUtterance(" ");
        blank.volume = 0;
        synthesis.speak(blank);
      }
      isUnlocked = true;
    },
  };
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
