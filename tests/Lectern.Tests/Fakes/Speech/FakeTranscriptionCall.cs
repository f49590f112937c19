using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;

namespace Lectern.Tests.Fakes.Speech;

/// <summary>A recording to be written down.</summary>
public sealed class FakeTranscriptionCall(Func<FakeTranscriptionCall, Task> script) : FakeAudioCall
{
    private const int HeaderLength = 44;

    /// <summary>The file as received.</summary>
    public byte[] Wav { get; private set; } = [];

    public string FileName { get; private set; } = "";

    public string FileType { get; private set; } = "";

    /// <summary>The form's other fields.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; private set; } = new Dictionary<string, string>();

    /// <summary>The language that was hinted at, or null.</summary>
    public string? Language => Fields.GetValueOrDefault("language");

    /// <summary>Without the file's header.</summary>
    public short[] Samples => MemoryMarshal.Cast<byte, short>(Wav.AsSpan(HeaderLength)).ToArray();

    /// <summary>What was heard.</summary>
    public Task SayAsync(string text) => Response.WriteAsJsonAsync(new { text });

    private protected override async Task ReadAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var file = form.Files.GetFile("file") ?? throw new BadHttpRequestException("The form has no file.");
        using var wav = new MemoryStream();
        await file.CopyToAsync(wav);
        (Wav, FileName, FileType) = (wav.ToArray(), file.FileName, file.ContentType);
        Fields = form.ToDictionary(field => field.Key, field => field.Value.ToString());
    }

    private protected override Task RunAsync() => script(this);
}
