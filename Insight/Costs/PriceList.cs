using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Insight.Costs;

/// <summary>
/// What AWS takes by the hour or the month for what is there, in US dollars, before taxes, discounts and free tiers: committed as
/// <c>prices.json</c>, each price with its page and the month in which it was
/// looked up; none where nobody did.
/// </summary>
public sealed class PriceList
{
    private readonly Dictionary<string, decimal> _prices;

    private PriceList(JObject json)
    {
        Region = (string)json["region"]!;
        HoursPerMonth = (decimal)json["hoursPerMonth"]!;
        _prices = ((JObject)json["prices"]!).Properties().ToDictionary(price => price.Name, price => (decimal)price.Value["usd"]!, StringComparer.Ordinal);
        string?[] seen = [.. ((JObject)json["prices"]!).Properties().Select(price => (string?)price.Value["seen"])];
        Seen = seen.OfType<string>().Min(StringComparer.Ordinal)!;
        Remembered = seen.Count(month => month is null);
    }

    /// <summary>The committed prices.</summary>
    public static PriceList Committed { get; } = Read();

    /// <summary>Region whose prices they are.</summary>
    public string Region { get; }

    /// <summary>Hours that AWS takes a month to have.</summary>
    public decimal HoursPerMonth { get; }

    /// <summary>Month in which the oldest of those that were looked up was.</summary>
    public string Seen { get; }

    /// <summary>How many nobody has looked up: they are as remembered.</summary>
    public int Remembered { get; }

    /// <summary>A price by its name; null where it is not in the file.</summary>
    public decimal? Find(string name) => _prices.TryGetValue(name, out decimal price) ? price : null;

    /// <summary>A price by its name.</summary>
    /// <exception cref="KeyNotFoundException">It is not in the file.</exception>
    public decimal this[string name] => _prices.TryGetValue(name, out decimal price) ? price : throw new KeyNotFoundException($"prices.json has no price {name}");

    /// <summary>Price of a month of something that is paid by the hour.</summary>
    public decimal Month(string perHour) => this[perHour] * HoursPerMonth;

    private static PriceList Read()
    {
        using Stream content = typeof(PriceList).Assembly.GetManifestResourceStream("prices.json")
            ?? throw new InvalidOperationException("prices.json is not a resource of this assembly");
        using var json = new JsonTextReader(new StreamReader(content)) { FloatParseHandling = FloatParseHandling.Decimal };
        return new PriceList(JObject.Load(json));
    }
}
