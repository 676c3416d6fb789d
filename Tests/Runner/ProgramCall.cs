using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>A program that a job has started: what <c>program.mjs</c> sends.</summary>
/// <param name="Program">Name of the program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Folder">Its working directory.</param>
/// <param name="Variables">The variables that GitHub sets, <c>INFRA_ENV</c>, and the token if the step passes it.</param>
internal sealed record ProgramCall(
    string Program, IReadOnlyList<string> Arguments, string Folder, IReadOnlyDictionary<string, string> Variables)
{
    public static ProgramCall Parse(string body)
    {
        JObject call = JObject.Parse(body);
        return new ProgramCall(
            (string)call["program"]!, call["arguments"]!.ToObject<string[]>()!, (string)call["folder"]!,
            call["variables"]!.ToObject<Dictionary<string, string>>()!);
    }
}
