import { button, element, setText } from "../shared/dom";
import type { Translate } from "../shared/texts";
import type { Turn, Unconfirmed, View } from "./model";
import type { Citation } from "./protocol";
import { paragraphsOf, piecesOf } from "./wording";

const nearEndPx = 80;

export interface ConversationActions {
  openSource(citation: Citation, opener: HTMLElement): void;
  takeBack(): void;
  askAgain(text: string): void;
}

/** The conversation as a list that grows at its end. It is not live: what is spoken goes through the announcer. */
export function makeConversation(t: Translate, actions: ConversationActions) {
  const list = element("ol", { class: "classroom-turns" });
  const newest = button("classroom-button classroom-newest", t("Newest"), () => scrollToEnd());
  newest.hidden = true;
  const scroller = element("div", { class: "classroom-scroller", role: "region", "aria-label": t("Conversation"), tabindex: 0 }, list);
  const root = element("div", { class: "classroom-conversation" }, scroller, newest);
  const items = new Map<number, ReturnType<typeof makeTurn>>();
  let pending: HTMLElement | null = null;

  const isNearEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEndPx;
  const scrollToEnd = () => scroller.scrollTo({ top: scroller.scrollHeight });
  let isAtEnd = true;
  let width = 0;
  scroller.addEventListener("scroll", () => {
    // What scrolls because lines broke anew is not the reader's doing.
    if (scroller.clientWidth === width) isAtEnd = isNearEnd();
    if (isNearEnd()) newest.hidden = true;
  });
  // A source that opens beside the conversation makes it narrower, and longer: who was at the end stays there.
  new ResizeObserver(() => {
    width = scroller.clientWidth;
    if (isAtEnd) scrollToEnd();
  }).observe(scroller);

  function update(view: View, before: View): void {
    if (view.turns === before.turns && view.unconfirmed === before.unconfirmed && view.link === before.link) return;
    const wasNearEnd = isNearEnd();
    view.turns.forEach((turn, at) => showTurn(turn, at, view.teacher?.name ?? ""));
    showPending(view.unconfirmed, view.link.kind === "open");
    const isOwn = view.unconfirmed !== null && view.unconfirmed !== before.unconfirmed;
    if (wasNearEnd || isOwn) scrollToEnd();
    else newest.hidden = isNearEnd();
  }

  function showTurn(turn: Turn, at: number, teacher: string): void {
    let item = items.get(turn.turn);
    if (!item) {
      item = makeTurn(t, teacher, actions);
      items.set(turn.turn, item);
      list.insertBefore(item.root, list.children[at] ?? null);
    }
    item.update(turn);
  }

  function showPending(message: Unconfirmed | null, isOpen: boolean): void {
    pending?.remove();
    pending = message && makePending(t, message, isOpen, actions);
    if (pending) list.append(pending);
  }

  return { root, update };
}

function makeTurn(t: Translate, teacher: string, actions: ConversationActions) {
  const question = element("p", { class: "classroom-question", dir: "auto" });
  const body = element("div", { class: "classroom-answer-text", dir: "auto" });
  const foot = element("div", { class: "classroom-answer-foot" });
  const answer = element("div", { class: "classroom-answer" }, element("span", { class: "visually-hidden" }, `${teacher}: `), body, foot);
  const root = element("li", { class: "classroom-turn" }, question, answer);
  let shown: Turn | null = null;

  function openSource(label: number, opener: HTMLElement): void {
    const citation = shown?.citations.find((one) => one.label === label);
    if (citation) actions.openSource(citation, opener);
  }

  function update(turn: Turn): void {
    if (turn === shown) return;
    const before = shown;
    shown = turn;
    root.dataset.outcome = turn.outcome;
    root.classList.toggle("is-repeating", turn.isRepeating);
    question.hidden = turn.question === null;
    if (turn.question && turn.question.text !== before?.question?.text)
      question.replaceChildren(element("span", { class: "visually-hidden" }, t("You: ")), turn.question.text);
    showText(t, body, turn, openSource);
    if (turn.outcome !== before?.outcome || turn.citations !== before?.citations) foot.replaceChildren(...makeFoot(t, turn, openSource, actions));
  }

  return { root, update };
}

