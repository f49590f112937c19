import { element } from "../shared/dom";
import { readTexts } from "../shared/texts";
import { makeAnnouncer } from "./announcer";
import { browserWorld } from "./browser-world";
import { makeComposer } from "./composer";
import type { World } from "./connection";
import { makeConversation } from "./conversation";
import { makeEndDialog, makeEnding } from "./ending";
import { makeHeader } from "./header";
import { isAnswering, type View } from "./model";
import { Session } from "./session";
import { makeStage, readLook } from "./stage";
import { makeSources } from "./sources";
import { makeTalking } from "./talking";
import type { Probe } from "./teacher-voice";
import { announcements, type Banner } from "./wording";

/** `<lectern-classroom>`: one conversation with the teacher. What the server renders inside is replaced. */
class ClassroomElement extends HTMLElement {
  #session: Session | null = null;
  #leave = new AbortController();
  #probe: () => Probe | null = () => null;

  /** For tests, to read only: where the teacher's voice is, and where captions and face are. Null while no sound has been agreed on. */
  get probe(): Probe | null {
    return this.#probe();
  }

  connectedCallback(): void {
    const { dataset } = this;
    const world = browserWorld({
      live: dataset.live ?? "/live/v1",
      ticket: dataset.ticketUrl ?? "",
      antiforgeryHeader: dataset.antiforgeryHeader ?? "",
      antiforgery: dataset.antiforgery ?? "",
    });
    this.#leave = new AbortController();
    this.#session = this.#build(world);
    this.#session.start();
  }

  disconnectedCallback(): void {
    this.#leave.abort();
    this.#session?.drop();
  }

  #build(world: World): Session {
    const { signal } = this.#leave;
    const t = readTexts(this.querySelector("script[data-texts]")?.textContent);
    const portrait = this.querySelector<HTMLTemplateElement>('template[data-part="portrait"]')?.content.cloneNode(true) ?? null;
    // Ids of messages are unique in the session, also over several windows and a page that was loaded again.
    const session = new Session(world, crypto.getRandomValues(new Uint32Array(2)).join("-"), (view, before) => show(view, before), {
      wish: (view) => talking.spoken.wish(view),
      received: (frame) => talking.spoken.received(frame),
      sounded: (frame) => talking.spoken.sounded(frame),
      heard: () => talking.spoken.heard(),
    });

    const announcer = makeAnnouncer(world.clock);
    const language = this.dataset.courseLocale ?? "en";
    const stage = makeStage(portrait, readLook(this.dataset.look), language);
    const talking = makeTalking({
      t,
      clock: world.clock,
      stage,
      language,
      worklet: this.dataset.microphoneWorklet ?? "",
      id: this.dataset.session ?? "",
      session: () => session,
      stop: () => stopAll(),
      keep: (text) => composer.putInFront(text),
      changed: () => composer.update(session.view, session.canSay, talking.isSpeaking),
    });
    this.#probe = () => talking.probe;
    const sources = makeSources(t);
    const endDialog = makeEndDialog(t, () => session.end());
    const ending = makeEnding(t, this.dataset.summaryUrl ?? "");
    const header = makeHeader(t, world.clock, stage, () => endDialog.open());
    const conversation = makeConversation(t, {
      openSource: (citation, opener) => sources.open(citation, opener),
      takeBack: () => composer.giveBack(session.takeBack()),
      askAgain: (text) => {
        if (session.say(text)) composer.focus();
        else composer.giveBack(text);
      },
    });
    const composer = makeComposer(t, {
      say: (text) => session.say(text),
      stop: () => stopAll(),
      repeat: () => session.repeat(),
      slower: () => talking.slower(),
      present: () => session.present(),
      banner: (action) => act(action),
    }, talking.controls);
    const main = element("div", { class: "classroom-main" }, conversation.root, stage.caption, composer.root, ending.root);
    const root = element("div", { class: "classroom" }, header.root, main, sources.root, endDialog.root, announcer.root);

    function show(view: View, before: View): void {
      header.update(view, before);
      conversation.update(view, before);
      talking.update(view, before);
      for (const text of announcements(before, view, t)) announcer.say(text);
      if (isOver(view)) {
        ending.show(view, [view.unconfirmed?.text ?? "", composer.draft].join("\n").trim());
        composer.root.hidden = true;
      }
    }

    // An answer may have come whole and still be on the teacher's lips.
    function stopAll(): void {
      talking.silence();
      if (isAnswering(session.view)) session.stop();
    }

    function act(action: NonNullable<Banner["action"]>): void {
      if (action === "hurry") session.hurry();
      else if (action === "restart") session.start();
      else if (action === "present") session.present();
      else location.reload();
      if (action !== "reload") composer.focus();
    }

    const tick = () => {
      header.tick(session.view);
      if (!signal.aborted && !isOver(session.view)) world.clock.after(1000, tick);
    };
    tick();

    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing && (isAnswering(session.view) || talking.isSpeaking)) stopAll();
    });
    // Reading along is being there, too.
    root.addEventListener("wheel", () => session.present(), { passive: true, signal });
    root.addEventListener("pointerdown", () => session.present(), { signal });
    // Browsers let a page be heard only from within a press.
    for (const press of ["pointerup", "keydown", "click"]) root.addEventListener(press, () => talking.pressed(), { signal });
    window.addEventListener("online", () => session.hurry(), { signal });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && session.hurry(), { signal });
    // A page kept for "back" may hold no connection; when it is shown again it needs one.
    window.addEventListener("pagehide", () => session.drop(), { signal });
    window.addEventListener("pagehide", () => talking.leave(), { signal });
    signal.addEventListener("abort", () => {
      talking.leave();
      talking.close();
      stage.dispose();
    });
    window.addEventListener("pageshow", (event) => event.persisted && session.start(), { signal });

    this.replaceChildren(root);
    return session;
  }
}

function isOver({ ended, link }: View): boolean {
  return ended !== null || (link.kind === "closed" && (link.why === "over" || link.why === "ended"));
}

customElements.define("lectern-classroom", ClassroomElement);
