import { Connection, type LinkState, type World } from "./connection";
import { emptyView, reduce, type Happening, type View } from "./model";
import { longestMessage, type ServerFrame } from "./protocol";

const presenceEveryMs = 30_000;

/** A conversation without its looks: what the student does goes in, what is to be shown comes out. */
export class Session {
  #view: View = emptyView;
  #connection: Connection;
  #asked = 0;
  #presentAt = -Infinity;

  /**
   * @param prefix Begins the ids of this page's messages; differs from page to page, because ids are unique in the session.
   * @param changed Called after each change, with what was shown before.
   */
  constructor(
    private readonly world: World,
    private readonly prefix: string,
    private readonly changed: (view: View, before: View) => void,
  ) {
    this.#connection = new Connection(world, {
      linkChanged: (state) => this.#linkChanged(state),
      received: (frame) => this.#received(frame),
    });
  }

  get view(): View {
    return this.#view;
  }

  start(): void {
    this.#connection.start();
  }

  hurry(): void {
    this.#connection.hurry();
  }

  drop(): void {
    this.#connection.drop();
  }

  /** Whether a message can be taken: one at a time, since a second would stop the answer to the first. */
  get canSay(): boolean {
    const { unconfirmed, ended, isEndWanted, link } = this.#view;
    return !ended && !isEndWanted && link.kind !== "closed" && (unconfirmed === null || unconfirmed.refusal !== null);
  }

  /** Sends a message, now or when the line is back. @returns whether it was taken; else it stays with the student. */
  say(text: string): boolean {
    const trimmed = text.trim();
    if (trimmed === "" || trimmed.length > longestMessage || !this.canSay) return false;
    this.#happen({ type: "asked", id: `${this.prefix}-${++this.#asked}`, text: trimmed });
    this.#sendUnconfirmed();
    return true;
  }

  /** Takes back a message that has not been confirmed. @returns its text */
  takeBack(): string {
    const text = this.#view.unconfirmed?.text ?? "";
    this.#happen({ type: "taken-back" });
    return text;
  }

  stop(): void {
    this.#act("stop");
  }

  repeat(): void {
    this.#act("repeat");
  }

  slower(): void {
    this.#act("slower");
  }

  /** Ends the conversation, now or when the line is back. */
  end(): void {
    if (!this.#act("end")) this.#happen({ type: "end-wanted" });
  }

  /** The student did something that sends nothing. Told to the server at most every 30 seconds, or at once when it warned. */
  present(): void {
    const isDue = this.world.clock.now() - this.#presentAt >= presenceEveryMs;
    if ((isDue || this.#view.idleSeconds !== null) && this.#connection.send({ type: "presence" })) this.#noteActivity();
  }

  #act(type: "stop" | "repeat" | "slower" | "end"): boolean {
    const isSent = this.#connection.send({ type });
    if (isSent) this.#noteActivity();
    return isSent;
  }

  #noteActivity(): void {
    this.#presentAt = this.world.clock.now();
    if (this.#view.idleSeconds !== null) this.#happen({ type: "present" });
  }

  #sendUnconfirmed(): void {
    const message = this.#view.unconfirmed;
    if (message && !message.refusal && this.#connection.send({ type: "say", id: message.id, text: message.text })) this.#noteActivity();
  }

  #linkChanged(state: LinkState): void {
    this.#happen({ type: "link", state });
  }

  #received(frame: ServerFrame): void {
    this.#happen({ type: "frame", frame, now: this.world.clock.now() });
    if (frame.type !== "ready") return;
    if (this.#view.isEndWanted) this.#act("end");
    else this.#sendUnconfirmed();
  }

  #happen(happening: Happening): void {
    const before = this.#view;
    this.#view = reduce(before, happening);
    if (this.#view !== before) this.changed(this.#view, before);
  }
}
