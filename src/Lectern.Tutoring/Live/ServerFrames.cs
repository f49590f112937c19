using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lectern.Tutoring.Sessions;

namespace Lectern.Tutoring.Live;

/// <summary>What the server tells a client; docs/live-protocol.md, section 4, tells what each one means.</summary>
internal abstract record ServerFrame
{
    // Escaping for HTML would only cost bytes: nobody puts a frame into a page as it is.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private protected ServerFrame(string type) => Type = type;

    [JsonPropertyOrder(-2)]
    public string Type { get; }

    [JsonPropertyOrder(-1)]
    public long Seq { get; init; }

    /// <summary>UTF-8 JSON.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, GetType(), Json);
}

internal sealed record ReadyFrame(
    Guid Session, DateTime ServerTime, DateTime EndsAt, int IdleMinutes, int MessagesLeft, TeacherView Teacher, string Title, bool Resumed, IReadOnlyList<TurnView> Turns, AudioOffer Audio) : ServerFrame("ready");

internal sealed record StateFrame(string Value) : ServerFrame("state");

internal sealed record QuestionFrame(int Turn, string Id, string Text, int? MessagesLeft) : ServerFrame("question");

internal sealed record PhraseFrame(int Turn, int Index, string Text, double Pace) : ServerFrame("phrase")
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Again { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Utterance { get; init; }
}

internal sealed record AnswerFrame(int Turn, string Outcome, string Text, IReadOnlyList<CitationView> Citations, string Grounded) : ServerFrame("answer")
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Again { get; init; }
}

internal sealed record TimeFrame(string Kind, int SecondsLeft) : ServerFrame("time");

internal sealed record SavedFrame(bool Value) : ServerFrame("saved");

internal sealed record NoticeFrame(string Code, string Text) : ServerFrame("notice");

internal sealed record ErrorFrame(string Code, string Title, string Detail, bool Fatal) : ServerFrame("error")
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? About { get; init; }
}

internal sealed record PongFrame(double T, DateTime ServerTime) : ServerFrame("pong");

internal sealed record EndedFrame(string Reason, string SummaryUrl) : ServerFrame("ended");

/// <summary>What the school can do; part of ready.</summary>
internal sealed record AudioOffer(SoundOffer? Out, SoundOffer? In, bool Recognition);

internal sealed record SoundOffer(IReadOnlyList<string> Formats, int SampleRate);

internal sealed record AudioFrame(SoundTerms? Out, SoundTerms? In) : ServerFrame("audio");

internal sealed record SoundTerms(string Format, int SampleRate);

/// <param name="Words">Milliseconds, start, length.</param>
/// <param name="Visemes">Milliseconds, viseme.</param>
internal sealed record SpeechFrame(int Turn, long Utterance, int Index, string Text, int Place, int FromMs, int? Ms, IReadOnlyList<int[]> Words, IReadOnlyList<int[]> Visemes) : ServerFrame("speech");

internal sealed record ClearFrame(long Utterance) : ServerFrame("clear");

internal sealed record DuckFrame(long Utterance, bool Value) : ServerFrame("duck");

internal sealed record HearingFrame(string Value) : ServerFrame("hearing");
