import type { Translate } from "../shared/texts";
import { browserMicrophone } from "./browser-microphone";
import { browserPlayer } from "./browser-player";
import { browserRecognition } from "./browser-recognition";
import { browserVoice } from "./browser-voice";
import type { Clock } from "../shared/clock";
import { keepOffer, lastOffer } from "./last-offer";
import { Microphone } from "./microphone";
import { isAnswering, type View } from "./model";
import type { AgreedFormat, AudioWish, ServerFrame, SoundFormat, SoundOffer } from "./protocol";
import type { Session, Spoken } from "./session";
import { readSettings, type Settings, slowest, writeSettings } from "./settings";
import { isAsked, Speaker } from "./speech";
import { makeSpeechControls, type Whose } from "./speech-controls";
import { writeSound } from "./sound";
import { seconds, type Stage } from "./stage";
import { TeacherVoice } from "./teacher-voice";

const canPlay = "AudioContext" in globalThis;
const heardRate = 16_000;
/** Half a second: more, sent at once, would look like a wrong sample rate. */
const mostWaiting = 12;
const slowerStep = 0.15;

export interface TalkingOptions {
  readonly t: Translate;
  readonly clock: Clock;
  readonly stage: Stage;
  /** BCP 47 tag of the course. */
  readonly language: string;
  /** Address of the microphone's worklet; empty where there is none. */
  readonly worklet: string;
  /** The conversation's identifier. */
  readonly id: string;
  session(): Session;
  stop(): void;
  /** What recognition of speech understood; it belongs to the student when it can't be sent. */
  keep(text: string): void;
  /** Whether the teacher speaks may have changed. */
  changed(): void;
}

