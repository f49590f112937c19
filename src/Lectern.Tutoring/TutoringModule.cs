using System.Security.Claims;
using Lectern.Platform.Demo;
using Lectern.Platform.Modules;
using Lectern.Platform.Privacy;
using Lectern.Platform.Scheduling;
using Lectern.Platform.Security;
using Lectern.Platform.Slots;
using Lectern.Tutoring.Characters;
using Lectern.Tutoring.Conversations;
using Lectern.Tutoring.Grounding;
using Lectern.Tutoring.Live;
using Lectern.Tutoring.Pages;
using Lectern.Tutoring.Privacy;
using Lectern.Tutoring.Sessions;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lectern.Tutoring;

/// <summary>Conversations of students with the AI teachers.</summary>
public sealed class TutoringModule : IModule
{
    public string Name => "Tutoring";

    public void AddServices(IServiceCollection services)
    {
        services.AddRoomOptions<TutoringOptions>("Tutoring");
        services.AddSingleton<NodeIdentity>();
        services.AddSingleton<RecentEndings>();
        services.AddSingleton<SessionEndings>();
        services.AddSingleton<SessionServices>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<FollowUps>();
        services.AddSingleton<TeacherTools>();
        services.AddSingleton<LiveTools>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<LiveSessions>());
        services.AddSingleton<LiveSocket>();
        services.AddScoped<Cast>();
        services.AddScoped<StartSession>();
        services.AddScoped<Tickets>();
        services.AddScoped<Transcript>();
        services.AddScoped<ConversationBook>();
        services.AddScoped<IDemoContent, DemoTeachers>();
        services.AddScoped<IPersonalData, TutoringPersonalData>();
        services.AddScheduledTask<SweepSessions>("tutoring.sweep-sessions", "25 * * * * ?");
    }

    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        SessionEndpoints.Map(endpoints);
        LiveSocket.Map(endpoints);
    }

    public void MapModel(ModelBuilder model)
    {
        model.Entity<TeacherCharacter>(teacher =>
        {
            teacher.Property(row => row.Look).HasColumnType("jsonb");
            teacher.Property(row => row.Voice).HasColumnType("jsonb");
        });
        model.Entity<TutoringSession>();
        model.Entity<TutoringTurn>().HasOne<TutoringSession>().WithMany().HasForeignKey(turn => turn.SessionId);
        model.Entity<TutoringPhrase>().HasOne<TutoringSession>().WithMany().HasForeignKey(phrase => phrase.SessionId);
        model.Entity<TutoringCitation>().HasOne<TutoringSession>().WithMany().HasForeignKey(citation => citation.SessionId);
        model.Entity<LiveTicket>().HasOne<TutoringSession>().WithMany().HasForeignKey(ticket => ticket.SessionId);
        model.Entity<LiveSeat>().HasKey(seat => seat.SessionId);
    }

    public void FillSlots(SlotRegistry slots)
    {
        // T["My conversations"] T["Conversations"]
        slots.AddMenu(MenuPlace.Main, 20, "My conversations", "/conversations");
        slots.AddMenu(MenuPlace.Admin, 30, "Conversations", "/admin/conversations", IsAdministrator);
        slots.Fill<LessonTalkPanel>(SlotNames.LessonPanel, 10);
        slots.Fill<CourseTalkPanel>(SlotNames.CoursePanel, 10);
    }

    private static bool IsAdministrator(ClaimsPrincipal person) => person.IsInRole(PersonRoles.SchoolAdmin);
}
