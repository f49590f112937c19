import type { Clock } from "../shared/clock";
import { button, element, setText } from "../shared/dom";
import type { Translate } from "../shared/texts";
import { secondsLeft, type View } from "./model";
import type { Stage } from "./stage";
import { clockText, linkText } from "./wording";

const settleMs = 600;

/** Teacher, connection, time left, and the way out. */
export function makeHeader(t: Translate, clock: Clock, stage: Stage, onEnd: () => void) {
  const name = element("p", { class: "classroom-teacher" });
  const title = element("p", { class: "classroom-title" });
  const dot = element("span", { class: "classroom-dot", "data-link": "connecting", "aria-hidden": "true" });
  const status = element("span", { role: "status" }, t("Connecting…"));
  const time = element("time", { class: "classroom-time" });
  const timeLine = element("p", { class: "classroom-time-line", hidden: true }, element("span", {}, t("Time left")), " ", time);
  const end = button("classroom-button classroom-end", t("End"), onEnd);
  const root = element(
    "header",
    { class: "classroom-header" },
    stage.picture,
    element("div", { class: "classroom-who" }, name, title, element("p", { class: "classroom-link" }, dot, status)),
    element("div", { class: "classroom-way-out" }, timeLine, end),
  );

  // A line that is back at once is not worth a word.
  let cancel = () => {};
  const tell = (text: string) => {
    cancel();
    cancel = clock.after(settleMs, () => setText(status, text));
  };

  function tick(view: View): void {
    const seconds = view.ended ? null : secondsLeft(view, clock.now());
    timeLine.hidden = seconds === null;
    if (seconds === null) return;
    setText(time, clockText(seconds));
    time.dateTime = `PT${seconds}S`;
    timeLine.classList.toggle("is-short", seconds <= 300);
    timeLine.classList.toggle("is-ending", seconds <= 60);
  }

  function update(view: View, before: View): void {
    setText(name, view.teacher?.name ?? "");
    setText(title, view.title);
    stage.activity(view.activity);
    dot.dataset.link = view.link.kind;
    const text = linkText(view, t);
    if (text !== linkText(before, t)) tell(text);
    end.hidden = view.ended !== null || (view.link.kind === "closed" && view.link.why !== "elsewhere");
    tick(view);
  }

  return { root, update, tick };
}
