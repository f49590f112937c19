using System.Runtime.CompilerServices;
using Lectern.Ai.Contracts;
using Lectern.Courses.Contracts;
using Lectern.Courses.Search;
using Lectern.Platform.Localization;
using Lectern.Platform.Schools;
using Lectern.Voice;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lectern.Tutoring.Grounding;

/// <summary>What the teachers of all conversations share.</summary>
internal sealed record TeacherTools(SchoolScopes Scopes, ILanguageModels Models, TextLibrary Library, FollowUps FollowUps, ILogger<GroundedTeacher> Log);

/// <summary>Whether a conversation's model has just gone away or come back.</summary>
internal enum ModelTurn
{
    Away,
    Back,
}

/// <summary>
/// Answers a student from the course: by a language model that is given the passages found, or, where none is connected or it fails before its first word,
/// by quoting them. Attaches a <see cref="Citation"/> for each passage used, and the answer's <see cref="Footing"/>.
/// </summary>
/// <param name="onModel">Told when answers begin to come from elsewhere than before.</param>
internal sealed partial class GroundedTeacher(School school, Subject subject, TeacherTools tools, Action<ModelTurn> onModel) : IResponder
{
    private const int Passages = 12;

    private bool _isAway;

    /// <summary>Reads the course, so that the first question does not wait for it. What fails here fails again, and is told, with a question.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = tools.Scopes.Enter(school);
            await scope.ServiceProvider.GetRequiredService<QuestionSearch>().PassagesAsync(subject.CourseId, subject.Language, ct);
        }
        catch (Exception e)
        {
            LogNotPrepared(tools.Log, e);
        }
    }

    public async IAsyncEnumerable<ResponsePart> RespondAsync(ResponseRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        if (request.Begun is { IsWhole: true })
        {
            // Its words and citations are stored; the one thing that is not tells whose words they are.
            yield return new Attachment(tools.Models.Teacher is null ? Footing.Quoted : Footing.Model);
            yield break;
        }
        if (tools.Models.Teacher is { } model)
        {
            var passages = await PassagesAsync(request, ct);
            var begun = Begun.Of(request.Begun);
            var answer = new ModelAnswer(passages, subject.Language, begun);
            var text = model.GetStreamingResponseAsync(TeacherPrompt.Build(subject, request.Question, request.History, passages, begun), cancellationToken: ct).GetAsyncEnumerator(ct);
            await using var _ = text.ConfigureAwait(false);
            if (await FirstAsync(text))
            {
                do
                {
                    foreach (var part in answer.Take(text.Current))
                        yield return part;
                }
                while (await text.MoveNextAsync());
                foreach (var part in answer.End(tools.Library.For(subject.Language, school)))
                    yield return part;
                yield break;
            }
        }
        await using var scope = tools.Scopes.Enter(school);
        var search = scope.ServiceProvider.GetRequiredService<QuestionSearch>();
        var t = tools.Library.For(subject.Language, school);
        var reader = new QuotingReader(search, tools.FollowUps, subject, t);
        var reply = await reader.ReplyAsync(request.Question, request.History, ct);
        var said = request.Begun?.Text ?? "";
        if (!reply.Text.StartsWith(said, StringComparison.Ordinal))
        {
            // A model began it, and is away now.
            yield return new TextDelta($"\n\n{t["I was interrupted here. Ask me to go on."]}");
            yield break;
        }
        // What an answer stands on goes before it, so that it is stored with the first phrase.
        foreach (var citation in reply.Citations.Where(citation => request.Begun?.Attachments.OfType<Citation>().Any(known => known.Label == citation.Label) != true))
            yield return new Attachment(citation);
        yield return new Attachment(reply.Footing);
        yield return new TextDelta(reply.Text[said.Length..]);
    }

    /// <summary>False if the model cannot be had; once it has begun, its failures are the conversation's.</summary>
    private async Task<bool> FirstAsync(IAsyncEnumerator<ChatResponseUpdate> text)
    {
        try
        {
            if (!await text.MoveNextAsync())
                return false;
            Tell(isAway: false);
            return true;
        }
        catch (ModelUnavailableException e)
        {
            LogAway(tools.Log, e.Kind, e);
            Tell(isAway: true);
            return false;
        }
    }

    private void Tell(bool isAway)
    {
        if (_isAway == isAway)
            return;
        _isAway = isAway;
        onModel(isAway ? ModelTurn.Away : ModelTurn.Back);
    }

    // A scope of its own, closed before the model speaks: it leases a database context, and an answer may take a minute.
    private async Task<IReadOnlyList<Passage>> PassagesAsync(ResponseRequest request, CancellationToken ct)
    {
        await using var scope = tools.Scopes.Enter(school);
        var search = scope.ServiceProvider.GetRequiredService<QuestionSearch>();
        var found = await new Enquiry(search, tools.FollowUps, subject).FindAsync(request.Question, request.History, Passages, ct);
        if (found.Best.Count > 0)
            return [.. found.Best.Select(match => match.Passage)];
        var all = await search.PassagesAsync(subject.CourseId, subject.Language, ct);
        return [.. all.Where(passage => subject.LessonId is null || passage.LessonId == subject.LessonId).Take(Passages)];
    }

    [LoggerMessage(EventId = 5002, Level = LogLevel.Information, Message = "A course could not be read ahead of the first question.")]
    private static partial void LogNotPrepared(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "The language model is away ({Kind}); the teacher quotes the course.")]
    private static partial void LogAway(ILogger logger, ModelFailure kind, Exception exception);
}
