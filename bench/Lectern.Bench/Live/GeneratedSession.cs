using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Lectern.Bench.Live;

/// <summary>
/// One student with a loudspeaker: asks, plays the answer in real time, reports, asks again. The player checks what it gets: sound without
/// gaps and in order, and an answer whose text is that of its phrases.
/// </summary>
internal sealed class GeneratedSession(GeneratorSettings settings, string token, int number, GeneratorFigures figures) : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly Random _random = new(number);
    private readonly StringBuilder _text = new();
    private uint _utterance;
    private long _expected;
    private double _startMs;
    private double _sentMs;
    private long _startedAt;
    private long _askedAt;
    private uint _heardSamples;
    private TaskCompletionSource? _answered;
    private bool _isSpeaking;

    private double Position => Math.Min(_sentMs, _startMs + Stopwatch.GetElapsedTime(_startedAt).TotalMilliseconds);

    public async Task RunAsync(CancellationToken ct)
    {
        await Task.Delay(_random.Next(settings.RampMs), ct);
        try
        {
            await ConnectAsync(ct);
            var reading = ReadAsync(ct);
            var microphone = settings.Microphone ? ListenAsync(ct) : Task.CompletedTask;
            await TalkAsync(ct);
            await SendAsync(new { type = "end" }, CancellationToken.None);
            await Task.WhenAll(reading, microphone).WaitAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
        }
        catch (Exception e)
        {
            figures.Fail(e);
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task ConnectAsync(CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{settings.Port}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Host = "demo.localhost";
        var from = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsJsonAsync("/api/v1/tutoring/sessions", new { courseId = settings.Course }, ct);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(ct)}");
        var started = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        figures.Started.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        _socket.Options.AddSubProtocol("lectern.live.v1");
        _socket.Options.SetRequestHeader("Host", "demo.localhost");
        await _socket.ConnectAsync(new Uri($"ws://127.0.0.1:{settings.Port}/live/v1"), ct);
        var ticket = started.GetProperty("live").GetProperty("ticket").GetString();
        object audio = settings.Microphone ? new { @out = "pcm16", @in = "pcm16", inRate = 16_000, echoCancellation = true } : new { @out = "pcm16" };
        await SendAsync(new { type = "hello", ticket, client = new { name = "bench", version = "1" }, audio }, ct);
        figures.Entered();
    }

    private async Task TalkAsync(CancellationToken ct)
    {
        var turn = 0;
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(_random.Next(500, 2_500), CancellationToken.None);
            if (ct.IsCancellationRequested)
                return;
            _answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (settings.Microphone)
            {
                _isSpeaking = true;
                await Task.Delay(900, CancellationToken.None);
                _isSpeaking = false;
                _askedAt = Stopwatch.GetTimestamp();
            }
            else
            {
                _askedAt = Stopwatch.GetTimestamp();
                await SendAsync(new { type = "say", id = $"m-{++turn}", text = FakeSpeech.Question }, CancellationToken.None);
            }
            while (await Task.WhenAny(_answered.Task, Task.Delay(500, CancellationToken.None)) != _answered.Task && !ct.IsCancellationRequested)
                await SendAsync(new { type = "played", utterance = _utterance, ms = Position }, CancellationToken.None);
        }
    }

    // 40 ms at a time, whether somebody speaks or not, as a browser does.
    private async Task ListenAsync(CancellationToken ct)
    {
        var frame = new byte[8 + 1_280];
        frame[0] = 2;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(40));
        while (!ct.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), _heardSamples);
            var peak = _isSpeaking ? 4_000 : 4;
            for (var i = 8; i < frame.Length; i += 2)
                BinaryPrimitives.WriteInt16LittleEndian(frame.AsSpan(i), (short)_random.Next(-peak, peak));
            _heardSamples += 640;
            await SendRawAsync(frame, WebSocketMessageType.Binary, CancellationToken.None);
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                    return;
                length += part.Count;
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Binary)
                Play(_buffer.AsSpan(0, length));
            else if (Handle(_buffer.AsSpan(0, length)) && ct.IsCancellationRequested)
                return;
        }
    }

    private void Play(ReadOnlySpan<byte> frame)
    {
        var utterance = BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]);
        var at = BinaryPrimitives.ReadUInt32LittleEndian(frame[8..]);
        if (utterance != _utterance)
        {
            figures.Heard(_askedAt);
            (_utterance, _expected, _sentMs, _startedAt, _startMs) = (utterance, 0, 0, Stopwatch.GetTimestamp(), 0);
        }
        if (at != _expected)
            figures.Broken("sound with a gap, or twice");
        if (Position >= _sentMs)
            (_startedAt, _startMs) = (Stopwatch.GetTimestamp(), at / 24.0);
        _expected = at + (frame.Length - 12) / 2;
        _sentMs = _expected / 24.0;
        figures.Bytes(frame.Length);
        figures.Sound((frame.Length - 12) / 2);
    }

    /// <returns>Whether the server has said goodbye.</returns>
    private bool Handle(ReadOnlySpan<byte> frame)
    {
        figures.Bytes(frame.Length);
        if (frame.StartsWith("{\"type\":\"phrase\""u8))
            _text.Append(Field(frame, "text"));
        else if (frame.StartsWith("{\"type\":\"answer\""u8))
            End(Field(frame, "text"));
        else if (frame.StartsWith("{\"type\":\"error\""u8))
            figures.Told(Field(frame, "code"));
        return frame.StartsWith("{\"type\":\"ended\""u8);
    }

    private void End(string text)
    {
        if (!_text.ToString().StartsWith(text, StringComparison.Ordinal) && _text.Length > 0)
            figures.Broken("an answer that is not its phrases");
        _text.Clear();
        figures.Answered();
        _answered?.TrySetResult();
    }

    private static string Field(ReadOnlySpan<byte> frame, string name)
    {
        var reader = new Utf8JsonReader(frame);
        using var json = JsonDocument.ParseValue(ref reader);
        return json.RootElement.GetProperty(name).GetString() ?? "";
    }

    private Task SendAsync(object message, CancellationToken ct) => SendRawAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, ct);

    private async Task SendRawAsync(byte[] bytes, WebSocketMessageType type, CancellationToken ct)
    {
        await _sending.WaitAsync(ct);
        try
        {
            await _socket.SendAsync(bytes, type, endOfMessage: true, ct);
        }
        finally
        {
            _sending.Release();
        }
    }
}
