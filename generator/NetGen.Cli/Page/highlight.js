// Colours the C# that NetGen writes.

const keywords = new Set(["bool", "const", "default", "else", "false", "float", "for", "if", "in", "int", "internal", "long", "new", "out", "private", "public", "readonly", "ref", "return", "static",
  "struct", "true", "ulong", "using", "void", "where"]);
const tokens = /(\/\/[^\n]*)|([A-Za-z_]\w*)(?=(\s*[(<])?)|(\b\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?f?\b)/g;

function highlighted(code) {
  const text = element("code", "");
  let end = 0;
  for (const match of code.matchAll(tokens)) {
    const [token, comment, word, opens, number] = match;
    const kind = comment ? "comment" : number ? "number-literal" : keywords.has(word) ? "keyword" : /^[A-Z]/.test(word) ? (opens?.includes("(") ? "method" : "type") : "";
    text.append(code.slice(end, match.index), kind ? element("span", kind, token) : token);
    end = match.index + token.length;
  }
  text.append(code.slice(end));
  return element("pre", "", text);
}
