using System.Net;
using AngleSharp.Html.Parser;
using Lectern.Costs.Metering;
using Lectern.Tests.Server.Fakes;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Tests.Server.Costs;

/// <summary>Prices that a school has agreed itself, entered without script.</summary>
[Collection(ProgramCollection.Name)]
public sealed class OwnPricePageTests(LecternProgram program)
{
    private const string Item = "openai-gpt-4o-mini-input";
    private const string Other = "openai-gpt-4o-mini-output";
    private const string Page = "/admin/costs/prices";

    [Fact]
    public async Task A_price_is_set_changed_and_removed()
    {
        using var admin = await Forms.SignInAsync(program, "admin@demo.test");

        using (var saved = await admin.PostAsync($"{Page}?edit={Item}", "own-price", Entries("0.12")))
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(0.12m / 1_000_000, (await FindAsync(Item))?.Rate);
        using (var changed = await admin.PostAsync($"{Page}?edit={Item}", "own-price", Entries("0.11")))
            Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(0.11m / 1_000_000, (await FindAsync(Item))?.Rate);
        using (var removed = await admin.PostAsync($"{Page}/{Item}/remove", "remove-price", []))
            Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        Assert.Null(await FindAsync(Item));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("1.234,50")]
    [InlineData("120")]
    [InlineData("0.0001")]
    public async Task A_price_that_makes_no_sense_or_is_far_off_is_told_and_not_stored(string amount)
    {
        using var admin = await Forms.SignInAsync(program, "admin@demo.test");

        using var answer = await admin.PostAsync($"{Page}?edit={Other}", "own-price", Entries(amount));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull(new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector(".error-summary"));
        Assert.Null(await FindAsync(Other));
    }

    [Theory]
    [InlineData($"{Page}?q=gpt-4o-mini", HttpStatusCode.OK)]
    [InlineData($"{Page}?q=%3Cscript%3E&page=99999", HttpStatusCode.OK)]
    [InlineData($"{Page}?edit=aws-ec2-t3-medium", HttpStatusCode.OK)]
    [InlineData($"{Page}?edit=%27;drop", HttpStatusCode.OK)]
    [InlineData($"{Page}/{Other}/remove", HttpStatusCode.NotFound)]
    [InlineData($"{Page}/nothing/remove", HttpStatusCode.NotFound)]
    public async Task Addresses_that_name_nothing_break_nothing(string path, HttpStatusCode expected)
    {
        using var admin = await program.SignedInAsync("admin@demo.test");

        using var answer = await admin.GetAsync(path);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Null(new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector("input[name='Input.Amount']"));
    }

    private static Dictionary<string, string> Entries(string amount) => new() { ["Input.Amount"] = amount, ["Input.Currency"] = "USD", ["Input.Note"] = "contract" };

    private async Task<OwnPrice?> FindAsync(string item)
    {
        await using var db = program.Factory.Create(program.Demo);
        return await db.Set<OwnPrice>().AsNoTracking().SingleOrDefaultAsync(price => price.PriceId == item);
    }
}
