namespace Infra.Operations.CommandLine;

/// <summary>
/// Scripts that register completion in a shell. Each passes the line up to the cursor, without the program, to the program itself, so
/// that it never differs from the verbs.
/// </summary>
internal static class CompletionScripts
{
    private const string Bash = """
        # Completion of infra in bash, also as ./infra.
        _infra_completion() {
          local line=${COMP_LINE:0:COMP_POINT}
          mapfile -t COMPREPLY < <("${COMP_WORDS[0]/#\~/$HOME}" "[suggest]" "${line#*[[:space:]]}" 2>/dev/null)
        }
        complete -o default -F _infra_completion infra
        """;

    private const string Zsh = """
        # Completion of infra in zsh, also as ./infra. compinit must have run before.
        _infra_completion() {
          local -a candidates
          candidates=("${(@f)$("${words[1]}" "[suggest]" "${(j: :)words[2,CURRENT]}" 2>/dev/null)}")
          (( ${#candidates[1]} )) && compadd -a candidates || _files
        }
        compdef _infra_completion infra
        """;

    private const string Fish = """
        # Completion of infra in fish, also as ./infra.
        function __infra_has_completion
          set -l words (commandline --tokenize --cut-at-cursor --current-process) (commandline --current-token --cut-at-cursor)
          set -g __infra_candidates ($words[1] "[suggest]" "$words[2..]" 2>/dev/null)
          count $__infra_candidates >/dev/null
        end
        complete --command infra --condition __infra_has_completion --no-files --arguments '$__infra_candidates'
        """;

    private const string PowerShell = """
        # Completion of infra in PowerShell.
        Register-ArgumentCompleter -Native -CommandName infra, infra.cmd -ScriptBlock {
          param($word, $ast, $position)
          $elements = @($ast.CommandElements | ForEach-Object { $_.Extent.Text })
          $line = ($elements | Select-Object -Skip 1) -join ' '
          if ($word -eq '' -and $elements.Count -gt 1) { $line += ' ' }
          & $elements[0] '[suggest]' $line 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }
        """;

    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
        ["powershell"] = PowerShell,
    };

    public static IReadOnlyCollection<string> Shells => Scripts.Keys;

    public static string Of(string shell) => Scripts[shell];
}
