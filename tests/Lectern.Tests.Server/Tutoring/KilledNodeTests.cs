using Lectern.Bench.Chaos;
using Lectern.Tests.Server.Fakes;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>Nodes that die without a last word: processes of their own, killed in mid-answer. <c>bench/Lectern.Bench chaos</c> does the same a hundred times.</summary>
[Collection(ProgramCollection.Name)]
public sealed class KilledNodeTests(LecternProgram program)
{
    [Fact]
    public async Task Answers_go_on_at_another_node_at_the_next_unheard_word_and_no_turn_is_lost()
    {
        using var one = await Student.NewAsync(program);
        using var two = await Student.NewAsync(program);
        string[] tokens = [TokenOf(one), TokenOf(two)];
        var place = new ChaosPlace(Path.Combine(AppContext.BaseDirectory, "Lectern.Server.dll"), program.Folder, program.Connections, one.Course.Id, tokens);

        var report = await ChaosRun.RunAsync(new ChaosSettings(Kills: 3, Nodes: 2, Students: 2, Turns: 3, MillisecondsPerCharacter: 30, Seed: 7), place, _ => { }, default);

        Assert.Empty(report.Problems);
        Assert.Equal((3, 0, 0), (report.Kills, report.TurnsLost, report.Unfinished));
        Assert.NotEqual(0, report.Interrupted);
        Assert.Equal(report.Interrupted, report.Continued.Count);
    }

    private static string TokenOf(Student student) => student.Http.DefaultRequestHeaders.Authorization!.Parameter!; // signed in
}
