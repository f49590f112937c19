using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lectern.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Server.Operations;

/// <summary>What a program is told when something goes wrong under <c>/api</c>, whatever it says it accepts.</summary>
public sealed class ApiErrorTests
{
    [Theory]
    [InlineData("/api/v1/breaks", 500, "*/*")]
    [InlineData("/api/v1/breaks", 500, "text/html")]
    [InlineData("/api/v1/breaks", 500, null)]
    [InlineData("/api/v1/nowhere", 404, "*/*")]
    [InlineData("/api/v1/nowhere", 404, "text/html")]
    public async Task A_program_gets_problem_details(string path, int status, string? accept)
    {
        await using var app = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
            request.Headers.Add("Accept", accept);

        using var answer = await app.GetTestClient().SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetInt32());
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_gets_a_page()
    {
        await using var app = await StartAsync();

        using var answer = await app.GetTestClient().GetAsync("/breaks");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("page 500", await answer.Content.ReadAsStringAsync());
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddProblemDetails();
        var app = builder.Build();
        app.UseErrorPages();
        app.UseRouting();
        app.MapGet("/breaks", Break);
        app.MapGet("/api/v1/breaks", Break);
        app.MapGet("/problem/{code:int}", (int code) => $"page {code}");
        await app.StartAsync();
        return app;
    }

    private static string Break() => throw new InvalidOperationException("a secret");
}
