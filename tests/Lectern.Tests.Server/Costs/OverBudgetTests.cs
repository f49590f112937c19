using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lectern.Costs.Budgets;
using Lectern.Costs.Contracts;
using Lectern.Costs.Metering;
using Lectern.Courses.Contracts;
using Lectern.Platform.Schools;
using Lectern.Tests.Fakes.Model;
using Lectern.Tests.Server.Fakes;
using Lectern.Tests.Server.Tutoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Server.Costs;

/// <summary>Conversations under a budget, by the whole program: what they use is booked on them, and what the budget no longer allows is told and done without.</summary>
[Collection(ProgramCollection.Name)]
public sealed class OverBudgetTests(LecternProgram program) : IAsyncLifetime
{
    private FakeModelServer _model = null!; // set by InitializeAsync
    private LecternNode _node = null!; // set by InitializeAsync

    public async Task InitializeAsync()
    {
        _model = await FakeModelServer.StartAsync();
        _node = await program.StartNodeAsync(new Dictionary<string, string>(Model.Settings(_model)) { ["Ai:Model:Price"] = "openai-gpt-4o-mini" });
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task What_a_conversation_uses_is_booked_on_its_course_and_session()
    {
        using var student = await Student.NewAsync(program, _node, await CourseAsync("metered"));
        var (session, line) = await student.TalkAsync(_node);
        await using (line)
            await line.AskAsync("m-1", "What is a cell?");
        await _node.Services.GetRequiredService<UsageMeter>().FlushAsync();

        await using var owner = NpgsqlDataSource.Create(program.Connections.Owner);
        await using var command = owner.CreateCommand("select string_agg(kind || ' ' || price_id || ' ' || pricing, ', ' order by kind) from cost_usage where session_id = $1 and course_id = $2 and block_id is not null");
        command.Parameters.Add(new NpgsqlParameter { Value = session.Id });
        command.Parameters.Add(new NpgsqlParameter { Value = student.Course.Id });

        Assert.Equal("model-input-tokens openai-gpt-4o-mini-input priced, model-output-tokens openai-gpt-4o-mini-output priced", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task When_the_budget_is_used_up_nothing_new_begins_and_the_student_is_told_until_when()
    {
        using var student = await Student.NewAsync(program, _node, await CourseAsync("closed"));
        await CapAsync(student.Course, 0.01m);
        await SpendAsync(student.Course, 1_000_000);

        using var answer = await student.TryStartAsync();
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("urn:lectern:tutoring:over-budget", problem.GetProperty("type").GetString());
        Assert.Contains("budget", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.True(problem.GetProperty("retryAt").GetDateTimeOffset() > DateTimeOffset.UtcNow);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_conversation_that_goes_on_quotes_the_course_when_its_budget_is_used_up_and_has_its_model_back_when_it_is_raised()
    {
        using var student = await Student.NewAsync(program, _node, await CourseAsync("running"));
        var (_, line) = await student.TalkAsync(_node);
        await using var _ = line;
        Assert.Equal("completed", (await line.AskAsync("m-1", "What is a cell?")).GetProperty("outcome").GetString());
        var asked = _model.Calls.Count;
        await CapAsync(student.Course, 0.000001m);
        await _node.Services.GetRequiredService<FiguresBook>().ReadAsync(program.Demo.Id, default);

        var meanwhile = await line.AskAsync("m-2", "What is a cell?");
        Assert.Equal((asked, "quoted"), (_model.Calls.Count, meanwhile.GetProperty("grounded").GetString()));
        await CapAsync(student.Course, 10m);
        await _node.Services.GetRequiredService<FiguresBook>().ReadAsync(program.Demo.Id, default);
        await line.AskAsync("m-3", "What is a cell?");

        Assert.Equal(asked + 1, _model.Calls.Count);
        Assert.DoesNotContain("error", line.Types);
    }

    private async Task<string> CourseAsync(string slug) => (await TestCourse.ImportAsync(program, program.Demo, $"budget-{slug}", "en", ("A lesson", "## Cells\n\nA cell is the smallest thing that lives on its own.\n\n## Volcanoes\n\nMolten rock rises through a vent and hardens into a mountain.\n\n## Rivers\n\nWater runs downhill and carves a valley over thousands of years.\n"))).Slug;

    private async Task CapAsync(CourseBrief course, decimal amount)
    {
        await using var scope = _node.Services.GetRequiredService<SchoolScopes>().Enter(program.Demo);
        var book = scope.ServiceProvider.GetRequiredService<BudgetBook>();
        var known = await scope.ServiceProvider.GetRequiredService<Lectern.Platform.Data.LecternDb>().Set<Budget>().SingleOrDefaultAsync(budget => budget.CourseId == course.Id);
        if (known is null)
            await book.AddAsync(SpentKey.Course, course.Id, SpentKey.Month, BudgetTerms.Cap(amount, "USD"), default);
        else
            await book.ChangeAsync(known, BudgetTerms.Cap(amount, "USD"), default);
    }

    private async Task SpendAsync(CourseBrief course, decimal tokens)
    {
        var meter = _node.Services.GetRequiredService<UsageMeter>();
        meter.TryReport(new Usage($"spent-{course.Slug}", program.Demo.Id, course.Id, SessionId: null, UsageKind.ModelOutputTokens, tokens, "openai", "openai-gpt-4o-mini-output", DateTimeOffset.UtcNow));
        await meter.FlushAsync();
    }
}
