import { button, element, setText } from "../shared/dom";
import type { Translate } from "../shared/texts";
import type { View } from "./model";
import { endingText } from "./wording";

/** Asks whether the conversation should really end. */
export function makeEndDialog(t: Translate, onEnd: () => void) {
  const remark = element("p", {}, t("What was said is kept. You get a summary with the places in the course."));
  const root = element(
    "dialog",
    { class: "classroom-dialog", "aria-labelledby": "classroom-end-title" },
    element("h2", { id: "classroom-end-title" }, t("End the conversation?")),
    remark,
    element(
      "div",
      { class: "classroom-dialog-foot" },
      button("classroom-button", t("Go on talking"), () => root.close()),
      button("classroom-button is-main", t("End"), () => {
        root.close();
        onEnd();
      }),
    ),
  );
  return { root, open: () => root.showModal() };
}

/** What stands in the place of the message box once the conversation is over. */
export function makeEnding(t: Translate, summaryUrl: string) {
  const heading = element("h2", { class: "classroom-ending-title", tabindex: -1 }, t("The conversation has ended"));
  const reason = element("p");
  const unsent = element("p", { class: "classroom-remark", hidden: true, dir: "auto" });
  const link = element("a", { class: "classroom-button is-main", href: summaryUrl }, t("See the summary"));
  const root = element("section", { class: "classroom-ending", hidden: true }, heading, reason, unsent, link);

  /** @param draft What the student had written and not sent. */
  function show(view: View, draft: string): void {
    if (!root.hidden) return;
    setText(reason, `${endingText(view.ended?.reason ?? "", t)} ${t("What was said is kept.")}`);
    unsent.hidden = draft === "";
    setText(unsent, t("Not sent any more: {text}", { text: draft }));
    if (view.ended?.summaryUrl) link.href = view.ended.summaryUrl;
    root.hidden = false;
    heading.focus();
  }

  return { root, show };
}
