import type { AudioOffer } from "./protocol";

const name = (session: string) => `lectern-offer-${session}`;

/**
 * What the school offers in this conversation, kept as long as the tab: a page that is loaded again in the middle of an answer asks for the voice
 * in its greeting, and so hears the rest, which would come in writing to one that asks later.
 */
export function keepOffer(session: string, offer: AudioOffer | null): void {
  try {
    sessionStorage.setItem(name(session), JSON.stringify(offer));
  } catch {
    // Storage is refused in some private windows: the rest is read, then.
  }
}

/** Null where nothing was kept. */
export function lastOffer(session: string): AudioOffer | null {
  try {
    return JSON.parse(sessionStorage.getItem(name(session)) ?? "null") as AudioOffer | null; // as written above
  } catch {
    return null;
  }
}
