using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lectern.Tests.Server.Fakes;

namespace Lectern.Tests.Server.Schools;

/// <summary>Two schools on one installation, over HTTP.</summary>
[Collection(ProgramCollection.Name)]
public sealed class TwoSchoolsTests(LecternProgram program)
{
    private const int Requests = 10_000;

    [Fact]
    public async Task One_address_and_password_are_two_people_in_two_schools()
    {
        using var here = await program.SignedInAsync("student@demo.test");
        using var there = await program.SignedInAsync("student@demo.test", "other.localhost");

        Assert.NotEqual(await NameAsync(here), await NameAsync(there));
        Assert.Equal("Olga Other", await NameAsync(there));
    }

    [Fact]
    public async Task A_token_of_one_school_opens_nothing_in_another()
    {
        using var here = await program.SignedInAsync("student@demo.test");
        using var there = program.Client("other.localhost");
        there.DefaultRequestHeaders.Authorization = here.DefaultRequestHeaders.Authorization;

        using var answer = await there.GetAsync("/api/v1/me");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Courses_of_one_school_are_not_seen_in_another()
    {
        using var here = program.Client();
        using var there = program.Client("other.localhost");

        Assert.Contains("/courses/algebra", await here.GetStringAsync("/courses"), StringComparison.Ordinal);
        Assert.DoesNotContain("/courses/algebra", await there.GetStringAsync("/courses"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await there.GetAsync("/courses/algebra")).StatusCode);
    }

    [Fact]
    public async Task Ten_thousand_mixed_concurrent_requests_of_two_schools_never_mix()
    {
        using var here = await program.SignedInAsync("student@demo.test");
        using var there = await program.SignedInAsync("student@demo.test", "other.localhost");
        var nameHere = await NameAsync(here);
        var wrong = 0;

        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (n, ct) =>
        {
            var isHere = (n * 7919) % 2 == 0;
            var client = isHere ? here : there;
            if (n % 5 == 0)
            {
                var html = await client.GetStringAsync("/courses", ct);
                if (html.Contains("/courses/algebra", StringComparison.Ordinal) != isHere)
                    Interlocked.Increment(ref wrong);
                return;
            }
            var me = await client.GetFromJsonAsync<JsonElement>("/api/v1/me", ct);
            if (me.GetRawText().Contains(nameHere, StringComparison.Ordinal) != isHere)
                Interlocked.Increment(ref wrong);
        });

        Assert.Equal(0, wrong);
    }

    private static async Task<string> NameAsync(HttpClient client)
    {
        var me = await client.GetFromJsonAsync<JsonElement>("/api/v1/me");
        return me.EnumerateObject().First(property => property.Name.Contains("ame", StringComparison.Ordinal)).Value.GetString()!; // every person has a name
    }
}
