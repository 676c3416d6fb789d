using System.Security.Cryptography;
using Infra.Operations.Output;

namespace Infra.Operations.Images;

/// <summary>Writes content to a file and verifies its digest.</summary>
internal static class VerifiedFile
{
    /// <exception cref="OperationException">The content does not have the digest; there is no file.</exception>
    public static async Task WriteAsync(Stream content, string digest, string file, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (FileStream output = File.Create(file))
        {
            byte[] buffer = new byte[1 << 20];
            while (await content.ReadAsync(buffer, cancellation) is > 0 and int read)
            {
                hash.AppendData(buffer, 0, read);
                await output.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
        }

        string actual = $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
        if (actual == digest)
            return;
        File.Delete(file);
        throw OperationException.Failed($"{digest} does not match its digest, but is {actual}; it was not copied");
    }
}
