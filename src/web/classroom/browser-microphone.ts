import { Deaf, type Ear, type OpenEar, type Trouble } from "./microphone";

const troubles: Readonly<Record<string, Trouble>> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "busy",
  AbortError: "busy",
};

/**
 * The device's microphone; null where the browser has none to offer, as on a page without HTTPS.
 * @param worklet address of the built microphone-worklet.ts
 */
export function browserMicrophone(worklet: string): Ear | null {
  if (!worklet || !("AudioWorkletNode" in window) || !navigator.mediaDevices?.getUserMedia) return null;
  return {
    staysOpen: true,
    async open({ sound, ended, muted }): Promise<OpenEar> {
      const stream = await navigator.mediaDevices
        .getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 } })
        .catch((error: unknown) => {
          throw new Deaf((error instanceof DOMException && troubles[error.name]) || "failed");
        });
      // At the device's own rate: not every browser takes a microphone into a context of another.
      const context = new AudioContext();
      const close = () => {
        for (const track of stream.getTracks()) track.stop();
        void context.close();
      };
      try {
        await context.audioWorklet.addModule(worklet);
        await context.resume();
      } catch {
        close();
        throw new Deaf("failed");
      }
      const node = new AudioWorkletNode(context, "microphone", { channelCount: 1, channelCountMode: "explicit" });
      let at = 0;
      node.port.onmessage = ({ data }: MessageEvent<Int16Array>) => {
        sound(data, at);
        at += data.length;
      };
      context.createMediaStreamSource(stream).connect(node);
      // Silent, but only what leads to the loudspeaker is sure to be run.
      node.connect(context.destination);
      const track = stream.getAudioTracks()[0];
      track?.addEventListener("ended", () => ended("unplugged"));
      track?.addEventListener("mute", () => muted(true));
      track?.addEventListener("unmute", () => muted(false));
      if (track?.muted) queueMicrotask(() => muted(true));
      return { echoCancellation: track?.getSettings().echoCancellation === true, close };
    },
  };
}
