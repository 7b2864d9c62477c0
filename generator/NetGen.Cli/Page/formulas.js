// Typesets the formulas of generated code as MathML: dense1WeightGradient is the derivative of L by W with the index dense1, and words stay words.

const functions = new Set(["max", "min", "exp", "log", "tanh", "sinh", "cosh", "erf", "softmax", "sin", "cos", "relu6", "mean", "softplus", "sigmoid"]);
const words = new Set(["of", "to", "in", "is", "at", "or", "by", "as", "on", "no", "it", "we", "a", "an"]);
const parts = /\s*(dL\/d[a-z]\b|[A-Za-z][\w.]*|[μσγβεδαλφηπ]|\d+(?:\.\d+)?|ᵀ|²|³|'|.)/gu;
const superscripts = { "ᵀ": "<mi>⊤</mi>", "²": "<mn>2</mn>", "³": "<mn>3</mn>" };

// The names that formulas give to values, among all of a network's.
function namesIn(passes) {
  const names = new Set(["input", "target", "rowWeights", "mask"]);
  for (const { text } of passes.flatMap(pass => pass.formulas)) {
    for (const [name] of text.matchAll(/[A-Za-z]\w*/g)) {
      if (/^[a-z]/.test(name) && (/[A-Z\d]/.test(name) || text.startsWith(`${name} = `))) names.add(name);
    }
  }
  return names;
}

// A formula in one line, what it uses in lines of their own below.
function typeset(text, shape, names) {
  const [first, ...rest] = text.split(/,\s{2,}|:\s{2,}/);
  const formula = element("div", "formula");
  formula.title = `${text}    ${shape}`;
  formula.append(math(first, names), ...rest.map(one => element("div", "where", math(one, names))));
  return formula;
}

function math(text, names) {
  const holder = element("div", "");
  holder.innerHTML = `<math>${row([...text.matchAll(parts)].map(match => match[1]), names)}</math>`;
  return holder.firstChild;
}

// Tokens to the elements of one row.
function row(list, names) {
  const made = [];
  let text = [];
  const endText = () => {
    if (text.length > 0) made.push(`<mtext>${made.length > 0 ? " " : ""}${escaped(text.join(" "))} </mtext>`);
    text = [];
  };
  for (let at = 0; at < list.length; at++) {
    const token = list[at];
    if (isWord(token, names)) {
      text.push(token);
      continue;
    }
    if (text.length > 0 && token === ",") {
      text[text.length - 1] += ",";
      continue;
    }
    endText();
    if (token in superscripts) {
      made.push(`<msup>${made.pop() ?? "<mrow></mrow>"}${superscripts[token]}</msup>`);
    } else if (token === "'") {
      made.push(`<msup>${made.pop() ?? "<mrow></mrow>"}<mo>′</mo></msup>`);
    } else if (token === "^" || token === "_" || token === "√") {
      const [end, inner] = operand(list, at + 1, names);
      at = end;
      made.push(token === "√" ? `<msqrt>${inner}</msqrt>` : `<${token === "^" ? "msup" : "msub"}>${made.pop() ?? "<mrow></mrow>"}<mrow>${inner}</mrow></${token === "^" ? "msup" : "msub"}>`);
    } else {
      made.push(atom(token, names));
    }
  }
  endText();
  return made.join("");
}

// What a root or an exponent takes: a group in brackets without them, or a number or name with its sign.
function operand(list, at, names) {
  if (list[at] !== "(") {
    const end = list[at] === "-" ? at + 1 : at;
    return [end, row(list.slice(at, end + 1), names)];
  }
  let depth = 0;
  for (let end = at; end < list.length; end++) {
    depth += list[end] === "(" ? 1 : list[end] === ")" ? -1 : 0;
    if (depth === 0) return [end, row(list.slice(at + 1, end), names)];
  }
  return [list.length - 1, row(list.slice(at + 1), names)];
}

function isWord(token, names) {
  return /^[A-Za-z][a-z]*$/.test(token) && (words.has(token) || token.length > 2) && !names.has(token) && !functions.has(token);
}

function atom(token, names) {
  if (/^\d/.test(token)) return `<mn>${token}</mn>`;
  if (token.startsWith("dL/d")) return derivative(`<mi>${token.slice(4)}</mi>`);
  if (/^[A-Za-z]/.test(token)) return functions.has(token) ? `<mi mathvariant="normal">${token}</mi><mo>&#x2061;</mo>` : value(token);
  if (/^[μσγβεδαλφηπ]$/u.test(token)) return `<mi>${token}</mi>`;
  const signs = { "-": "−", "∗": "∗", "?": " ? ", ":": " : " };
  return "([|)]".includes(token) ? `<mo stretchy="false">${token}</mo>` : `<mo>${escaped(signs[token] ?? token)}</mo>`;
}

// A value by its name in generated code.
function value(name) {
  if (name.length > 8 && name.endsWith("Gradient")) return derivative(value(name.slice(0, -8)));
  for (const [ending, symbol] of [["Weight", "W"], ["Bias", "b"]]) {
    if (name.length > ending.length && name.endsWith(ending)) return `<msub><mi>${symbol}</mi><mtext>${escaped(name.slice(0, -ending.length))}</mtext></msub>`;
  }
  const numbered = /^([A-Za-z]{2,})(\d+)$/.exec(name);
  return numbered ? `<msub><mi mathvariant="normal">${numbered[1]}</mi><mn>${numbered[2]}</mn></msub>` : `<mi>${escaped(name)}</mi>`;
}

function derivative(by) {
  return `<mfrac><mrow><mo>∂</mo><mi>L</mi></mrow><mrow><mo>∂</mo>${by}</mrow></mfrac>`;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
