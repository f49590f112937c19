// What stands where the room would: sound is taken at the pace of a player, text as it comes.
import { voice } from '@livekit/agents';

/** A loudspeaker: takes sound no faster than it plays, and reports when a piece of speech has been played. */
export class Loudspeaker extends voice.AudioOutput {
  playedMs = 0;
  gaps = 0;
  #queueMs;
  #pushedMs = 0;
  #endsAt = 0;
  #startedAt = 0;
  #timer;
  #wake;

  /**
   * @param {number} queueMs how much sound may wait to be played; the framework's own room output allows 200 ms.
   * @param {(frame: import('@livekit/rtc-node').AudioFrame, at: number) => void} play takes each piece, with its place in the answer in ms.
   */
  constructor(sampleRate, queueMs, play) {
    super(sampleRate, undefined, { pause: true });
    this.#queueMs = queueMs;
    this.play = play;
  }

  async captureFrame(frame) {
    await super.captureFrame(frame);
    const now = performance.now();
    if (this.#pushedMs === 0) {
      this.#startedAt = this.#endsAt = now;
      this.onPlaybackStarted(Date.now());
    }
    // Nothing to play before this came.
    if (this.#endsAt < now) {
      this.gaps++;
      this.#endsAt = now;
    }
    const ms = (frame.samplesPerChannel * 1_000) / frame.sampleRate;
    this.play(frame, this.#pushedMs);
    this.#pushedMs += ms;
    this.#endsAt += ms;
    if (this.#endsAt - now > this.#queueMs) await this.#sleep(this.#endsAt - now - this.#queueMs);
  }

  flush() {
    super.flush();
    if (this.#pushedMs > 0) void this.#sleep(this.#endsAt - performance.now()).then(() => this.#finish(false));
  }

  clearBuffer() {
    if (this.#pushedMs > 0) this.#finish(true);
  }

  #sleep(ms) {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#timer = setTimeout(resolve, Math.max(0, ms));
    });
  }

  #finish(interrupted) {
    if (this.#pushedMs === 0) return;
    const ms = interrupted ? Math.min(this.#pushedMs, performance.now() - this.#startedAt) : this.#pushedMs;
    this.playedMs += ms;
    this.#pushedMs = 0;
    clearTimeout(this.#timer);
    this.onPlaybackFinished({ playbackPosition: ms / 1_000, interrupted });
    if (interrupted) this.#wake?.();
  }
}

/** A screen: the text of the answer that is being given. (The framework's own TextOutput isn't exported; these are its members.) */
export class Screen {
  text = '';

  async captureText(text) {
    this.text += typeof text === 'string' ? text : text.text;
  }

  flush() {}

  onAttached() {}

  onDetached() {}
}
