using Lectern.Voice.Journal;
using Lectern.Voice.Speech;
using Lectern.Voice.Turns;

namespace Lectern.Voice.Loop;

/// <summary>An answer that begins in one conversation and ends in another: left behind by a host that goes away, taken up by the next.</summary>
internal sealed partial class Dialogue
{
    /// <summary>Goes on with an answer; its listener is waited for, and hears it from the first word that was not heard.</summary>
    public void TakeUp(UnfinishedAnswer unfinished, TimeSpan now)
    {
        Now = now;
        if (History.Turns.LastOrDefault(turn => turn.Number == unfinished.Turn && turn.Role == Role.User) is not { } question)
            return;
        var utterance = _current = new Utterance(++_generation, unfinished.Turn, _options.Phrases) { Question = new Say(question.Text, question.ClientId), LastHeard = now };
        utterance.GoOnFrom(unfinished);
        utterance.Delivery = new WaitingDelivery(unfinished);
        (_device, _awayUntil) = (Device.Away, now + _options.Speech.AwayPatience);
        History.RemoveQuestion(question.Number);
        var request = new ResponseRequest(question.Number, question.Text, History.Latest(_options.HistoryCharacters), _pace) { Begun = unfinished };
        History.AddQuestion(question.Number, question.Text, question.ClientId);
        Enter(unfinished.Phrases.Count == 0 ? ConversationState.Thinking : ConversationState.Speaking, utterance.Generation);
        utterance.Run = Respond(request);
    }

    /// <summary>Lets go of an answer in the middle of it, for another to go on with; what was heard is stored.</summary>
    private void LeaveBehind(Utterance utterance)
    {
        var heard = utterance.Delivery.Heard(Now);
        if (utterance.Run is { } run)
            Dismiss(run);
        utterance.Delivery.Close();
        _current = null;
        Line.Put(new AnswerLeft(utterance.Turn, _time.GetUtcNow(), heard), static () => { });
    }

    /// <summary>Speaks what was given before and not heard.</summary>
    private void SpeakUnheard(SoundDelivery sound, UnfinishedAnswer unfinished, int heard)
    {
        var place = 0;
        for (var index = 0; index < unfinished.Phrases.Count; index++)
        {
            var phrase = unfinished.Phrases[index];
            if (place + phrase.Length > heard)
                sound.Again(index, place, phrase, Math.Max(0, heard - place), _pace);
            place += phrase.Length;
        }
    }
}
