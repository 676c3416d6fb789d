// Errors with a message for the user; any other exception is a bug in this tool.

/** One or more findings. `where` is `file:line`, relative to the repository, if known. */
export class Problem extends Error {
  /** @param {{ where?: string, text: string }[]} findings */
  constructor(...findings) {
    super(findings.map(({ where, text }) => (where ? `${where}  ${text}` : text)).join('\n'));
    this.findings = findings;
  }
}
