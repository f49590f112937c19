import { button } from "../shared/dom";
import type { Translate } from "../shared/texts";
import type { Speaker } from "./speech";

const kept = "lectern-voice";

/** Switches the voice on and off; the choice is kept on this device. */
export function makeVoiceButton(t: Translate, speaker: Speaker): HTMLButtonElement {
  const made = button("classroom-button classroom-voice", t("Speak aloud"), () => turn(!speaker.isOn));
  made.title = t("This browser reads the answers aloud with its own voice.");
  turn(read());

  function turn(isOn: boolean): void {
    speaker.turn(isOn);
    made.setAttribute("aria-pressed", String(isOn));
    write(isOn);
  }
  return made;
}

// Storage is refused in some private windows; the voice works without.
function read(): boolean {
  try {
    return localStorage.getItem(kept) === "on";
  } catch {
    return false;
  }
}

function write(isOn: boolean): void {
  try {
    localStorage.setItem(kept, isOn ? "on" : "off");
  } catch {
    // Not kept, then.
  }
}
