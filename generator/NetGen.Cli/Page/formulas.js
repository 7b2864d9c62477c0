// Typesets the formulas of generated code as MathML: dense1WeightGradient is the derivative of L by W with the index dense1, and words stay words.

const functions = new Set(["max", "min", "exp", "log", "tanh", "sinh", "cosh", "erf", "softmax", "sin", "cos", "relu6", "mean", "softplus", "sigmoid"]);
const words = new Set(["of", "to", "in", "is", "at", "or", "by", "as", "on", "no", "it", "we", "a", "an"]);
const parts = /\s*(dL\/d[a-z]\b|[A-Za-z][\w.]*|[μσγβεδαλφηπ]|\d+(?:\.\d+)?(?:E[-+]?\d+)?|ᵀ|²|³|'|.)/gu;
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

// A formula, and what it uses in lines of their own below.
function typeset(text, shape, names) {
  const [first, ...rest] = text.split(/,\s{2,}|:\s{2,}/);
  const formula = element("div", "formula", line("", first, names), ...rest.map(one => line("where", one, names)));
  formula.title = `${text}    ${shape}`;
  return formula;
}

// Words and mathematics in turns; a long line breaks between them, and before a sign.
function line(className, text, names) {
  const made = element("div", className);
  let rest = [];
  let depth = 0;
  const endMath = () => {
    if (rest.length > 0) {
      const holder = element("div", "");
      holder.innerHTML = `<math displaystyle="true">${row(rest, names)}</math>`;
      made.append(holder.firstChild, " ");
    }
    rest = [];
  };
  for (const [, token] of text.matchAll(parts)) {
    if (depth === 0 && isWord(token, names)) {
      endMath();
      made.append(`${token} `);
      continue;
    }
    if (depth === 0 && token === "," && rest.length === 0 && made.lastChild?.nodeType === Node.TEXT_NODE) {
      made.lastChild.textContent = `${made.lastChild.textContent.trimEnd()}, `;
      continue;
    }
    if (depth === 0 && (token === "=" || token === "⊙" || token === "+")) endMath();
    depth += "([".includes(token) ? 1 : ")]".includes(token) ? -1 : 0;
    rest.push(token);
  }
  endMath();
  return made;
}

// Tokens to the elements of one row.
function row(list, names) {
  const made = [];
  for (let at = 0; at < list.length; at++) {
    const token = list[at];
    if (isWord(token, names)) {
      made.push(`<mtext>\u00a0${escaped(token)}\u00a0</mtext>`);
    } else if (token in superscripts) {
      made.push(`<msup>${made.pop() ?? "<mrow></mrow>"}${superscripts[token]}</msup>`);
    } else if (token === "'") {
      made.push(`<msup>${made.pop() ?? "<mrow></mrow>"}<mo>′</mo></msup>`);
    } else if (token === "^" || token === "_" || token === "√") {
      const [end, inner] = operand(list, at + 1, names);
      at = end;
      const name = { "^": "msup", "_": "msub" }[token];
      made.push(name ? `<${name}>${made.pop() ?? "<mrow></mrow>"}<mrow>${inner}</mrow></${name}>` : `<msqrt>${inner}</msqrt>`);
    } else {
      made.push(atom(token, names));
    }
  }
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
  if (/^\d/.test(token)) return number(token);
  if (token.startsWith("dL/d")) return derivative(`<mi>${token.slice(4)}</mi>`);
  if (/^[A-Za-z]/.test(token)) return functions.has(token) ? `<mi mathvariant="normal">${token}</mi><mo>&#x2061;</mo>` : value(token);
  if (/^[μσγβεδαλφηπ]$/u.test(token)) return `<mi>${token}</mi>`;
  const signs = { "-": "−", "∗": "∗", "?": " ? ", ":": " : " };
  return "([|)]".includes(token) ? `<mo stretchy="false">${token}</mo>` : `<mo${"=+⊙".includes(token) ? " form=\"infix\"" : ""}>${escaped(signs[token] ?? token)}</mo>`;
}

// 1E-05 is a power of ten.
function number(token) {
  const [digits, exponent] = token.split("E");
  if (exponent === undefined) return `<mn>${digits}</mn>`;
  const power = `<msup><mn>10</mn><mn>${String(Number(exponent)).replace("-", "−")}</mn></msup>`;
  return digits === "1" ? power : `<mn>${digits}</mn><mo>·</mo>${power}`;
}

// A value by its name in generated code.
function value(name) {
  const another = /^(.+)_(\d+)$/.exec(name);
  if (another) return `<msup>${value(another[1])}<mrow><mo>(</mo><mn>${another[2]}</mn><mo>)</mo></mrow></msup>`;
  if (name.endsWith("GradientEach")) return `<msub>${value(name.slice(0, -4))}<mtext>each</mtext></msub>`;
  if (name.length > 8 && name.endsWith("Gradient")) return derivative(value(name.slice(0, -8)));
  const parameter = /^(.+)(Weight|Bias)(?:_(\w+))?$/.exec(name);
  if (parameter) return `<msub><mi>${parameter[2] === "Weight" ? "W" : "b"}</mi><mtext>${escaped(`${parameter[1]} ${(parameter[3] ?? "").replaceAll("_", " ")}`.trim())}</mtext></msub>`;
  const numbered = /^([A-Za-z][\w.]*[A-Za-z])(\d+)$/.exec(name);
  return numbered ? `<msub><mi>${numbered[1]}</mi><mn>${numbered[2]}</mn></msub>` : `<mi>${escaped(name)}</mi>`;
}

function derivative(by) {
  return `<mfrac><mrow><mo>∂</mo><mi>L</mi></mrow><mrow><mo>∂</mo>${by}</mrow></mfrac>`;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
