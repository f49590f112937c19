using Lectern.Voice.Turns;

namespace Lectern.Tests.Voice.Turns;

public sealed class HistoryTests
{
    private static History Talked()
    {
        var history = new History([]);
        history.AddQuestion(1, "12345", clientId: null);
        history.AddAnswer(1, "1234567890", AnswerOutcome.Completed);
        history.AddQuestion(2, "12345", "q2");
        history.AddAnswer(2, "12345", AnswerOutcome.Stopped);
        return history;
    }

    [Theory]
    [InlineData(25, "1 1 2 2")]
    [InlineData(24, "2 2")]
    [InlineData(20, "2 2")]
    [InlineData(10, "2 2")]
    [InlineData(9, "")]
    [InlineData(0, "")]
    public void The_latest_turns_are_whole_and_begin_with_a_question(int characters, string numbers) =>
        Assert.Equal(numbers, string.Join(' ', Talked().Latest(characters).Select(t => t.Number)));

    [Fact]
    public void An_answer_of_which_nothing_was_given_out_leaves_no_trace()
    {
        var history = Talked();
        history.AddQuestion(3, "So?", clientId: null);
        history.AddAnswer(3, "", AnswerOutcome.Stopped);

        Assert.Equal(2, history.LastAnswer?.Number);
        Assert.True(history.LastAnswer?.IsStopped);
        Assert.Equal(4, history.NextNumber);
        Assert.Equal(3, history.Questions);
    }

    [Fact]
    public void A_question_is_found_by_its_senders_name()
    {
        Assert.Equal(2, Talked().FindQuestion("q2")?.Number);
        Assert.Null(Talked().FindQuestion("q1"));
    }
}
