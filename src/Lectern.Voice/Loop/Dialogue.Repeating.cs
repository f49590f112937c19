namespace Lectern.Voice.Loop;

/// <summary>The dialogue once more and more slowly: repetitions and the pace.</summary>
internal sealed partial class Dialogue
{
    private void SayAgain()
    {
        if (_current is { IsRepetition: false })
        {
            _repeatAfterwards = true;
            return;
        }
        if (History.LastAnswer is not { } answer)
        {
            Emit(new NothingToRepeat(_generation));
            return;
        }
        Quiet(() =>
        {
            StopCurrent();
            var utterance = Begin(answer.Number, question: null);
            utterance.Add(answer.Text);
            utterance.Complete();
        });
    }

    private void SlowDown()
    {
        SetPace(_pace - _options.PaceStep);
        if (_current is not { IsRepetition: false } && History.LastAnswer is not null)
            SayAgain();
    }

    private void SetPace(double pace)
    {
        _pace = ClampPace(double.IsFinite(pace) ? pace : _pace);
        Emit(new PaceChanged(_generation, _pace));
    }

    private double ClampPace(double pace) => Math.Clamp(pace, _options.MinPace, _options.MaxPace);
}
