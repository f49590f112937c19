namespace Lectern.Accounts.Mails;

/// <summary>The account mails and how many of them may be sent.</summary>
internal sealed record MailPost(AccountMails Mails, MailLimit Limit);
