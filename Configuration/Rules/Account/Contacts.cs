using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Account;

internal static class Contacts
{
    [Rule("account/contacts", "A contact has an email address, a telephone number or a page.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((int index, ContactConfig contact) in config.Contacts.Index())
            if (!contact.Ways.Any())
                yield return new RuleViolation(
                    ConfigPath.Item("contacts", index),
                    $"{Scalars.Show(contact.Name)} has no way to be contacted; set at least one of email, phone, url");
    }
}
