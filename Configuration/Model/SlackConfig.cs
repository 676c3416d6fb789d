using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>A Slack channel that receives alarms. The workspace is connected once, in the console of AWS Chatbot.</summary>
public sealed record SlackConfig
{
    [Description("Slack workspace, as the console of AWS Chatbot shows it once it is connected: T07EA123LEP.")]
    [RegularExpression("[TE][0-9A-Z]{6,20}", ErrorMessage = "a Slack workspace id such as T07EA123LEP")]
    public required string WorkspaceId { get; init; }

    [Description("Slack channel id, the last part of its link: C07EZ1ABC23. Invite @Amazon Q to a private channel first.")]
    [RegularExpression("[CG][0-9A-Z]{6,20}", ErrorMessage = "a Slack channel id such as C07EZ1ABC23")]
    public required string ChannelId { get; init; }
}
