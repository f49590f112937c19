using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Lectern.Ai.Speech.Espeak;
using Lectern.Tests.Fakes.Speech;

namespace Lectern.Tests.Ai.Speech;

/// <summary>The helper by itself, as its README.md describes it.</summary>
public sealed class EspeakHelperTests
{
    [FactWithEspeak]
    public async Task It_says_what_it_can_do()
    {
        using var helper = new Helper();

        var (kind, hello) = await helper.NextAsync();

        Assert.Equal('H', kind);
        Assert.Equal(1, hello.GetProperty("protocol").GetInt32());
        Assert.Equal(22_050, hello.GetProperty("sampleRate").GetInt32());
        Assert.NotEqual("", hello.GetProperty("version").GetString());
        var voices = hello.GetProperty("voices").EnumerateArray().ToDictionary(voice => voice.GetProperty("name").GetString()!); // a voice has a name
        Assert.True(voices.Count > 80);
        Assert.Equal(5, voices["de"].GetProperty("languages").GetProperty("de").GetInt32());
        Assert.True(voices["en-us"].GetProperty("languages").TryGetProperty("en", out _));
        Assert.Contains(hello.GetProperty("variants").EnumerateArray(), variant => variant.GetString() == "f3");
    }

    [TheoryWithEspeak]
    [InlineData("garbage", "bad-request")]
    [InlineData("", "bad-request")]
    [InlineData("[]", "bad-request")]
    [InlineData("{}", "bad-request")]
    [InlineData("""{"text":"a"}""", "bad-request")]
    [InlineData("""{"text":5,"voice":"de"}""", "bad-request")]
    [InlineData("""{"text":"a","voice":"de","rate":"fast"}""", "bad-request")]
    [InlineData("""{"text":"\ud800","voice":"de"}""", "bad-request")]
    [InlineData("""{"text":"a","voice":"klingon"}""", "unknown-voice")]
    [InlineData("""{"text":"a","voice":"../../etc/passwd"}""", "unknown-voice")]
    [InlineData("""{"text":"a","voice":"de+../../../etc/passwd"}""", "unknown-voice")]
    [InlineData("""{"text":"a","voice":""}""", "unknown-voice")]
    public async Task What_is_no_request_is_refused_and_the_next_is_spoken(string line, string code)
    {
        using var helper = new Helper();
        await helper.NextAsync();

        await helper.SendAsync(line);
        var (kind, refusal) = await helper.NextAsync();

        Assert.Equal('X', kind);
        Assert.Equal(code, refusal.GetProperty("code").GetString());
        Assert.Equal("MPE", await helper.SpeakAsync("""{"text":"a","voice":"de"}"""));
    }

    [FactWithEspeak]
    public async Task A_text_or_a_line_that_is_too_long_is_refused_and_the_next_is_spoken()
    {
        using var helper = new Helper();
        await helper.NextAsync();

        foreach (var line in (string[])[$$"""{"text":"{{new string('x', 2_001)}}","voice":"de"}""", new string('x', 1_000_000), $$"""{"text":"{{new string('x', 1_000_000)}}","voice":"de"}"""])
        {
            await helper.SendAsync(line);
            Assert.Equal("too-long", (await helper.NextAsync()).Content.GetProperty("code").GetString());
        }

        Assert.Equal("MPE", await helper.SpeakAsync("""{"text":"a","voice":"de"}"""));
    }

    [FactWithEspeak]
    public async Task It_ends_when_its_input_does_after_what_it_was_asked_for()
    {
        using var helper = new Helper();
        await helper.NextAsync();

        await helper.SendAsync("""{"text":"a","voice":"de"}""");
        helper.CloseInput();

        Assert.Equal('M', (await helper.NextAsync()).Kind);
        Assert.Equal(0, await helper.ExitAsync());
    }

    [FactWithEspeak]
    public async Task It_ends_when_nobody_reads_what_it_says()
    {
        using var helper = new Helper();
        await helper.NextAsync();

        helper.CloseOutput();
        await helper.SendAsync("""{"text":"a","voice":"de"}""");

        Assert.Equal(0, await helper.ExitAsync());
    }

    private sealed class Helper : IDisposable
    {
        private readonly Process _process = Process.Start(new ProcessStartInfo("dotnet", [EspeakOnThisMachine.Helper]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!; // a new process

        public async Task SendAsync(string line)
        {
            await _process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
            await _process.StandardInput.BaseStream.FlushAsync();
        }

        public async Task<(char Kind, JsonElement Content)> NextAsync()
        {
            var frame = await EspeakFrames.ReadAsync(_process.StandardOutput.BaseStream, default);
            return (frame.Kind, frame.Kind is 'P' or 'E' ? default : JsonDocument.Parse(frame.Content).RootElement);
        }

        /// <summary>The kinds of the answer's frames, those of sound once.</summary>
        public async Task<string> SpeakAsync(string line)
        {
            await SendAsync(line);
            var kinds = "";
            while (!kinds.EndsWith('E') && !kinds.EndsWith('X'))
            {
                var (kind, _) = await NextAsync();
                kinds += kinds.EndsWith(kind) ? "" : kind;
            }
            return kinds;
        }

        public void CloseInput() => _process.StandardInput.Close();

        public void CloseOutput() => _process.StandardOutput.Close();

        public async Task<int> ExitAsync()
        {
            await _process.WaitForExitAsync();
            return _process.ExitCode;
        }

        public void Dispose()
        {
            _process.Kill();
            _process.Dispose();
        }
    }
}
