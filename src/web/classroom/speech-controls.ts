import { button, element, setText } from "../shared/dom";
import type { Translate } from "../shared/texts";
import type { MicrophoneState, TalkMode, Trouble } from "./microphone";
import type { Hearing } from "./protocol";
import { fastest, type Settings, slowest } from "./settings";

/** Whose voice or ear: the school's, the browser's own, or none. */
export type Whose = "school" | "own" | null;

export interface SpeechState {
  readonly voice: Whose;
  readonly ear: Whose;
  readonly settings: Settings;
  readonly microphone: MicrophoneState;
  readonly hearing: Hearing;
  /** The browser holds the voice back until the next press. */
  readonly isLocked: boolean;
}

export interface SpeechActions {
  change(settings: Partial<Settings>): void;
  toggleMicrophone(): void;
  press(): void;
  release(): void;
}

const icons = {
  voice: "M4 9v6h4l5 4V5L8 9zM16 8.5a5 5 0 0 1 0 7M18.5 6a8.5 8.5 0 0 1 0 12",
  microphone: "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
};

/** Buttons and settings of speech, and a line that says what the microphone is doing. */
export function makeSpeechControls(t: Translate, actions: SpeechActions) {
  const voice = iconButton(icons.voice, t("Speak aloud"), () => actions.change({ isVoiceOn: voice.getAttribute("aria-pressed") !== "true" }));
  const level = element("span", { class: "classroom-level", "aria-hidden": "true" });
  const microphone = iconButton(icons.microphone, t("Microphone"), () => actions.toggleMicrophone());
  const hold = iconButton(icons.microphone, t("Hold to talk"), () => {});
  makeHoldable(hold, actions);
  const gear = iconButton(icons.settings, t("Voice settings"), () => open(gear.getAttribute("aria-expanded") !== "true"));
  gear.setAttribute("aria-expanded", "false");
  gear.setAttribute("aria-controls", "classroom-voice-settings");

  const volume = slider(0, 1, 0.05, (value) => actions.change({ volume: value }), "input");
  const pace = slider(slowest, fastest, 0.05, (value) => actions.change({ pace: value }), "change");
  const modes = element("fieldset", { class: "classroom-modes" }, element("legend", {}, t("How you talk")));
  const modeChoices = new Map<TalkMode, HTMLInputElement>();
  addMode("hands-free", t("Hands-free"));
  addMode("hold", t("Hold to talk"));
  const sliders = element("div", { class: "classroom-sliders" }, labelled(t("Volume"), volume), labelled(t("Speed"), pace));
  const vendor = element("p", { class: "classroom-remark" }, t("Your browser turns speech into text; its maker hears what you say."));
  const panel = element("div", { class: "classroom-voice-settings", id: "classroom-voice-settings", role: "group", "aria-label": t("Voice settings"), hidden: true }, sliders, modes);
  const trouble = element("p", { class: "classroom-trouble", role: "status" });
  const hearing = element("p", { class: "classroom-hearing" });
  const line = element("div", { class: "classroom-speech-line" }, vendor, hearing, trouble);
  const unlock = button("classroom-button classroom-unlock", t("Tap to hear the teacher"), () => {});
  unlock.hidden = true;

  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    open(false);
    gear.focus();
  });

  function open(isOpen: boolean): void {
    panel.hidden = !isOpen;
    gear.setAttribute("aria-expanded", String(isOpen));
  }

  function addMode(mode: TalkMode, text: string): void {
    const choice = element("input", { type: "radio", name: "classroom-talk", value: mode });
    choice.addEventListener("change", () => actions.change({ talkMode: mode }));
    modeChoices.set(mode, choice);
    modes.append(element("label", {}, choice, " ", text));
  }

  function update(state: SpeechState): void {
    const { settings, ear } = state;
    voice.hidden = state.voice === null;
    voice.setAttribute("aria-pressed", String(settings.isVoiceOn));
    voice.title = state.voice === "own" ? t("This browser reads the answers aloud with its own voice.") : t("You hear the teacher's voice.");
    gear.hidden = state.voice === null && ear === null;
    sliders.hidden = state.voice === null;
    modes.hidden = ear === null;
    if (gear.hidden) open(false);
    show(volume, settings.volume);
    show(pace, settings.pace);
    for (const [mode, choice] of modeChoices) choice.checked = settings.talkMode === mode;
    unlock.hidden = !state.isLocked;
    updateMicrophone(state);
  }

  function updateMicrophone({ ear, microphone: { phase, mode, isHeld, trouble: wrong }, hearing: heard }: SpeechState): void {
    const shown = mode === "hold" ? hold : microphone;
    microphone.hidden = ear === null || mode === "hold";
    hold.hidden = ear === null || mode !== "hold";
    microphone.setAttribute("aria-pressed", String(phase !== "off"));
    hold.setAttribute("aria-pressed", String(isHeld));
    if (level.parentElement !== shown) shown.append(level);
    vendor.hidden = ear !== "own" || (phase === "off" && panel.hidden);
    const isListening = phase === "on" && (mode === "hands-free" || isHeld);
    setText(hearing, isListening && !wrong ? hearingText(heard, t) : "");
    setText(trouble, phase === "asking" ? t("Your browser may ask whether this page may use the microphone.") : wrong ? troubleText(wrong, t) : "");
    shown.dataset.hearing = isListening ? heard : "nothing";
  }

  return {
    buttons: [voice, microphone, hold, gear],
    panel,
    line,
    unlock,
    update,
    /** @param value 0 to 1 */
    level: (value: number) => level.style.setProperty("--level", value.toFixed(2)),
  };
}

