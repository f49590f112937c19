import { button, element, setText } from "../shared/dom";
import type { Translate } from "../shared/texts";
import { isAnswering, lastFinished, type View } from "./model";
import { longestMessage } from "./protocol";
import type { SpeechControls } from "./speech-controls";
import { actionText, bannerOf, type Banner } from "./wording";

const countFrom = longestMessage - 200;

export interface ComposerActions {
  /** @returns whether the message was taken; else it stays in the box. */
  say(text: string): boolean;
  stop(): void;
  repeat(): void;
  slower(): void;
  present(): void;
  banner(action: NonNullable<Banner["action"]>): void;
}

/** The message box with what belongs to it. */
export function makeComposer(t: Translate, actions: ComposerActions, speech: SpeechControls) {
  const box = element("textarea", { id: "classroom-message", class: "classroom-box", rows: 2, dir: "auto", enterkeyhint: "send", autocomplete: "off" });
  box.placeholder = t("Ask about the lesson…");
  const count = element("p", { class: "classroom-count", id: "classroom-count", hidden: true });
  box.setAttribute("aria-describedby", "classroom-count");
  const send = element("button", { type: "submit", class: "classroom-button is-main" }, t("Send"));
  const stop = button("classroom-button", t("Stop"), ifEnabled(() => actions.stop()));
  const repeat = button("classroom-button", t("Repeat"), ifEnabled(() => actions.repeat()));
  const slower = button("classroom-button", t("Slower"), ifEnabled(() => actions.slower()));
  const banner = element("div", { class: "classroom-banner", hidden: true });
  const quick = element("ul", { class: "classroom-quick", "aria-label": t("Quick replies") });
  for (const text of [t("Explain that more simply"), t("Give me an example"), t("Quiz me"), t("What comes next?")])
    quick.append(element("li", {}, button("classroom-chip", text, ifEnabled(() => submit(text, false)))));
  const form = element(
    "form",
    { class: "classroom-form" },
    element("label", { class: "visually-hidden", for: "classroom-message" }, t("Your message")),
    box,
    send,
    count,
    element("div", { class: "classroom-tools", role: "group", "aria-label": t("The answer") }, stop, repeat, slower, ...speech.buttons),
  );
  const root = element("div", { class: "classroom-composer" }, speech.unlock, banner, quick, form, speech.panel, speech.line);

  function submit(text: string, isFromBox: boolean): void {
    if (actions.say(text) && isFromBox) box.value = "";
    countCharacters();
    box.focus({ preventScroll: true });
  }

  function countCharacters(): void {
    const length = box.value.trim().length;
    count.hidden = length < countFrom;
    count.classList.toggle("is-over", length > longestMessage);
    setText(count, length > longestMessage ? t("Too long by {n} characters", { n: length - longestMessage }) : `${length} / ${longestMessage}`);
  }

  function putInFront(text: string): void {
    box.value = [text, box.value].filter((part) => part.trim() !== "").join("\n");
    countCharacters();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(box.value, true);
  });
  box.addEventListener("keydown", (event) => {
    // While an input method is composing, Enter chooses a word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit(box.value, true);
  });
  box.addEventListener("input", () => {
    countCharacters();
    actions.present();
  });

  function showBanner(shown: Banner | null): void {
    banner.hidden = shown === null;
    if (!shown || banner.dataset.text === shown.text) return;
    banner.dataset.text = shown.text;
    banner.dataset.tone = shown.tone;
    banner.replaceChildren(element("p", {}, shown.text));
    const { action } = shown;
    if (action) banner.append(button("classroom-button is-small", actionText(action, t), () => actions.banner(action)));
  }

  function update(view: View, canSay: boolean, isSpeaking: boolean): void {
    const isOpen = view.link.kind === "open";
    setEnabled(send, canSay);
    setEnabled(stop, isSpeaking || (isOpen && isAnswering(view)));
    setEnabled(repeat, isOpen && !isSpeaking && !isAnswering(view) && lastFinished(view) !== undefined);
    setEnabled(slower, isOpen && view.pace > 0.75);
    for (const chip of quick.querySelectorAll("button")) setEnabled(chip, canSay && isOpen);
    const shown = bannerOf(view, t);
    if (!shown) delete banner.dataset.text;
    showBanner(shown);
  }

  return {
    root,
    update,
    focus: () => box.focus({ preventScroll: true }),
    get draft() {
      return box.value;
    },
    /** Puts text in front of what is in the box already. */
    giveBack(text: string) {
      putInFront(text);
      box.focus();
    },
    putInFront,
  };
}

/** `disabled` would drop the focus of a button just pressed, so only what a press does is switched off. */
function setEnabled(target: HTMLButtonElement, isEnabled: boolean): void {
  target.setAttribute("aria-disabled", String(!isEnabled));
}

function ifEnabled(action: () => void) {
  return (event: Event): void => {
    const pressed = event.currentTarget as HTMLButtonElement; // button() listens on the button itself
    if (pressed.getAttribute("aria-disabled") !== "true") action();
  };
}
