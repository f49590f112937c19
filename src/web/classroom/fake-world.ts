import { FakeClock, settle } from "../shared/fake-clock";
import type { Socket, SocketEvents, TicketAnswer, World } from "./connection";

/** For tests: a server on a string. */
export class FakeWorld implements World {
  readonly clock = new FakeClock();
  readonly sockets: FakeSocket[] = [];
  ticket: TicketAnswer | Error = { ticket: "t" };
  ticketsAsked = 0;
  chance = 1;

  random(): number {
    return this.chance;
  }

  askTicket(): Promise<TicketAnswer> {
    this.ticketsAsked++;
    return this.ticket instanceof Error ? Promise.reject(this.ticket) : Promise.resolve(this.ticket);
  }

  openSocket(events: SocketEvents): Socket {
    const socket = new FakeSocket(events);
    this.sockets.push(socket);
    return socket;
  }

  get socket(): FakeSocket {
    const last = this.sockets.at(-1);
    if (!last) throw new Error("no socket was opened");
    return last;
  }

  /** Lets the newest socket open and be greeted. */
  async greet(seq: number, more: object = {}): Promise<void> {
    await settle();
    this.socket.events.opened();
    this.socket.receive({ ...readyFrame, seq, ...more });
  }
}

export class FakeSocket implements Socket {
  readonly sent: Record<string, unknown>[] = [];
  readonly sounds: ArrayBuffer[] = [];
  isClosed = false;

  constructor(readonly events: SocketEvents) {}

  send(data: string | ArrayBuffer): void {
    if (typeof data === "string") this.sent.push(JSON.parse(data));
    else this.sounds.push(data);
  }

  close(): void {
    this.isClosed = true;
  }

  receive(frame: object): void {
    this.events.received(JSON.stringify(frame));
  }

  sentOf(type: string) {
    return this.sent.filter((frame) => frame.type === type);
  }
}

export const readyFrame = {
  type: "ready",
  session: "s",
  serverTime: "2026-03-02T09:00:00Z",
  endsAt: "2026-03-02T09:30:00Z",
  idleMinutes: 5,
  messagesLeft: 100,
  teacher: { slug: "ada", name: "Ada" },
  title: "The cell membrane",
  resumed: false,
  turns: [] as object[],
};
