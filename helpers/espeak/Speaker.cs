// SPDX-License-Identifier: GPL-3.0-or-later
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Lectern.Espeak;

/// <summary>What was spoken.</summary>
/// <param name="Samples">16-bit mono.</param>
internal sealed record Speech(IReadOnlyList<short[]> Samples, Marks Marks, int Milliseconds);

/// <summary>The library, initialized. One per process, used by one thread.</summary>
internal sealed unsafe class Speaker
{
    private const int MaxSeconds = 300;

    // Where the library's callback puts what it gives; it has no instance.
    private static Collected? _current;

    private string _voice = "";

    private Speaker(int sampleRate, string version) => (SampleRate, Version, Voices) = (sampleRate, version, Voices.Read());

    public int SampleRate { get; }

    public string Version { get; }

    public Voices Voices { get; }

    /// <exception cref="RefusedException">The library or its data are not installed.</exception>
    public static Speaker Start()
    {
        if (!EspeakLibrary.TryLoad())
            throw new RefusedException("not-installed", "libespeak-ng is not installed.");
        const int Options = EspeakLibrary.InitializeDontExit | EspeakLibrary.InitializePhonemeEvents | EspeakLibrary.InitializePhonemeIpa;
        var rate = EspeakLibrary.Initialize(EspeakLibrary.AudioOutputSynchronous, 20, null, Options);
        if (rate <= 0)
            throw new RefusedException("not-installed", "libespeak-ng does not find its data.");
        EspeakLibrary.SetSynthCallback(&Receive);
        return new(rate, Marshal.PtrToStringUTF8((nint)EspeakLibrary.Info(null)) ?? "");
    }

    /// <exception cref="RefusedException">The voice is not installed, or the speech would be too long.</exception>
    public Speech Speak(Request request)
    {
        Choose(request);
        _current = new(request.Text, SampleRate * MaxSeconds);
        var text = Encoding.UTF8.GetBytes(request.Text + "\0");
        fixed (byte* start = text)
        {
            if (EspeakLibrary.Synth(start, (nuint)text.Length, 0, EspeakLibrary.PositionCharacter, 0, EspeakLibrary.CharsUtf8, null, 0) != 0)
                throw new RefusedException("failed", "libespeak-ng did not speak.");
        }
        if (_current.IsFull)
            throw new RefusedException("too-long", $"The speech would take longer than {MaxSeconds} s.");
        return new(_current.Samples, _current.Marks, (int)(_current.Count * 1000L / SampleRate));
    }

    private void Choose(Request request)
    {
        var voice = Voices.Find(request.Voice) ?? throw new RefusedException("unknown-voice", "This voice is not installed.");
        if (voice != _voice && EspeakLibrary.SetVoiceByName(voice) != 0)
        {
            _voice = "";
            throw new RefusedException("unknown-voice", "This voice cannot be loaded.");
        }
        _voice = voice;
        _ = EspeakLibrary.SetParameter(EspeakLibrary.Rate, Math.Clamp(request.Rate, 80, 450), 0);
        _ = EspeakLibrary.SetParameter(EspeakLibrary.Pitch, Math.Clamp(request.Pitch, 0, 100), 0);
        _ = EspeakLibrary.SetParameter(EspeakLibrary.Volume, Math.Clamp(request.Volume, 0, 100), 0);
    }

    // 1 ends the synthesis.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Receive(short* samples, int count, EspeakLibrary.Event* happened)
    {
        if (_current is not { } current)
            return 1;
        if (samples is not null && count > 0)
            current.Add(new ReadOnlySpan<short>(samples, count));
        for (; happened->Type != EspeakLibrary.EventType.ListTerminated; happened++)
            current.Add(*happened);
        return current.IsFull ? 1 : 0;
    }

    private sealed class Collected(string text, int maxSamples)
    {
        public List<short[]> Samples { get; } = [];

        public Marks Marks { get; } = new(text);

        public int Count { get; private set; }

        public bool IsFull => Count > maxSamples;

        public void Add(ReadOnlySpan<short> samples)
        {
            Samples.Add(samples.ToArray());
            Count += samples.Length;
        }

        public void Add(in EspeakLibrary.Event happened)
        {
            if (happened.Type == EspeakLibrary.EventType.Word)
                Marks.AddWord(happened.AudioMilliseconds, happened.TextPosition, happened.Length);
            else if (happened.Type == EspeakLibrary.EventType.Phoneme)
                Marks.AddPhoneme(happened.AudioMilliseconds, Ipa(happened.Name));
        }

        private static string Ipa(EspeakLibrary.PhonemeName name)
        {
            ReadOnlySpan<byte> bytes = name;
            var end = bytes.IndexOf((byte)0);
            return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
        }
    }
}