/** Only paragraphs that changed are made anew, so that a selection in the others stays. */
function showText(t: Translate, body: HTMLElement, turn: Turn, openSource: (label: number, opener: HTMLElement) => void): void {
  const labels = turn.citations.map((citation) => citation.label);
  const paragraphs = turn.outcome === "waiting" ? [t("Thinking…")] : paragraphsOf(turn.text);
  paragraphs.forEach((paragraph, i) => {
    const key = `${paragraph}|${labels.join()}`;
    const old = body.children[i];
    if (old instanceof HTMLElement && shownText.get(old) === key) return;
    const made = element("p", {}, ...piecesOf(paragraph, labels).map((piece) => (typeof piece === "string" ? piece : makeMark(t, piece.mark, openSource))));
    shownText.set(made, key);
    if (old) old.replaceWith(made);
    else body.append(made);
  });
  while (body.children.length > paragraphs.length) body.lastElementChild?.remove();
}

const shownText = new WeakMap<HTMLElement, string>();

/** The mark in the text is for the pointer; with the keyboard the same source is one of the buttons below the answer. */
function makeMark(t: Translate, label: number, openSource: (label: number, opener: HTMLElement) => void): HTMLElement {
  const mark = button("classroom-mark", `[${label}]`, () => openSource(label, mark));
  mark.tabIndex = -1;
  mark.setAttribute("aria-label", t("Source {n}", { n: label }));
  return mark;
}

function makeFoot(t: Translate, turn: Turn, openSource: (label: number, opener: HTMLElement) => void, actions: ConversationActions): Node[] {
  const made: Node[] = [];
  if (turn.outcome === "stopped") made.push(element("p", { class: "classroom-remark" }, t("Stopped here.")));
  if (turn.outcome === "failed") made.push(makeFailure(t, turn, actions));
  if (turn.citations.length > 0) made.push(makeSources(t, turn, openSource));
  return made;
}

function makeFailure(t: Translate, turn: Turn, actions: ConversationActions): HTMLElement {
  const remark = element("p", { class: "classroom-remark is-warning" }, t("The answer could not be completed. Your question is kept."));
  const { question } = turn;
  if (question) remark.append(" ", button("classroom-button is-small", t("Ask again"), () => actions.askAgain(question.text)));
  return remark;
}

function makeSources(t: Translate, turn: Turn, openSource: (label: number, opener: HTMLElement) => void): HTMLElement {
  const heading = turn.grounded === "quoted" ? t("Quoted from the course") : t("Where this stands in the course");
  const list = element("ul", { class: "classroom-sources" });
  for (const { label, section, lesson } of turn.citations) {
    const open = button("classroom-source", "", () => openSource(label, open));
    open.append(
      element("span", { class: "classroom-source-label" }, String(label)),
      element("span", { dir: "auto" }, section || lesson.title, " ", element("small", {}, section ? lesson.title : "")),
    );
    open.setAttribute("aria-haspopup", "dialog");
    list.append(element("li", {}, open));
  }
  return element("div", {}, element("p", { class: "classroom-remark" }, heading), list);
}

function makePending(t: Translate, message: Unconfirmed, isOpen: boolean, actions: ConversationActions): HTMLElement {
  const remark = element("p", { class: "classroom-remark classroom-pending" });
  const root = element("li", { class: "classroom-turn is-pending" }, element("p", { class: "classroom-question", dir: "auto" }, message.text), remark);
  if (message.refusal) {
    setText(remark, `${message.refusal.title}. ${message.refusal.detail}`);
    remark.classList.add("is-warning");
  } else {
    setText(remark, isOpen ? t("Sending…") : t("Will be sent when the line is back."));
  }
  if (!isOpen || message.refusal) remark.append(" ", button("classroom-button is-small", t("Take back"), () => actions.takeBack()));
  return root;
}
