import type { TalkMode } from "./microphone";

/** How a student likes to hear and to be heard; kept on the device. */
export interface Settings {
  readonly isVoiceOn: boolean;
  /** 0 to 1 */
  readonly volume: number;
  /** 0.75 to 1.5, where 1 is the teacher's own pace. */
  readonly pace: number;
  readonly talkMode: TalkMode;
}

export const slowest = 0.75;
export const fastest = 1.5;

const names = { isVoiceOn: "lectern-voice", volume: "lectern-volume", pace: "lectern-pace", talkMode: "lectern-talk" } as const;

export function readSettings(): Settings {
  return {
    isVoiceOn: read(names.isVoiceOn) === "on",
    volume: between(read(names.volume), 0, 1),
    pace: between(read(names.pace), slowest, fastest),
    talkMode: read(names.talkMode) === "hold" ? "hold" : "hands-free",
  };
}

export function writeSettings({ isVoiceOn, volume, pace, talkMode }: Settings): void {
  write(names.isVoiceOn, isVoiceOn ? "on" : "off");
  write(names.volume, String(volume));
  write(names.pace, String(pace));
  write(names.talkMode, talkMode);
}

function between(kept: string | null, least: number, most: number): number {
  const value = Number.parseFloat(kept ?? "");
  return Number.isNaN(value) ? 1 : Math.min(most, Math.max(least, value));
}

// Storage is refused in some private windows; everything works without.
function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Not kept, then.
  }
}
