using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Lectern.Tests.Server.Fakes;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Server.Localization;

/// <summary>Walks every page of the program under the pseudo-language, as everybody who may come: what is not in ⟦…⟧ was never given to the translators.</summary>
[Collection(ProgramCollection.Name)]
public sealed class EveryPageTests(LecternProgram program)
{
    private static readonly string?[] Visitors = [null, "student@demo.test", "teacher@demo.test", "admin@demo.test"];

    // What is neither translated nor in the database.
    private static readonly string[] Names = ["Lectern", "demo-lectern-1", "CC-BY-4.0", "accounts.test", "Deutsch", "English", "new@demo.test", "EUR", "USD"];

    // Made for other eyes, or shown only when something went wrong.
    private static readonly string[] NotForEverybody = ["/style", "/problem/not-found", "/problem/{code:int}"];

    [Fact]
    public async Task No_page_shows_a_text_that_is_not_translated()
    {
        var places = await DemoPlaces.MakeAsync(program);
        var shown = new ShownTexts([.. Names, .. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id.Replace('_', ' ')), .. await NamesOfTheDemoAsync()]);
        var (found, seen) = (new List<string>(), new HashSet<string>());
        foreach (var visitor in Visitors)
        {
            using var client = visitor is null ? program.Client() : await program.SignedInAsync(visitor);
            (await client.GetAsync("/problem/404?lang=qps-ploc")).Dispose();
            foreach (var route in Routes())
            {
                using var answer = await client.GetAsync(places.AddressOf(route));
                if (answer.StatusCode == HttpStatusCode.OK)
                    seen.Add(route);
                if (answer.Content.Headers.ContentType?.MediaType == "text/html" && answer.StatusCode != HttpStatusCode.Redirect)
                    found.AddRange(shown.Untranslated(await ReadAsync(answer)).Select(text => $"{route} ({visitor ?? "signed out"}, {(int)answer.StatusCode}): {text}"));
            }
        }

        Assert.True(seen.Count > 25, $"Only {seen.Count} pages were seen.");
        Assert.Empty(Routes().Except(seen).Except(NotForEverybody));
        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    [Theory]
    [InlineData("<p>Untold</p>", "Untold")]
    [InlineData("<p>⟦Ţöļð ⟦ŵîţĥîñ⟧ one⟧ and more</p>", "⟦Ţöļð ⟦ŵîţĥîñ⟧ one⟧ and more")]
    [InlineData("<button aria-label=\"Close\">⟦Çļöšé⟧</button>", "Close")]
    [InlineData("<input placeholder=\"Search\">", "Search")]
    [InlineData("<p lang=\"fr\">Bonjour</p><p translate=\"no\">Data</p><p>Ada Lovelace, 12:30 PM</p><script>let x</script>", null)]
    public void A_text_from_nowhere_is_found(string html, string? expected)
    {
        var page = new HtmlParser().ParseDocument($"<html lang=en-XA><title></title><body>{html}");

        Assert.Equal(expected is null ? [] : [expected], new ShownTexts(["Ada Lovelace"]).Untranslated(page));
    }

    private List<string> Routes() => [.. program.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct()]; // a route of a page was written down

    private static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) => new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    private async Task<List<string>> NamesOfTheDemoAsync()
    {
        await using var owner = NpgsqlDataSource.Create(program.Connections.Owner);
        await using var command = owner.CreateCommand("""
            select name from school union select display_name from person union select email from person union select name from teacher_character
            union select title from course union select summary from course union select author from course union select title from lesson union select summary from lesson
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
            names.Add(reader.GetString(0));
        return names;
    }
}
