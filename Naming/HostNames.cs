namespace Infra.Naming;

/// <summary>Host names in a domain.</summary>
public static class HostNames
{
    /// <summary><c>api</c> in <c>example.com</c> is <c>api.example.com</c>; an empty host is the domain itself.</summary>
    public static string In(string domain, string host) => host.Length == 0 ? domain : $"{host}.{domain}";
}
