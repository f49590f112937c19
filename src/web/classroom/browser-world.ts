import { browserClock } from "../shared/clock";
import type { Socket, SocketEvents, TicketAnswer, World } from "./connection";
import { subprotocol } from "./protocol";

const ticketTimeoutMs = 10_000;

export interface Addresses {
  readonly live: string;
  readonly ticket: string;
  readonly antiforgeryHeader: string;
  readonly antiforgery: string;
}

/** The real network. */
export function browserWorld(addresses: Addresses): World {
  return {
    clock: browserClock,
    random: Math.random,
    askTicket: () => askTicket(addresses),
    openSocket: (events) => openSocket(addresses.live, events),
  };
}

async function askTicket({ ticket, antiforgeryHeader, antiforgery }: Addresses): Promise<TicketAnswer> {
  const headers = new Headers({ accept: "application/json" });
  if (antiforgeryHeader) headers.set(antiforgeryHeader, antiforgery);
  const response = await fetch(ticket, { method: "POST", headers, redirect: "manual", signal: AbortSignal.timeout(ticketTimeoutMs) });
  if (response.status === 404 || response.status === 410) return "over";
  if (response.status === 401 || response.status === 403 || response.type === "opaqueredirect") return "signed-out";
  if (!response.ok) return "failed";
  const answer: unknown = await response.json();
  return typeof answer === "object" && answer !== null && "ticket" in answer && typeof answer.ticket === "string"
    ? { ticket: answer.ticket }
    : "failed";
}

function openSocket(live: string, events: SocketEvents): Socket {
  const address = new URL(live, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const socket = new WebSocket(address, subprotocol);
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", () => events.opened());
  socket.addEventListener("message", (event) => events.received(event.data));
  socket.addEventListener("close", (event) => events.closed(event.code));
  return {
    send: (data) => socket.send(data),
    close: () => socket.close(1000),
  };
}
