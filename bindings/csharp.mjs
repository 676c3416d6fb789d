// C# source text without its comments and literals, so that names in prose are not mistaken for code.

const token = new RegExp(
  [
    String.raw`///[^\n]*`, // documentation: kept, because the compiler resolves its cref names
    String.raw`//[^\n]*`,
    String.raw`/\*[\s\S]*?\*/`,
    String.raw`\$*(?<raw>"{3,})[\s\S]*?\k<raw>`,
    String.raw`(?:\$@|@\$?)"(?:[^"]|"")*"`,
    String.raw`\$?"(?:\\.|[^"\\\n])*"`,
    String.raw`'(?:\\.[^'\n]*|[^'\\\n])'`,
  ].join('|'),
  'g',
);

/** The text with comments and literals replaced by spaces; offsets and line numbers do not change. */
export function codeOf(text) {
  return text.replace(token, (match) => (match.startsWith('///') ? match : match.replace(/[^\n]/g, ' ')));
}
