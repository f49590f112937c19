using Microsoft.Playwright;

namespace Lectern.Tests.Browser;

/// <summary>What comes out of a page's loudspeaker, and where sound, captions and lips stand at the same moment.</summary>
internal static class Loudspeaker
{
    /// <summary>
    /// Listens in on everything that leads to the loudspeaker. <c>loudspeaker.peak()</c> is the loudest of the last 10 ms or so, from 0 to 1. From
    /// <c>loudspeaker.watch()</c> on, <c>loudspeaker.seen</c> collects a <see cref="Seen"/> every 50 ms.
    /// </summary>
    public const string Script = """
        {
          const ears = new Map();
          const connect = AudioNode.prototype.connect;
          AudioNode.prototype.connect = function (to, ...rest) {
            if (to instanceof AudioDestinationNode) {
              const { context } = this;
              if (!ears.has(context)) ears.set(context, new AnalyserNode(context, { fftSize: 256 }));
              connect.call(this, ears.get(context));
            }
            return connect.call(this, to, ...rest);
          };
          const heard = new Float32Array(256);
          const peakOf = (ear) => (ear.getFloatTimeDomainData(heard), heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));
          const mouth = () => [...document.querySelectorAll(".classroom-stage svg path")].map((path) => path.getAttribute("d")).filter((d) => /^M[\d.]+ 1(0[89]|1\d)/.test(d)).join();
          window.loudspeaker = {
            seen: [],
            peak: () => Math.max(0, ...[...ears].map(([context, ear]) => (context.state === "running" ? peakOf(ear) : 0))),
            look() {
              const probe = document.querySelector("lectern-classroom")?.probe;
              const caption = document.querySelector(".classroom-caption");
              const mark = caption?.querySelector("mark")?.textContent ?? null;
              return { now: performance.now(), ...probe, peak: this.peak(), caption: caption && !caption.hidden ? caption.textContent : null, mark, mouth: mouth() };
            },
            watch(everyMs = 50) {
              this.seen = [];
              this.stop();
              this.timer = setInterval(() => this.seen.push(this.look()), everyMs);
            },
            stop() {
              clearInterval(this.timer);
            },
          };
        }
        """;

    public static Task WatchAsync(this IPage page, int everyMs = 50) => page.EvaluateAsync("ms => window.loudspeaker.watch(ms)", everyMs);

    /// <summary>What was seen since watching began.</summary>
    public static async Task<IReadOnlyList<Seen>> SeenAsync(this IPage page) => await page.EvaluateAsync<Seen[]>("() => window.loudspeaker.seen");

    public static async Task IsLoudAsync(this IPage page) => await page.WaitForFunctionAsync("() => window.loudspeaker.peak() > 0.01");

    public static async Task IsSilentAsync(this IPage page) => await page.WaitForFunctionAsync("() => window.loudspeaker.peak() < 0.0001");
}

/// <summary>One look at a page. Milliseconds are those of the utterance, but for <see cref="Now"/>.</summary>
internal sealed class Seen
{
    public double Now { get; set; }

    public int Utterance { get; set; }

    public bool IsPlaying { get; set; }

    public double AudioMs { get; set; }

    public double? CaptionWordMs { get; set; }

    public int Viseme { get; set; }

    public double? VisemeAt { get; set; }

    public double LatencyMs { get; set; }

    public double Peak { get; set; }

    public string? Caption { get; set; }

    public string? Mark { get; set; }

    public string Mouth { get; set; } = "";
}
