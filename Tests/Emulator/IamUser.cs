using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Infra.Operations.Aws;

namespace Infra.Tests.Emulator;

/// <summary>An IAM user with an access key and a virtual MFA device, who may assume one role.</summary>
internal sealed record IamUser(string Name, string AccessKeyId, string SecretAccessKey, string MfaSerial)
{
    // Seconds for which a code is shown: RFC 6238.
    private const int Interval = 30;

    private byte[] Seed { get; init; } = [];

    public static async Task<IamUser> CreateAsync(AwsApi iam, string name, string mayAssume)
    {
        async Task<XElement> SendAsync(string action, params (string Name, string Value)[] parameters) =>
            await iam.QueryAsync(action, parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));
        static string Value(XElement answer, string element) => answer.Descendants(element).First().Value;

        await SendAsync("CreateUser", ("UserName", name));
        await SendAsync("PutUserPolicy", ("UserName", name), ("PolicyName", "assume"), ("PolicyDocument", $$"""
            {
              "Version": "2012-10-17",
              "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "{{mayAssume}}" }]
            }
            """));
        XElement key = await SendAsync("CreateAccessKey", ("UserName", name));
        XElement device = await SendAsync("CreateVirtualMFADevice", ("VirtualMFADeviceName", name));
        var user = new IamUser(name, Value(key, "AccessKeyId"), Value(key, "SecretAccessKey"), Value(device, "SerialNumber"))
        {
            // The seed is text in base 32, which the API encodes as binary data in base 64.
            Seed = FromBase32(Encoding.ASCII.GetString(Convert.FromBase64String(Value(device, "Base32StringSeed")))),
        };
        await SendAsync(
            "EnableMFADevice", ("UserName", name), ("SerialNumber", user.MfaSerial), ("AuthenticationCode1", user.Code(-Interval)),
            ("AuthenticationCode2", user.Code()));
        return user;
    }

    /// <summary>
    /// The code of the next interval, which is accepted from now on, because clocks may differ by an interval, for at least a minute.
    /// </summary>
    public string NextCode() => Code(Interval);

    /// <summary>A code that the device does not show in these minutes.</summary>
    public string WrongCode()
    {
        string[] shown = [.. Enumerable.Range(-10, 20).Select(interval => Code(interval * Interval))];
        return Enumerable.Range(0, shown.Length + 1).Select(number => number.ToString("000000", CultureInfo.InvariantCulture))
            .First(code => !shown.Contains(code));
    }

    /// <summary>The code that the device shows, or at a number of seconds from now.</summary>
    public string Code(int seconds = 0)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, (DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds) / Interval);
        // RFC 6238 uses SHA-1.
#pragma warning disable CA5350
        byte[] digest = HMACSHA1.HashData(Seed, counter.ToArray());
#pragma warning restore CA5350
        int number = BinaryPrimitives.ReadInt32BigEndian(digest.AsSpan(digest[^1] & 15)) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>();
        int bits = 0, count = 0;
        foreach (char digit in text.TrimEnd('='))
        {
            bits = ((bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(digit, StringComparison.Ordinal)) & 0xFFFF;
            count += 5;
            if (count < 8)
                continue;
            count -= 8;
            bytes.Add((byte)(bits >> count));
        }

        return [.. bytes];
    }
}
