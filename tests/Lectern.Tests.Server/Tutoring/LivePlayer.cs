using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>The player and the microphone of a <see cref="LiveClient"/>: plays in real time without a sound, and reports as the protocol asks.</summary>
internal sealed class LivePlayer
{
    private readonly LiveClient _line;
    private readonly int _rate;
    private readonly int _bytesPerSample;
    private long _startedAt;
    private double _startMs;
    private double _sentMs;
    private double _reportedMs;
    private uint _microphone;

    /// <param name="rate">Samples a second of the teacher's voice.</param>
    public LivePlayer(LiveClient line, int rate, bool isMuLaw = false)
    {
        (_line, _rate, _bytesPerSample) = (line, rate, isMuLaw ? 1 : 2);
        line.Received = ReceiveAsync;
    }

    public uint Utterance { get; private set; }

    /// <summary>It tells where it stands; else it keeps that to itself, a stop included.</summary>
    public bool Reports { get; set; } = true;

    /// <summary>Where the sound stood when it was cleared.</summary>
    public double? ClearedAt { get; private set; }

    /// <summary>Places of the first samples of all frames, in ms.</summary>
    public List<double> Places { get; } = [];

    /// <summary>Waits, in real time, until so much has been heard.</summary>
    public async Task HearAsync(double ms)
    {
        while (Position < ms)
            await Task.Delay(10);
    }

    private double Position => Math.Min(_sentMs, _startMs + Stopwatch.GetElapsedTime(_startedAt).TotalMilliseconds);

    /// <summary>Sends so much of a voice: noise in syllables.</summary>
    public async Task SpeakAsync(double seconds, int level = 4_000)
    {
        var random = new Random(5);
        for (var frame = 0; frame < seconds * 50; frame++)
        {
            var peak = level == 0 ? 4 : frame % 10 < 8 ? level : level / 20;
            await SendSoundAsync([.. Enumerable.Range(0, 320).Select(_ => (short)random.Next(-peak, peak))]);
            await Task.Delay(20);
        }
    }

    public Task BeQuietAsync(double seconds) => SpeakAsync(seconds, level: 0);

    private async Task SendSoundAsync(short[] samples)
    {
        var frame = new byte[8 + samples.Length * 2];
        frame[0] = 2;
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), _microphone);
        Buffer.BlockCopy(samples, 0, frame, 8, samples.Length * 2);
        _microphone += (uint)samples.Length;
        await _line.SendRawAsync(frame, WebSocketMessageType.Binary);
    }

    private async Task ReceiveAsync(JsonElement? frame, byte[]? sound)
    {
        if (sound is not null)
            await PlayAsync(sound);
        else if (frame?.GetProperty("type").GetString() == "clear")
            await ClearAsync(frame.Value.GetProperty("utterance").GetUInt32());
        else if (frame?.GetProperty("type").GetString() is "pong")
            await ReportAsync();
    }

    private async Task PlayAsync(byte[] sound)
    {
        var utterance = BinaryPrimitives.ReadUInt32LittleEndian(sound.AsSpan(4));
        var from = BinaryPrimitives.ReadUInt32LittleEndian(sound.AsSpan(8)) * 1000.0 / _rate;
        if (utterance != Utterance || Position >= _sentMs)
            (_startedAt, _startMs) = (Stopwatch.GetTimestamp(), from);
        Utterance = utterance;
        Places.Add(from);
        _sentMs = from + (sound.Length - 12) / _bytesPerSample * 1000.0 / _rate;
        if (Position - _reportedMs > 500 || Position < _reportedMs)
            await ReportAsync();
    }

    private async Task ClearAsync(uint utterance)
    {
        ClearedAt = Position;
        _sentMs = Position;
        if (Reports)
            await _line.SendAsync(new { type = "played", utterance, ms = ClearedAt, final = true });
    }

    private async Task ReportAsync()
    {
        _reportedMs = Position;
        if (Reports && Utterance > 0)
            await _line.SendAsync(new { type = "played", utterance = Utterance, ms = _reportedMs });
    }
}
