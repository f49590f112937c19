using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Lectern.Ai;

/// <summary>Which models the school is connected to. Without any, Lectern answers by quoting its courses.</summary>
public sealed record AiOptions
{
    // Without the attribute the rules inside would not be looked at.
    [ValidateObjectMembers]
    public ModelOptions Model { get; init; } = new();

    [ValidateObjectMembers]
    public SpeechOptions Speech { get; init; } = new();

    [ValidateObjectMembers]
    public TranscriptionOptions Transcription { get; init; } = new();
}
