using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Insight.Costs;

/// <summary>
/// AWS's hourly or monthly prices in US dollars, before taxes, discounts and free tiers, from the committed <c>prices.json</c>: each price
/// with its page and the month in which it was verified; none if it was not verified.
/// </summary>
public sealed class PriceList
{
    private readonly Dictionary<string, decimal> _prices;

    private PriceList(JObject json)
    {
        Region = (string)json["region"]!;
        HoursPerMonth = (decimal)json["hoursPerMonth"]!;
        _prices = ((JObject)json["prices"]!).Properties()
            .ToDictionary(price => price.Name, price => (decimal)price.Value["usd"]!, StringComparer.Ordinal);
        string?[] seen = [.. ((JObject)json["prices"]!).Properties().Select(price => (string?)price.Value["seen"])];
        Seen = seen.OfType<string>().Min(StringComparer.Ordinal)!;
        Remembered = seen.Count(month => month is null);
    }

    /// <summary>The committed prices.</summary>
    public static PriceList Committed { get; } = Read();

    /// <summary>Region of the prices.</summary>
    public string Region { get; }

    /// <summary>Hours per month, as AWS counts them.</summary>
    public decimal HoursPerMonth { get; }

    /// <summary>Month of the oldest verified price.</summary>
    public string Seen { get; }

    /// <summary>Number of prices that were not verified.</summary>
    public int Remembered { get; }

    /// <summary>A price by its name; null where it is not in the file.</summary>
    public decimal? Find(string name) => _prices.TryGetValue(name, out decimal price) ? price : null;

    /// <summary>A price by its name.</summary>
    /// <exception cref="KeyNotFoundException">It is not in the file.</exception>
    public decimal this[string name] =>
        _prices.TryGetValue(name, out decimal price) ? price : throw new KeyNotFoundException($"prices.json has no price {name}");

    /// <summary>Monthly price of something that is charged per hour.</summary>
    public decimal Month(string perHour) => this[perHour] * HoursPerMonth;

    private static PriceList Read()
    {
        using Stream content = typeof(PriceList).Assembly.GetManifestResourceStream("prices.json")
            ?? throw new InvalidOperationException("prices.json is not a resource of this assembly");
        using var json = new JsonTextReader(new StreamReader(content)) { FloatParseHandling = FloatParseHandling.Decimal };
        return new PriceList(JObject.Load(json));
    }
}