export type SpeechControls = ReturnType<typeof makeSpeechControls>;

const clickFollowsMs = 300;

/** Held by a finger or a key; a screen reader, which can only press, holds with one press and lets go with the next. */
function makeHoldable(target: HTMLButtonElement, { press, release }: SpeechActions): void {
  let letGoAt = -Infinity;
  let isLatched = false;
  const begin = () => {
    isLatched = false;
    press();
  };
  const end = () => {
    letGoAt = performance.now();
    if (!isLatched) release();
  };
  target.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    target.setPointerCapture(event.pointerId);
    begin();
  });
  for (const over of ["pointerup", "pointercancel", "lostpointercapture"]) target.addEventListener(over, end);
  target.addEventListener("blur", () => {
    isLatched = false;
    release();
  });
  target.addEventListener("contextmenu", (event) => event.preventDefault());
  const isHolder = ({ key }: KeyboardEvent) => key === " " || key === "Enter";
  target.addEventListener("keydown", (event) => {
    if (!isHolder(event)) return;
    event.preventDefault();
    if (!event.repeat) begin();
  });
  target.addEventListener("keyup", (event) => {
    if (!isHolder(event)) return;
    event.preventDefault();
    end();
  });
  target.addEventListener("click", () => {
    if (performance.now() - letGoAt < clickFollowsMs) return;
    isLatched = !isLatched;
    if (isLatched) press();
    else release();
  });
}

function hearingText(hearing: Hearing, t: Translate): string {
  switch (hearing) {
    case "speech":
      return t("You are heard.");
    case "words":
      return t("What you say is being written down…");
    case "nothing":
      return t("The microphone is on.");
  }
}

function troubleText(trouble: Trouble, t: Translate): string {
  switch (trouble) {
    case "refused":
      return t("The microphone is not allowed here. You can allow it in the browser's settings for this page. Writing works as before.");
    case "none":
      return t("No microphone was found. Writing works as before.");
    case "busy":
      return t("Another program holds the microphone. Close that and try again. Writing works as before.");
    case "unplugged":
      return t("The microphone is gone. Connect it and switch it on again. Writing works as before.");
    case "muted":
      return t("The microphone is muted on this device.");
    case "silent":
      return t("Nothing comes from the microphone. Is it muted, or is another one meant?");
    case "rejected":
      return t("The microphone was switched off, because its sound could not be used. Writing works as before.");
    case "failed":
      return t("The microphone could not be started. Writing works as before.");
  }
}

function iconButton(path: string, label: string, onPress: (event: Event) => void): HTMLButtonElement {
  const made = button("classroom-button classroom-icon-button", "", onPress);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS("http://www.w3.org/2000/svg", "path"));
  svg.firstElementChild?.setAttribute("d", path);
  made.append(svg, element("span", { class: "classroom-icon-label" }, label));
  return made;
}

function slider(least: number, most: number, step: number, changed: (value: number) => void, on: "input" | "change"): HTMLInputElement {
  const made = element("input", { type: "range", min: least, max: most, step });
  made.addEventListener(on, () => changed(made.valueAsNumber));
  return made;
}

function show(range: HTMLInputElement, value: number): void {
  range.value = String(value);
  range.setAttribute("aria-valuetext", `${Math.round(value * 100)} %`);
}

function labelled(text: string, input: HTMLInputElement): HTMLElement {
  return element("label", {}, element("span", {}, text), input);
}
