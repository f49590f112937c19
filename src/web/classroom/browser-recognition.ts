import { Deaf, type Ear, type OpenEar, type Trouble } from "./microphone";

/** The Web Speech API's recognition, as far as it is used. */
interface Recognition extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  start(): void;
  stop(): void;
  abort(): void;
}
type RecognitionClass = new () => Recognition;
type Result = ArrayLike<{ readonly transcript: string }> & { readonly isFinal: boolean };
type ResultEvent = Event & { readonly resultIndex: number; readonly results: ArrayLike<Result> };

const troubles: Readonly<Record<string, Trouble>> = {
  "not-allowed": "refused",
  "service-not-allowed": "refused",
  "audio-capture": "none",
  network: "failed",
  "language-not-supported": "failed",
};
const wordsEveryMs = 250;
const restartMs = 250;

/** The browser's own recognition of speech; null where it has none. Its maker hears what is said. */
export function browserRecognition(language: string, words: (text: string) => void, said: (text: string) => void): Ear | null {
  const found = window as { SpeechRecognition?: RecognitionClass; webkitSpeechRecognition?: RecognitionClass };
  const Recogniser = found.SpeechRecognition ?? found.webkitSpeechRecognition;
  if (!Recogniser) return null;
  return {
    staysOpen: false,
    open: ({ ended }) =>
      new Promise<OpenEar>((resolve, reject) => {
        const recogniser = new Recogniser();
        let isWanted = true;
        let isResting = false;
        let isRunning = true;
        const carryOn = () => {
          if (isRunning || !isWanted || isResting) return;
          isRunning = true;
          recogniser.start();
        };
        let toldAt = 0;
        recogniser.lang = language;
        recogniser.continuous = recogniser.interimResults = true;
        recogniser.addEventListener("start", () =>
          resolve({
            echoCancellation: false,
            close(isAbrupt) {
              isWanted = false;
              if (isAbrupt) recogniser.abort();
              else recogniser.stop();
            },
            rest(wanted) {
              isResting = wanted;
              if (isResting) recogniser.abort();
              else carryOn();
            },
          }),
        );
        recogniser.addEventListener("result", (event) => {
          const { results, resultIndex } = event as ResultEvent;
          for (const result of Array.from(results).slice(resultIndex)) {
            const text = result[0]?.transcript.trim() ?? "";
            if (text !== "" && result.isFinal) said(text);
            else if (text !== "" && performance.now() - toldAt >= wordsEveryMs) {
              toldAt = performance.now();
              words(text);
            }
          }
        });
        recogniser.addEventListener("error", (event) => {
          const trouble = troubles[(event as Event & { readonly error: string }).error];
          if (!trouble || !isWanted) return;
          isWanted = false;
          ended(trouble);
          reject(new Deaf(trouble));
        });
        // Browsers end a recognition after a pause; who keeps it on keeps it on.
        recogniser.addEventListener("end", () => {
          isRunning = false;
          setTimeout(carryOn, restartMs);
        });
        recogniser.start();
      }),
  };
}
