// One layer: what it is, its formulas and its code, forward beside backward.

function showLayer(network, names, weights, index, select) {
  const layer = network.layers[index];
  const section = document.getElementById("layer");
  const title = element("h2", "", layer.path);
  title.id = "layer-title";
  section.replaceChildren(
    element("div", "heading", title, element("code", "", layer.description), stepButtons(network, index, select)),
    factsOf(layer),
    ...(layer.notes?.length > 0 ? [notesOf(layer.notes)] : []),
    ...(layer.tensors?.length > 0 ? [tensorsOf(layer.tensors, weights)] : []),
    ...(layer.kind === "input" ? [] : [passesOf(network, index, names, select)]));
}

function stepButtons(network, index, select) {
  const button = (sign, label, to) => {
    const made = element("button", "", sign);
    made.type = "button";
    made.setAttribute("aria-label", label);
    made.disabled = to < 0 || to >= network.layers.length;
    made.addEventListener("click", () => {
      select(to);
      document.querySelector(`#layer .steps [aria-label="${label}"]`).focus();
    });
    return made;
  };
  return element("div", "steps", button("↑", "Previous layer", index - 1), button("↓", "Next layer", index + 1));
}

function factsOf(layer) {
  const cost = layer.cost;
  return facts(element("dl", "facts"), [
    ["Shape", layer.kind === "input" ? layer.output : `${layer.input} → ${layer.output}`],
    ["Source", layer.source ? `${layer.source.file}:${layer.source.line}` : ""],
    ["Parameters", cost?.parameters > 0 ? count(cost.parameters) : ""],
    ["FLOPs", cost?.flops > 0 ? count(cost.flops) : ""],
    ["Training", cost?.trainingFlops > 0 ? `${count(cost.trainingFlops)} FLOPs` : ""],
    ["Moved", cost?.bytesMoved > 0 ? bytes(cost.bytesMoved) : ""],
    ["Arena", cost?.arenaBytes > 0 ? bytes(cost.arenaBytes) : ""],
    ["Estimate", cost?.nanoseconds > 0 ? time(cost.nanoseconds) : ""],
  ]);
}

function notesOf(notes) {
  return element("ul", "notes", ...notes.map(note => element("li", "", note)));
}

function tensorsOf(tensors, weights) {
  const known = tensors.map(tensor => weights.find(one => one.name === tensor.name && one.histogram.length > 0));
  const head = ["Tensor", "Shape", "Numbers", "Offset", ...(known.some(Boolean) ? ["Mean", "Deviation", "Histogram"] : [])];
  const isNumber = name => ["Numbers", "Offset", "Mean", "Deviation"].includes(name);
  const rows = tensors.map((tensor, index) => {
    const statistics = known[index];
    const cells = [tensor.trained ? tensor.name : `${tensor.name} (state)`, tensor.shape, count(tensor.count), count(tensor.offset),
      ...(!known.some(Boolean) ? [] : statistics ? [short(statistics.mean), short(statistics.deviation), histogramOf(statistics)] : ["", "", ""])];
    return element("tr", "", ...cells.map((cell, column) => element("td", isNumber(head[column]) ? "number" : column === 0 ? "mono" : "", cell)));
  });
  return element("div", "tensors", element("table", "",
    element("thead", "", element("tr", "", ...head.map(name => element("th", isNumber(name) ? "number" : "", name)))), element("tbody", "", ...rows)));
}

function histogramOf(statistics) {
  const [width, height] = [160, 32];
  const most = Math.max(...statistics.histogram);
  const step = width / statistics.histogram.length;
  const svg = drawn("svg", { class: "histogram", width, height, role: "img", "aria-label": `Histogram from ${short(statistics.minimum)} to ${short(statistics.maximum)}` });
  svg.append(...statistics.histogram.map((number, bin) => {
    const bar = number === 0 ? 0 : Math.max(1, height * number / most);
    return drawn("rect", { x: bin * step, y: height - bar, width: step - 1, height: bar });
  }));
  const range = element("div", "histogram-range", element("span", "", short(statistics.minimum)), element("span", "", short(statistics.maximum)));
  range.style.width = `${width}px`;
  return element("div", "", svg, range);
}

function passesOf(network, index, names, select) {
  const pass = name => network.passes.find(one => one.name === name);
  const columns = element("div", "passes");
  const left = ["Forward", "Predict", "Step"].filter(pass);
  const first = element("div", "pass");
  const show = name => first.replaceChildren(group, ...codeOf(network, pass(name), index, names, select));
  const group = element("div", "choice");
  group.setAttribute("role", "radiogroup");
  group.setAttribute("aria-label", "Which pass");
  choice(group, left, left[0], show);
  show(left[0]);
  columns.append(first);
  if (pass("Backward")) {
    columns.append(element("div", "pass", titled("Backward"), ...codeOf(network, pass("Backward"), index, names, select)));
  }
  return columns;
}

// A heading as high as a row of buttons, so that what is below lines up.
function titled(name) {
  return element("div", "choice title", element("h3", "", name));
}

// The formulas and methods of a layer in a pass, or where they are.
function codeOf(network, pass, index, names, select) {
  const layer = network.layers[index];
  const formulas = pass.formulas.filter(formula => formula.layer === index);
  const methods = pass.methods.filter(method => method.layers.includes(index));
  const into = layer.fusedInto?.[pass.name];
  if (methods.length === 0) {
    const empty = element("p", "empty", into === undefined ? "No code." : "Part of ");
    if (into !== undefined) {
      const link = element("button", "link", network.layers[into].path);
      link.type = "button";
      link.addEventListener("click", () => select(into));
      empty.append(link, ", which computes it on the way.");
    }
    return [empty];
  }
  return [element("div", "formulas", ...formulas.map(formula => typeset(formula.text, formula.shape, names))), ...methods.map(method => highlighted(method.code))];
}
