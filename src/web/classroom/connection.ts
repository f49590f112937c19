import type { Cancel, Clock } from "../shared/clock";
import { backoffMs } from "./backoff";
import type { AudioWish, ClientFrame, HeardSoFar, ServerFrame } from "./protocol";
import { readFrame } from "./read-frame";

const pingEveryMs = 20_000;
const silenceMs = 45_000;
const greetingMs = 15_000;
const afterFloodMs = 10_000;
const ticketsInARow = 3;

/** Why no further attempt is made. */
export type Closing = "ended" | "over" | "elsewhere" | "signed-out" | "defect";

export type LinkState =
  | { readonly kind: "connecting"; readonly attempt: number }
  | { readonly kind: "open" }
  /** `until`: the moment of the next attempt, in milliseconds since 1970. */
  | { readonly kind: "waiting"; readonly attempt: number; readonly until: number }
  | { readonly kind: "closed"; readonly why: Closing };

export type TicketAnswer = { readonly ticket: string } | "over" | "signed-out" | "failed";

export interface SocketEvents {
  opened(): void;
  received(data: unknown): void;
  closed(code: number): void;
}

export interface Socket {
  send(data: string | ArrayBuffer): void;
  close(): void;
}

/** What a connection needs from the world. */
export interface World {
  readonly clock: Clock;
  /** 0 to 1 */
  random(): number;
  askTicket(): Promise<TicketAnswer>;
  openSocket(events: SocketEvents): Socket;
}

export interface Listener {
  linkChanged(state: LinkState): void;
  received(frame: ServerFrame): void;
  /** Binary frames of an open line: the teacher's voice. */
  sounded(frame: ArrayBuffer): void;
  /** What to ask for in `hello`; null for nothing. */
  audioWish(): AudioWish | null;
  /** What was heard of an answer that the line has cut off; null for nothing to say. */
  heard(): HeardSoFar | null;
}

/** Keeps one session connected: section 6 of the live protocol. Frames reach the listener once each, in order. */
export class Connection {
  #state: LinkState = { kind: "closed", why: "over" };
  #attempts = 0;
  #badTickets = 0;
  #seen = -1;
  /** Rises with each attempt, so that what an earlier one still reports is not taken for the present one's. */
  #current = 0;
  #socket: Socket | null = null;
  #timers: Cancel[] = [];
  #silence: Cancel = () => {};

  constructor(
    private readonly world: World,
    private readonly listener: Listener,
  ) {}

  get state(): LinkState {
    return this.#state;
  }

  /** Connects; also the way back after the conversation was taken over elsewhere. */
  start(): void {
    this.#attempts = 0;
    void this.#attempt();
  }

  /** Makes a waiting connection try at once, as when the browser is online again. */
  hurry(): void {
    if (this.#state.kind === "waiting") void this.#attempt();
  }

  /** Puts the connection down without ending the session, as when the page is left. */
  drop(): void {
    this.#letGo();
    this.#current++;
  }

  /** @returns whether the frame was handed to an open line. */
  send(frame: ClientFrame): boolean {
    if (this.#state.kind !== "open" || !this.#socket) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Sound that finds no open line is lost, as it would be stale when the line is back. */
  sendSound(frame: ArrayBuffer): void {
    if (this.#state.kind === "open") this.#socket?.send(frame);
  }

  async #attempt(): Promise<void> {
    this.#letGo();
    const mine = ++this.#current;
    this.#attempts++;
    this.#change({ kind: "connecting", attempt: this.#attempts });
    this.#later(greetingMs, () => this.#retry());

    const answer = await this.world.askTicket().catch(() => "failed" as const);
    if (mine !== this.#current) return;
    if (answer === "failed") this.#retry();
    else if (typeof answer === "string") this.#finish(answer);
    else this.#open(mine, answer.ticket);
  }

  #open(mine: number, ticket: string): void {
    const ifMine = (action: () => void) => mine === this.#current && action();
    this.#socket = this.world.openSocket({
      opened: () => ifMine(() => this.#socket?.send(JSON.stringify(this.#hello(ticket)))),
      received: (data) => ifMine(() => this.#receive(data)),
      closed: (code) => ifMine(() => this.#closed(code)),
    });
  }

  #hello(ticket: string): ClientFrame {
    const audio = this.listener.audioWish();
    const heard = this.listener.heard();
    return {
      type: "hello",
      ticket,
      client: { name: "classroom", version: "1" },
      ...(this.#seen >= 0 && { after: this.#seen }),
      ...(audio && { audio }),
      ...(audio && heard && { heard }),
    };
  }

  #receive(data: unknown): void {
    if (this.#state.kind === "open") this.#expectMore();
    if (data instanceof ArrayBuffer) {
      if (this.#state.kind === "open") this.listener.sounded(data);
      return;
    }
    const frame = readFrame(data);
    if (!frame || frame.seq <= this.#seen) return;
    this.#seen = frame.seq;
    if (frame.type === "ready") this.#opened();
    this.listener.received(frame);
    if (frame.type === "ended") this.#finish(frame.reason === "elsewhere" ? "elsewhere" : "ended");
  }

  #opened(): void {
    this.#stopTimers();
    this.#attempts = 0;
    this.#badTickets = 0;
    this.#expectMore();
    this.#pingLater();
    this.#change({ kind: "open" });
  }

  #pingLater(): void {
    this.#later(pingEveryMs, () => {
      this.send({ type: "ping", t: this.world.clock.now() });
      this.#pingLater();
    });
  }

  #expectMore(): void {
    this.#silence();
    this.#silence = this.world.clock.after(silenceMs, () => this.#retry());
  }

  #closed(code: number): void {
    switch (code) {
      case 1000:
      case 4010:
        return this.#finish("over");
      case 4002:
        return this.#finish("defect");
      case 4003:
        return ++this.#badTickets < ticketsInARow ? this.#retry() : this.#finish("defect");
      case 4008:
        return this.#retry(afterFloodMs);
      case 4009:
        return this.#finish("elsewhere");
      default:
        return this.#retry();
    }
  }

  #retry(atLeastMs = 0): void {
    this.#letGo();
    this.#current++;
    const attempt = Math.max(this.#attempts, 1);
    const ms = Math.max(atLeastMs, backoffMs(attempt, this.world.random()));
    this.#later(ms, () => void this.#attempt());
    this.#change({ kind: "waiting", attempt, until: this.world.clock.now() + ms });
  }

  #finish(why: Closing): void {
    this.#letGo();
    this.#current++;
    this.#change({ kind: "closed", why });
  }

  #letGo(): void {
    this.#stopTimers();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #later(ms: number, action: () => void): void {
    this.#timers.push(this.world.clock.after(ms, action));
  }

  #stopTimers(): void {
    this.#silence();
    for (const cancel of this.#timers.splice(0)) cancel();
  }

  #change(state: LinkState): void {
    this.#state = state;
    this.listener.linkChanged(state);
  }
}
