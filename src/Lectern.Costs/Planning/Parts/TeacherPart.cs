using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Planning.Profiles;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Parts;

/// <summary>What the teacher thinks, hears and says with, by use.</summary>
internal static class TeacherPart
{
    // English text: about four and a half letters, with its space, to a token.
    private const decimal LettersPerToken = 4.5m;

    // The share of what a model has read before that a provider still has at hand; at the low end only, for no provider promises it.
    private const decimal Cached = 0.5m;

    private static readonly PlanWriter T = PlanWriter.T;

    public static void Add(BillBuilder bill, PlanMonth month, PlanItems items)
    {
        // An avatar that brings its own ears, model and voice needs none of ours.
        var own = items.AvatarBringsAll ? month.Workload[WorkloadInputs.Avatar].Rest : Interval.Exactly(1);
        if (items.Model is { } model)
            AddModel(bill, month, model, own);
        var spoken = month.Workload.SessionMinutes * month.Workload[WorkloadInputs.Spoken] * own + (items.TelephoneSpeaks ? Interval.Zero : month.CallMinutes);
        if (items.Ears is { } ears)
            AddEars(bill, ears, spoken);
        if (items.Voice is { } voice)
            AddVoice(bill, voice, spoken * month.Workload[WorkloadInputs.Turns] * month.Workload[WorkloadInputs.AnswerLength]);
    }

    private static void AddModel(BillBuilder bill, PlanMonth month, ModelItems model, Interval own)
    {
        var (low, high) = (Tokens(month.Workload, own, end => end.Low, model.Cached is null ? 0 : Cached), Tokens(month.Workload, own, end => end.High, 0));
        bill.Add(BillCategories.Teacher, model.Input.Id, new Interval(low.Input + low.Cached, high.Input), T["{answers} answers; each reads instructions, passages and the conversation so far", ("answers", Math.Round((month.Workload.Answers * own).High))]);
        if (model.Cached is { } cached && low.Cached > 0)
            AddCached(bill, model.Input, cached, low.Cached);
        bill.Add(BillCategories.Teacher, model.Output.Id, new Interval(low.Output, high.Output), T["The answers"]);
    }

    // A saving, and not a line of its own: at the high end nothing is cached, and everything is paid in full already.
    private static void AddCached(BillBuilder bill, PriceItem input, PriceItem cached, decimal tokens)
    {
        if (bill.Pricing.Find(input.Id).Price is not { } full || bill.Pricing.Find(cached.Id).Price is not { } less)
            return;
        var perToken = Dollars(full) - Dollars(less);
        if (perToken <= 0)
            return;
        bill.Add(new BillLine
        {
            Category = BillCategories.Teacher,
            Service = cached.Service,
            Meter = cached.Meter,
            Specification = T["What the provider still has of it from the question before, at the low end"],
            Quantity = new Interval(0, tokens / less.Unit.Multiplier),
            Unit = less.Unit.Text,
            UnitPrice = perToken * less.Unit.Multiplier,
            Monthly = new Interval(0, tokens * perToken),
            Role = LineRole.Saving,
            For = input.Service,
            PriceId = cached.Id,
            Evidence = cached.Evidence,
            Checked = cached.Checked,
            Note = T["The price is what is saved of the full one"],
        });

        decimal Dollars(Price price) => price.UnitPrice / price.Unit.Multiplier * (bill.Pricing.Dollars(1, price.Currency)?.Money.Amount ?? 1);
    }

    private static TokenUse Tokens(Workload workload, Interval own, Func<Interval, decimal> end, decimal cached)
    {
        var conversation = new ConversationTokens(end(workload[WorkloadInputs.Instructions]), end(workload[WorkloadInputs.QuestionLength]), end(workload[WorkloadInputs.AnswerLength]), end(workload[WorkloadInputs.Memory]), cached);
        var browser = conversation.Of(ConversationTokens.Turns(end(workload[WorkloadInputs.SessionLength]), end(workload[WorkloadInputs.Turns]))).Times(end(workload.Sessions) * end(own));
        var calls = conversation.Of(ConversationTokens.Turns(end(workload[WorkloadInputs.CallLength]), end(workload[WorkloadInputs.Turns]))).Times(end(workload.Calls));
        return new TokenUse(browser.Input + calls.Input, browser.Cached + calls.Cached, browser.Output + calls.Output);
    }

    private static void AddEars(BillBuilder bill, PriceItem ears, Interval spoken)
    {
        var heard = new Interval(spoken.Low * 0.2m, spoken.High * 0.4m);
        var quantity = ears.Unit.Thing == "audio-hour" ? heard * (1m / 60) : heard;
        bill.Add(BillCategories.Teacher, ears.Id, quantity, T["Students speak for a fifth to two fifths of {minutes} spoken minutes", ("minutes", Math.Round(spoken.High))]);
    }

    private static void AddVoice(BillBuilder bill, PriceItem voice, Interval tokens)
    {
        var letters = tokens * LettersPerToken;
        // 15 letters a second are 900 a minute, where a voice is sold by the minute.
        var quantity = voice.Unit.Thing == "minute" ? letters * (1m / 900) : letters;
        bill.Add(BillCategories.Teacher, voice.Id, quantity, T["{letters} letters are spoken", ("letters", Math.Round(letters.High))]);
    }
}
