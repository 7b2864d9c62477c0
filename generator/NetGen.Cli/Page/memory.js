// The memory plan: time from left to right, addresses from top to bottom, a rectangle for each stretch that values live in.

const lanes = { left: 64, top: 8, bottom: 26, leastHeight: 320, mostHeight: 680, leastStep: 1 };

function showMemory(network, select) {
  const panel = document.getElementById("lanes");
  let shown = network.memory[0];
  const draw = () => {
    panel.replaceChildren(shown.slots.length === 0 ? element("p", "empty", "No memory of its own: what one layer gives the next stays in registers.") : drawLanes(network, shown, panel.clientWidth, select));
    describe(null);
    mark(panel);
  };
  const describe = slot => {
    document.getElementById("memory-remark").textContent = slot ? about(network, shown, slot) : summary(shown);
  };
  panel.addEventListener("pointerover", event => describe(slotOf(shown, event.target)));
  panel.addEventListener("focusin", event => describe(slotOf(shown, event.target)));
  panel.addEventListener("pointerleave", () => describe(null));
  roving(panel, () => [...panel.querySelectorAll(".slot")]);
  choice(document.getElementById("programs"), network.memory.map(program => program.name), shown.name, name => {
    shown = network.memory.find(program => program.name === name);
    draw();
  });
  let width = 0;
  new ResizeObserver(() => {
    if (panel.clientWidth !== width) {
      width = panel.clientWidth;
      draw();
    }
  }).observe(panel);
}

function slotOf(program, target) {
  const group = target.closest?.(".slot");
  return group ? program.slots[group.dataset.slot] : null;
}

// Bytes of one sample, in front of them what does not grow with the batch.
function start(slot) {
  return 4 * (slot.perSample + slot.constant);
}

function drawLanes(network, program, available, select) {
  const steps = program.steps.length;
  const width = Math.max(available, lanes.left + steps * lanes.leastStep + 8);
  const panelHeight = Math.min(lanes.mostHeight, Math.max(lanes.leastHeight, 2 * program.slots.length));
  const total = 4 * (program.perSample + program.constant);
  const x = step => lanes.left + (width - lanes.left - 8) * (step + 1) / (steps + 1);
  const y = address => lanes.top + panelHeight * address / total;
  const svg = drawn("svg", { class: program.slots.length > 150 ? "dense" : "", width, height: lanes.top + panelHeight + lanes.bottom, role: "group", "aria-label": `Memory of ${program.name}` });
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    svg.append(drawn("line", { class: "axis", x1: lanes.left, x2: width - 8, y1: y(part * total), y2: y(part * total) }));
    svg.append(drawn("text", { x: lanes.left - 8, y: y(part * total) + 4, "text-anchor": "end" }, bytes(Math.round(part * total))));
  }
  const slots = program.slots.map((slot, index) => {
    const [left, right] = [x(slot.first), x(Math.min(slot.last, steps - 1) + 1)];
    const [top, height] = [y(start(slot)), Math.max(1.5, panelHeight * 4 * slot.floats / total)];
    const group = drawn("g", { class: "slot", "data-slot": index, "data-layers": slot.values.map(value => value.layer).join(" "), role: "button", tabindex: "-1", "aria-label": about(network, program, slot) });
    group.append(drawn("rect", { x: left, y: top, width: Math.max(1.5, right - left), height, rx: 1.5 }));
    const label = [...new Set(slot.values.map(value => value.name))].join(" → ");
    const room = Math.floor((right - left - 10) / 6.2);
    if (height > 14 && room >= 4) group.append(drawn("text", { x: left + 5, y: top + height / 2 + 4 }, label.length <= room ? label : label.slice(0, room - 1) + "…"));
    const choose = () => select((slot.values.find(value => value.layer >= 0) ?? { layer: 0 }).layer);
    group.addEventListener("click", choose);
    group.addEventListener("keydown", event => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose();
      }
    });
    return group;
  });
  slots[0].setAttribute("tabindex", "0");
  svg.append(...slots);
  const base = lanes.top + panelHeight;
  if (program.forward < steps) {
    svg.append(drawn("line", { class: "turn", x1: x(program.forward), x2: x(program.forward), y1: lanes.top, y2: base + 6 }));
    svg.append(drawn("text", { x: x(program.forward) - 6, y: base + 18, "text-anchor": "end" }, "Forward"), drawn("text", { x: x(program.forward) + 6, y: base + 18 }, "Backward"));
  } else {
    svg.append(drawn("text", { x: lanes.left, y: base + 18 }, "first step"), drawn("text", { x: width - 8, y: base + 18, "text-anchor": "end" }, "last step"));
  }
  return svg;
}

function summary(program) {
  const constant = program.constant === 0 ? "" : ` and ${bytes(4 * program.constant)} whatever the batch`;
  return `${bytes(4 * program.perSample)} a sample${constant}, in ${count(program.slots.length)} stretches over ${count(program.steps.length)} steps. A value that nothing reads any more gives its place to another. Point at one for its values.`;
}

function about(network, program, slot) {
  const layerAt = step => step < 0 ? "the start" : step >= program.steps.length ? "the end" : program.steps[step] < 0 ? `step ${step + 1}` : network.layers[program.steps[step]].path;
  const values = slot.values.map(value => `${value.name} ${value.shape}`).join(", then ");
  return `${values}: ${bytes(4 * slot.floats)}${slot.batched ? " a sample" : ""} at ${bytes(start(slot))}, from ${layerAt(slot.first)} to ${layerAt(slot.last)}.`;
}
