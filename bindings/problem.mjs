// What went wrong in words for the user; anything else that is thrown is a mistake in this tool.

/** One or more findings. `where` is `file:line`, relative to the repository, where there is one. */
export class Problem extends Error {
  /** @param {{ where?: string, text: string }[]} findings */
  constructor(...findings) {
    super(findings.map(({ where, text }) => (where ? `${where}  ${text}` : text)).join('\n'));
    this.findings = findings;
  }
}