/** Speech in the classroom: the teacher's voice and the student's, and what the student has chosen of both. */
export function makeTalking({ t, clock, stage, language, worklet, id, session, stop, keep, changed }: TalkingOptions) {
  let settings = readSettings();
  const ownVoice = browserVoice(language, () => settings.volume, refresh);
  const speaker =
    ownVoice &&
    new Speaker(
      ownVoice,
      seconds,
      (saying) => {
        stage.say(saying);
        refresh();
      },
      (place, isFinal) => session().played({ type: "played", ...place, ...(isFinal && { final: true as const }) }),
    );
  const teacher = new TeacherVoice(
    { clock, openPlayer: browserPlayer, nextFrame: (action) => requestAnimationFrame(action) },
    stage,
    (report) => session().played(report),
    refresh,
  );
  const schoolEar = browserMicrophone(worklet);
  const ownEar = browserRecognition(language, (text) => session().words(text), (text) => session().say(text, true) || keep(text));
  const anyEar = schoolEar ?? ownEar;
  const microphone =
    anyEar &&
    new Microphone(anyEar, clock, {
      changed: () => refresh(),
      sound: (samples, at) => hear(samples, at),
      level: (value) => controls.level(value),
      talk: (value) => talk(value),
    });
  const controls = makeSpeechControls(t, {
    change,
    toggleMicrophone: () => microphone?.toggle(),
    press: () => microphone?.press(),
    release: () => microphone?.release(),
  });
  /** What was said while the server still answers the wish to be heard. */
  let waiting: { samples: Int16Array; at: number }[] = [];
  let isReady = false;
  let isChanging = false;
  apply();
  isReady = true;

  const isSpeaking = () => teacher.isSpeaking || speaker?.isSpeaking === true;

  function voiceOf({ offer }: View): Whose {
    return offer?.out && canPlay ? "school" : speaker ? "own" : null;
  }

  function earOf({ offer }: View): Whose {
    if (offer?.in && schoolEar) return "school";
    return offer?.recognition && ownEar ? "own" : null;
  }

  function outOf({ offer }: View): AgreedFormat | null {
    if (!settings.isVoiceOn) return null;
    return offer?.out && canPlay ? formatOf(offer.out) : speaker && "own";
  }

  /** What is wanted of speech under what the school offers; before that is told, under what it offered when this page was last loaded. */
  function wish(now: View): AudioWish | null {
    const view = { ...now, offer: now.offer ?? lastOffer(id) };
    if (!view.offer) return null;
    const out = outOf(view);
    const ear = microphone?.state.phase === "on" ? earOf(view) : null;
    if (ear === "school" && view.offer.in) {
      // What the device says with its own voice is not kept out of the microphone.
      const echoCancellation = microphone?.state.echoCancellation === true && out !== "own";
      return { out, in: formatOf(view.offer.in), inRate: heardRate, echoCancellation };
    }
    return out || ear ? { out, in: ear && "own" } : null;
  }

  function hear(samples: Int16Array, at: number): void {
    waiting.push({ samples, at });
    const format = session().view.agreed.in?.format;
    if (format && format !== "own") for (const piece of waiting) session().sendSound(writeSound(piece.at, piece.samples, format));
    if (format || waiting.length > mostWaiting) waiting = format ? [] : waiting.slice(1);
  }

  // With the browser's own recognition nobody but the browser knows of the button; the teacher falls silent all the same.
  function talk(value: boolean): void {
    if (earOf(session().view) === "school") session().talk(value);
    else if (value && (isSpeaking() || isAnswering(session().view))) stop();
  }

  function change(changes: Partial<Settings>): void {
    settings = { ...settings, ...changes };
    writeSettings(settings);
    apply();
    open();
    const isPaceDue = settings.isVoiceOn || changes.pace !== undefined;
    if (isPaceDue && settings.pace !== session().view.pace) session().pace(settings.pace);
    refresh();
  }

  function apply(): void {
    teacher.volume = settings.volume;
    if (!settings.isVoiceOn) teacher.silence();
    if (microphone) microphone.mode = settings.talkMode;
  }

  /** Within a press, so that the browser lets the voice through. */
  function open(): void {
    const { offer } = session().view;
    if (!settings.isVoiceOn) return;
    if (voiceOf(session().view) === "own") ownVoice?.unlock();
    else if (offer?.out) teacher.open(offer.out.sampleRate);
  }

  // Changes call for one another: one round is on its way at a time.
  function refresh(): void {
    if (!isReady || isChanging) return;
    isChanging = true;
    try {
      settle(session().view);
    } finally {
      isChanging = false;
    }
    changed();
  }

  function settle(view: View): void {
    const voice = voiceOf(view);
    const ear = earOf(view);
    const isSpeakerOn = settings.isVoiceOn && voice === "own";
    if (speaker && speaker.isOn !== isSpeakerOn) speaker.turn(isSpeakerOn);
    if (microphone) attend(microphone, view);
    session().wish();
    const isLocked = settings.isVoiceOn && (voice === "own" ? ownVoice?.isLocked === true : teacher.isLocked);
    controls.update({ voice, ear, settings, microphone: microphone?.state ?? noMicrophone, hearing: view.hearing, isLocked });
  }

  function attend(to: Microphone, view: View): void {
    const ear = earOf(view) === "own" ? ownEar : schoolEar;
    if (ear) to.use(ear);
    if (view.ended || view.link.kind === "closed") to.off();
    to.isAttended = view.activity === "listening" && !isSpeaking();
    to.isDrownedOut = isSpeaking();
  }

  function update(view: View, before: View): void {
    teacher.update(view);
    if (!view.offer) speaker?.update(before, view);
    else if (isAsked(before, view)) silence();
    refresh();
  }

  function received(frame: ServerFrame): void {
    const { view } = session();
    teacher.received(frame);
    const isOwn = view.agreed.out?.format === "own";
    if (frame.type === "ready") ready();
    else if (frame.type === "audio" && !frame.in && session().isAgreed && wish(view)?.in) microphone?.reject();
    else if (frame.type === "phrase" && frame.utterance !== null && isOwn) speaker?.phrase(frame.utterance, frame.index, frame.text, frame.pace);
    else if (frame.type === "clear" && isOwn) speaker?.clear(frame.utterance);
  }

  // The pace is the connection's; the device remembers it.
  function ready(): void {
    keepOffer(id, session().view.offer);
    speaker?.forget();
    if (settings.isVoiceOn && settings.pace !== 1) session().pace(settings.pace);
  }

  function silence(): void {
    teacher.silence();
    speaker?.silence();
  }

  const spoken: Spoken = { wish, received, sounded: (frame) => teacher.sounded(frame), heard: () => teacher.heard };

  return {
    spoken,
    controls,
    update,
    silence,
    get isSpeaking() {
      return isSpeaking();
    },
    get probe() {
      return teacher.probe;
    },
    /** To be called within each press on the page. */
    pressed: () => open(),
    slower() {
      change({ pace: Math.max(slowest, Math.round((session().view.pace - slowerStep) * 100) / 100) });
    },
    /** The page is left, or shown no more: nobody speaks, and nobody listens. */
    leave() {
      silence();
      microphone?.off();
    },
    close() {
      teacher.close();
    },
  };
}

const noMicrophone = { phase: "off", mode: "hands-free", isHeld: false, trouble: null, echoCancellation: false } as const;

// Asked once: a format that changes on the way would be noise for a moment.
const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } };
const isThin = connection?.saveData === true || /2g|3g/.test(connection?.effectiveType ?? "");

/** Half the bytes where the line is thin or paid for by the byte. */
function formatOf({ formats }: SoundOffer): SoundFormat {
  const wanted = isThin ? "mulaw" : "pcm16";
  return formats.includes(wanted) ? wanted : (formats[0] ?? "pcm16");
}
