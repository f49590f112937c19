namespace Lectern.Costs.Planning.Input;

/// <summary>Every figure of a workload. The reader, the schema, the questions of <c>plan init</c>, the sliders of the page and the drivers of a bill all come from this list.</summary>
internal static class WorkloadInputs
{
    private static readonly List<WorkloadInput> List = [];

    // T["Students"] T["Active in a month"] T["Conversations"] T["Length of a conversation"] T["Spoken conversations"] T["Conversations with an avatar"]
    // T["Turns a minute"] T["Talking at the busiest moment"] T["Calls a day"] T["Length of a call"] T["Tests taken"] T["Pages"] T["Size of a page"]
    // T["Pages in the busiest hour"] T["Video"] T["Size of a minute of video"] T["Served by the content network"] T["Mails"] T["Logs"]
    // T["Instructions to the model"] T["Length of a question"] T["Length of an answer"] T["Remembered conversation"]

    public static WorkloadInput Students { get; } = Add("students", PlanUnit.Count, null, 100_000_000, "Students", "How many students have an account?");

    public static WorkloadInput Active { get; } = Add("active", PlanUnit.Share, "70 %", 1, "Active in a month", "Which share of them comes in a month?");

    public static WorkloadInput Sessions { get; } = Add("sessions", PlanUnit.Count, "2", 1000, "Conversations", "How many conversations with the teacher has an active student in a month?");

    public static WorkloadInput SessionLength { get; } = Add("session-length", PlanUnit.Time, "15 min", 240, "Length of a conversation", "How long is a conversation?");

    public static WorkloadInput Spoken { get; } = Add("spoken", PlanUnit.Share, "50 %", 1, "Spoken conversations", "Which share of the conversations is spoken (the others are typed)?");

    public static WorkloadInput Avatar { get; } = Add("avatar", PlanUnit.Share, "0 %", 1, "Conversations with an avatar", "Which share of the conversations has a filmed avatar of a provider?");

    public static WorkloadInput Turns { get; } = Add("turns", PlanUnit.Count, "2", 60, "Turns a minute", "How many questions are asked in a minute of conversation?");

    public static WorkloadInput Peak { get; } = Add("peak", PlanUnit.Share, "10 %", 1, "Talking at the busiest moment", "Which share of the active students talks at the busiest moment?");

    public static WorkloadInput CallsPerDay { get; } = Add("calls-per-day", PlanUnit.Count, "0", 10_000_000, "Calls a day", "How many telephone calls come in a day?");

    public static WorkloadInput CallLength { get; } = Add("call-length", PlanUnit.Time, "3 min", 240, "Length of a call", "How long is a call?");

    public static WorkloadInput Tests { get; } = Add("tests", PlanUnit.Count, "2", 10_000, "Tests taken", "How many tests takes an active student in a month?");

    public static WorkloadInput Pages { get; } = Add("pages", PlanUnit.Count, "100", 100_000, "Pages", "How many pages opens an active student in a month?");

    public static WorkloadInput PageSize { get; } = Add("page-size", PlanUnit.Data, "60 KB", 0.1m, "Size of a page", "How much is sent for a page, with its pictures?");

    public static WorkloadInput BusiestHour { get; } = Add("busiest-hour", PlanUnit.Share, "1 %", 1, "Pages in the busiest hour", "Which share of a month's pages falls into its busiest hour?");

    public static WorkloadInput Video { get; } = Add("video", PlanUnit.Time, "0 min", 100_000, "Video", "How much video watches an active student in a month?");

    public static WorkloadInput VideoSize { get; } = Add("video-size", PlanUnit.Data, "8 MB", 1, "Size of a minute of video", "How much data is a minute of video?");

    public static WorkloadInput CdnHits { get; } = Add("cdn-hits", PlanUnit.Share, "90 %", 1, "Served by the content network", "Which share of video and pictures does the content network serve itself?");

    public static WorkloadInput Mails { get; } = Add("mails", PlanUnit.Count, "4", 10_000, "Mails", "How many mails gets an active student in a month?");

    public static WorkloadInput Logs { get; } = Add("logs", PlanUnit.DataPerMonth, null, 100_000_000, "Logs", "How much is logged (2 KB for each page and each answer when you don't know)?");

    public static WorkloadInput Instructions { get; } = Add("instructions", PlanUnit.Tokens, "1200 tokens", 1_000_000, "Instructions to the model", "How long are instructions and passages that go with each question?");

    public static WorkloadInput QuestionLength { get; } = Add("question-length", PlanUnit.Tokens, "40 tokens", 100_000, "Length of a question", "How long is a question?");

    public static WorkloadInput AnswerLength { get; } = Add("answer-length", PlanUnit.Tokens, "120 tokens", 100_000, "Length of an answer", "How long is an answer?");

    public static WorkloadInput Memory { get; } = Add("memory", PlanUnit.Tokens, "2000 tokens", 10_000_000, "Remembered conversation", "How much of the conversation so far goes with each question at most?");

    /// <summary>All, in the order in which they are asked.</summary>
    public static IReadOnlyList<WorkloadInput> All => List;

    private static WorkloadInput Add(string key, PlanUnit unit, string? @default, decimal most, string label, string question)
    {
        var input = new WorkloadInput(List.Count, key, unit, @default, most, label, question);
        List.Add(input);
        return input;
    }
}
