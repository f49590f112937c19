import { Connection, type LinkState, type World } from "./connection";
import { emptyView, reduce, type Happening, type Unconfirmed, type View } from "./model";
import { type AudioWish, type ClientFrame, type HeardSoFar, longestMessage, type Played, type ServerFrame } from "./protocol";

const presenceEveryMs = 30_000;

/** The spoken side of a conversation, as the session sees it. */
export interface Spoken {
  /** What is wanted of speech under what the view says is possible; null for nothing. */
  wish(view: View): AudioWish | null;
  /** Each frame, after the view has taken it in. */
  received(frame: ServerFrame): void;
  sounded(frame: ArrayBuffer): void;
  /** What was heard of the answer that is being spoken; null when none is. */
  heard(): HeardSoFar | null;
}

const silent: Spoken = { wish: () => null, received: () => {}, sounded: () => {}, heard: () => null };

/** A conversation without its looks: what the student does goes in, what is to be shown comes out. */
export class Session {
  #view: View = emptyView;
  #connection: Connection;
  #asked = 0;
  #presentAt = -Infinity;
  /** What this connection was last asked for, and how many such wishes the server has not answered yet. */
  #wished = "";
  #wishes = 0;

  /**
   * @param prefix Begins the ids of this page's messages; differs from page to page, because ids are unique in the session.
   * @param changed Called after each change, with what was shown before.
   */
  constructor(
    private readonly world: World,
    private readonly prefix: string,
    private readonly changed: (view: View, before: View) => void,
    private readonly spoken: Spoken = silent,
  ) {
    this.#connection = new Connection(world, {
      linkChanged: (state) => this.#linkChanged(state),
      received: (frame) => this.#received(frame),
      sounded: (frame) => spoken.sounded(frame),
      audioWish: () => this.#wishInHello(),
      heard: () => spoken.heard(),
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
  say(text: string, isSpoken = false): boolean {
    const trimmed = text.trim();
    if (trimmed === "" || trimmed.length > longestMessage || !this.canSay) return false;
    this.#happen({ type: "asked", id: `${this.prefix}-${++this.#asked}`, text: trimmed, ...(isSpoken && { isSpoken }) });
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

  /** Ends the conversation, now or when the line is back. */
  end(): void {
    if (!this.#act("end")) this.#happen({ type: "end-wanted" });
  }

  /** The student did something that sends nothing. Told to the server at most every 30 seconds, or at once when it warned. */
  present(): void {
    const isDue = this.world.clock.now() - this.#presentAt >= presenceEveryMs;
    if ((isDue || this.#view.idleSeconds !== null) && this.#connection.send({ type: "presence" })) this.#noteActivity();
  }

  /** How fast the teacher speaks, 0.75 to 1.5. */
  pace(value: number): void {
    this.#tell({ type: "pace", value }, () => this.#happen({ type: "paced", pace: value }));
  }

  /** The student holds the button to talk, or has let go of it. */
  talk(value: boolean): void {
    this.#tell({ type: "talk", value });
  }

  /** What the browser's own recognition has understood so far. */
  words(text: string): void {
    this.#tell({ type: "words", text });
  }

  played(report: Played): void {
    this.#connection.send(report);
  }

  sendSound(frame: ArrayBuffer): void {
    if (this.#view.agreed.in) this.#connection.sendSound(frame);
  }

  /** Whether the server has answered every wish about sound, so that what is agreed is an answer to the last one. */
  get isAgreed(): boolean {
    return this.#wishes === 0;
  }

  /** Asks for what is wanted of speech by now, where that has changed. */
  wish(): void {
    const wish = this.spoken.wish(this.#view) ?? nothing;
    if (this.#view.link.kind !== "open" || JSON.stringify(wish) === this.#wished) return;
    if (!this.#connection.send({ type: "audio", ...wish })) return;
    this.#wished = JSON.stringify(wish);
    this.#wishes++;
  }

  #wishInHello(): AudioWish | null {
    const wish = this.spoken.wish(this.#view);
    this.#wished = JSON.stringify(wish ?? nothing);
    this.#wishes = wish ? 1 : 0;
    return wish;
  }

  #tell(frame: ClientFrame, then = () => {}): void {
    if (!this.#connection.send(frame)) return;
    this.#noteActivity();
    then();
  }

  #act(type: "stop" | "repeat" | "end"): boolean {
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
    if (message && !message.refusal && this.#connection.send(sayFrame(message))) this.#noteActivity();
  }

  #linkChanged(state: LinkState): void {
    this.#happen({ type: "link", state });
  }

  #received(frame: ServerFrame): void {
    if (frame.type === "audio") this.#wishes = Math.max(0, this.#wishes - 1);
    this.#happen({ type: "frame", frame, now: this.world.clock.now() });
    this.spoken.received(frame);
    if (frame.type !== "ready") return;
    this.wish();
    if (this.#view.isEndWanted) this.#act("end");
    else this.#sendUnconfirmed();
  }

  #happen(happening: Happening): void {
    const before = this.#view;
    this.#view = reduce(before, happening);
    if (this.#view !== before) this.changed(this.#view, before);
  }
}

const nothing: AudioWish = { out: null, in: null };

function sayFrame({ id, text, isSpoken }: Unconfirmed): ClientFrame {
  return { type: "say", id, text, ...(isSpoken && { spoken: true as const }) };
}
