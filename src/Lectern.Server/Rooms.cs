using Lectern.Accounts;
using Lectern.Ai;
using Lectern.Costs;
using Lectern.Courses;
using Lectern.Platform;
using Lectern.Platform.Modules;
using Lectern.Tutoring;
using Lectern.Ui;

namespace Lectern.Server;

/// <summary>The rooms of the house, lower ones first: their services, migrations and pages are added in this order.</summary>
internal static class Rooms
{
    public static IReadOnlyList<IModule> All { get; } =
        [new PlatformModule(), new UiModule(), new AccountsModule(), new CostsModule(), new AiModule(), new CoursesModule(), new TutoringModule()];
}
