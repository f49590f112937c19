using Lectern.Platform.Data;
using Lectern.Platform.Operations;
using Lectern.Ui.Parts;

namespace Lectern.Ui.Layout;

/// <summary>A line above every page. <paramref name="Text"/> is an English text, translated when it is shown.</summary>
public sealed record SiteNotice(Tone Tone, string Text);

/// <summary>Says what everybody must know now. Register an implementation as a singleton; it is asked for each page, so it answers from memory.</summary>
public interface ISiteNotices
{
    IEnumerable<SiteNotice> Current { get; }
}

internal sealed class DemoNotice(DemoMode? demo = null) : ISiteNotices
{
    public IEnumerable<SiteNotice> Current =>
        demo?.IsOn == true ? [new(Tone.Info, "This is a demo school. Its passwords are public and its data may be reset.")] : [];
}

internal sealed class ReadOnlyNotice(MaintenanceMode? mode = null) : ISiteNotices
{
    public IEnumerable<SiteNotice> Current =>
        mode?.IsOn == true ? [new(Tone.Warning, "Lectern is being maintained: you can read everything, but nothing can be changed or sent for now.")] : [];
}

internal sealed class AwayNotice(DatabaseWatch? watch = null) : ISiteNotices
{
    public IEnumerable<SiteNotice> Current =>
        watch?.IsAway == true ? [new(Tone.Warning, "The school's database cannot be reached just now. You can go on reading what you have read before; nothing can be changed until it is back.")] : [];
}
