using Lectern.Accounts.Contracts;
using Lectern.Accounts.Demo;
using Lectern.Accounts.Invitations;
using Lectern.Accounts.Mails;
using Lectern.Accounts.Passwords;
using Lectern.Accounts.People;
using Lectern.Accounts.Privacy;
using Lectern.Accounts.Registration;
using Lectern.Accounts.SignIns;
using Lectern.Platform.Data;
using Lectern.Platform.Demo;
using Lectern.Platform.Modules;
using Lectern.Platform.Privacy;
using Lectern.Platform.Scheduling;
using Lectern.Platform.Security;
using Lectern.Platform.Slots;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Accounts;

/// <summary>People, their roles, how they sign in, and how they are invited.</summary>
public sealed class AccountsModule : IModule
{
    public string Name => "Accounts";

    public void AddServices(IServiceCollection services)
    {
        services.AddRoomOptions<AccountsOptions>("Accounts");
        services.AddHttpContextAccessor();
        services.AddValidation();
        AccessRules.Add(services);
        AddIdentity(services);
        AddUseCases(services);
        services.AddScoped<IPeople, PeopleDirectory>();
        services.AddScoped(provider => new FirstAdministrator(provider.GetRequiredService<LecternDb>(), provider.GetRequiredService<Platform.Schools.SchoolContext>(), provider.GetRequiredService<InvitationBook>()));
        services.AddScoped<IDemoContent, DemoPeople>();
        services.AddScoped<IPersonalData, AccountsPersonalData>();
        services.AddScheduledTask<SweepSignIns>("accounts.sweep-sign-ins", "0 41 3 * * ?");
    }

    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        TokenEndpoints.Map(endpoints);
        MeEndpoint.Map(endpoints);
    }

    public void MapModel(ModelBuilder model)
    {
        model.ApplyConfiguration(new Person.Configuration());
        model.Entity<PersonRole>().HasOne<Person>().WithMany().HasForeignKey(role => role.PersonId);
        model.Entity<SignIn>(signIn =>
        {
            signIn.Property(row => row.Kind).HasConversion(kind => kind == SignInKind.Api ? "api" : "browser", text => text == "api" ? SignInKind.Api : SignInKind.Browser);
            signIn.HasOne<Person>().WithMany().HasForeignKey(row => row.PersonId);
        });
        model.Entity<Invitation>();
    }

    public void FillSlots(SlotRegistry slots)
    {
        // T["My account"] T["My sign-ins"] T["People"] T["School"] T["Undelivered"]
        slots.AddMenu(MenuPlace.Account, 10, "My account", "/account");
        slots.AddMenu(MenuPlace.Account, 20, "My sign-ins", "/account/sign-ins");
        slots.AddMenu(MenuPlace.Admin, 10, "People", "/admin/people", IsAdministrator);
        slots.AddMenu(MenuPlace.Admin, 20, "School", "/admin/school", IsAdministrator);
        slots.AddMenu(MenuPlace.Admin, 90, "Undelivered", "/admin/dead-letters", IsAdministrator);
    }

    private static bool IsAdministrator(System.Security.Claims.ClaimsPrincipal person) => person.IsInRole(PersonRoles.SchoolAdmin) || person.IsInRole(PersonRoles.PlatformAdmin);

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddIdentityCore<Person>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                // The user name is the address, which may hold any letter; EmailAddressAttribute checks it.
                identity.User.AllowedUserNameCharacters = "";
                identity.Password.RequiredLength = PasswordRules.MinLength;
                identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
                identity.Tokens.EmailConfirmationTokenProvider = ConfirmationTokens.ProviderName;
            })
            .AddUserStore<UserOnlyStore<Person, LecternDb, Guid>>()
            .AddPasswordValidator<PasswordRules>()
            .AddTokenProvider<DataProtectorTokenProvider<Person>>(TokenOptions.DefaultProvider)
            .AddTokenProvider<ConfirmationTokens>(ConfirmationTokens.ProviderName);
        services.Configure<DataProtectionTokenProviderOptions>(tokens => tokens.TokenLifespan = TimeSpan.FromHours(3));
    }

    private static void AddUseCases(IServiceCollection services)
    {
        services.AddSingleton<HashingSlots>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<SignInCache>();
        services.AddSingleton<SignInClock>();
        services.AddScoped<SignInBook>();
        services.AddScoped<SignInWithPassword>();
        services.AddScoped<PasswordHashing>();
        services.AddScoped<PasswordChange>();
        services.AddScoped<PasswordReset>();
        services.AddScoped<PersonFactory>();
        services.AddScoped<PeopleAdministration>();
        services.AddScoped<InvitationBook>();
        services.AddScoped<AcceptInvitation>();
        services.AddScoped<Register>();
        services.AddScoped<ConfirmEmail>();
        services.AddScoped<AccountLinks>();
        services.AddScoped<AccountMails>();
        services.AddScoped<MailLimit>();
        services.AddScoped<MailPost>();
    }
}
