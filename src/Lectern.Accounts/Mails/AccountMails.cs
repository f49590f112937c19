using Lectern.Accounts.People;
using Lectern.Platform.Localization;
using Lectern.Platform.Mail;
using Lectern.Platform.Schools;

namespace Lectern.Accounts.Mails;

/// <summary>What people are told by mail, in their language. Adds to the unit of work; the caller saves.</summary>
internal sealed class AccountMails(Mailbox mailbox, TextLibrary library, SchoolContext school, AccountLinks links)
{
    public void Invite(string email, string link, DateTimeOffset expiresAt)
    {
        var T = library.For(tag: null, school.Required);
        Queue(email, T, T["You are invited to {school}", ("school", SchoolName)],
            T["You are invited to join {school}. Open this link to choose a password and begin:", ("school", SchoolName)], link,
            T["The link works once, until {date}.", ("date", T.Date(expiresAt))]);
    }

    public void ConfirmEmail(Person person, string link)
    {
        var T = TextsOf(person);
        Queue(person.Email, T, T["Please confirm your e-mail address"],
            T["Somebody, we hope you, made an account at {school} with this address. Open this link to confirm it:", ("school", SchoolName)], link,
            T["If it was not you, do nothing: the account stays closed."]);
    }

    public void AlreadyRegistered(Person person)
    {
        var T = TextsOf(person);
        Queue(person.Email, T, T["You already have an account at {school}", ("school", SchoolName)],
            T["Somebody, perhaps you, wanted to make an account with this address. You have one already. If you forgot your password, you can choose a new one here:"], links.Of("/forgot-password"),
            T["If it was not you, do nothing: nothing was changed."]);
    }

    public void ResetPassword(Person person, string link)
    {
        var T = TextsOf(person);
        Queue(person.Email, T, T["Choose a new password"],
            T["Open this link to choose a new password for your account at {school}:", ("school", SchoolName)], link,
            T["The link works once, for three hours. If you did not ask for it, do nothing: your password stays as it is."]);
    }

    public void PasswordChanged(Person person)
    {
        var T = TextsOf(person);
        Queue(person.Email, T, T["Your password was changed"],
            T["The password of your account at {school} was changed, and your other sign-ins were ended. If it was not you, choose a new one at once:", ("school", SchoolName)], links.Of("/forgot-password"),
            T["If it was you, there is nothing to do."]);
    }

    private string SchoolName => school.Required.Name;

    private Texts TextsOf(Person person) => library.For(person.Locale, school.Required);

    private void Queue(string? to, Texts T, string subject, string before, string link, string after) =>
        mailbox.Queue(new Mail(to!, subject, $"{T["Hello,"]}\n\n{before}\n\n{link}\n\n{after}\n\n{SchoolName}\n")); // every stored person has an address
}
