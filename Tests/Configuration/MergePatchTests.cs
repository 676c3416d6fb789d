using FsCheck;
using Infra.Configuration.Reading;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Configuration;

[TestFixture]
public class MergePatchTests
{
    // All of appendix A of RFC 7396.
    [TestCase("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [TestCase("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [TestCase("""{"a":"b"}""", """{"a":null}""", """{}""")]
    [TestCase("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [TestCase("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [TestCase("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [TestCase("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [TestCase("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [TestCase("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [TestCase("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [TestCase("""{"a":"foo"}""", "null", "null")]
    [TestCase("""{"a":"foo"}""", "\"bar\"", "\"bar\"")]
    [TestCase("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [TestCase("""[1,2]""", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [TestCase("""{}""", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void Apply_MatchesTheRfcExamples(string target, string patch, string expected) =>
        Assert.That(Json.Write(MergePatch.Apply(Json.Read(target), Json.Read(patch))), Is.EqualTo(expected));

    [FsCheck.NUnit.Property(Arbitrary = [typeof(Json)])]
    public bool Apply_IsIdempotent(JToken target, JToken patch)
    {
        Node once = MergePatch.Apply(Json.Read(target), Json.Read(patch));
        return Json.Write(MergePatch.Apply(once, Json.Read(patch))) == Json.Write(once);
    }

    [FsCheck.NUnit.Property(Arbitrary = [typeof(Json)])]
    public bool Apply_TheEmptyObject_ChangesNoObject(JObject target) =>
        Json.Write(MergePatch.Apply(Json.Read(target), Json.Read("{}"))) == target.ToString(Formatting.None);

    [FsCheck.NUnit.Property(Arbitrary = [typeof(Json)])]
    public bool Apply_AnObjectOnNothing_LeavesNoNull(JObject patch) =>
        !JObject.Parse(Json.Write(MergePatch.Apply(null, Json.Read(patch)))).DescendantsAndSelf()
            .OfType<JProperty>().Any(p => p.Value.Type == JTokenType.Null && !p.Ancestors().OfType<JArray>().Any());

    [FsCheck.NUnit.Property(Arbitrary = [typeof(Json)])]
    public bool Apply_Null_RemovesTheKeyAndNothingElse(JObject target, NonEmptyArray<int> picks)
    {
        if (target.Count == 0)
            return true;
        string key = target.Properties().ElementAt(Math.Abs(picks.Get[0] % target.Count)).Name;
        var expected = (JObject)target.DeepClone();
        expected.Remove(key);
        return Json.Write(MergePatch.Apply(Json.Read(target), Json.Read(new JObject { [key] = null }))) == expected.ToString(
            Formatting.None);
    }

    // The RFC's pseudocode, on Newtonsoft's tokens: a second implementation for comparison.
    [FsCheck.NUnit.Property(Arbitrary = [typeof(Json)])]
    public bool Apply_AgreesWithTheRfcsPseudocode(JToken target, JToken patch) =>
        JToken.DeepEquals(JToken.Parse(Json.Write(MergePatch.Apply(Json.Read(target), Json.Read(patch)))), Pseudocode(target, patch));

    private static JToken Pseudocode(JToken? target, JToken patch)
    {
        if (patch is not JObject changes)
            return patch.DeepClone();
        JObject result = target is JObject original ? (JObject)original.DeepClone() : [];
        foreach ((string name, JToken? value) in changes)
            if (value!.Type == JTokenType.Null)
                result.Remove(name);
            else
                result[name] = Pseudocode(result[name], value);
        return result;
    }
}
