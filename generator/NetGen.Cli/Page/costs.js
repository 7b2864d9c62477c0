// What each layer costs, as bars.

const metrics = {
  "Time": { of: cost => cost.nanoseconds, text: time },
  "FLOPs": { of: cost => cost.flops, text: count },
  "Training": { of: cost => cost.trainingFlops, text: count },
  "Bytes moved": { of: cost => cost.bytesMoved, text: bytes },
  "Parameters": { of: cost => cost.parameters, text: count },
  "Arena": { of: cost => cost.arenaBytes, text: bytes, isLevel: true },
  "Code": { of: cost => cost.codeBytes, text: bytes },
};

function showCosts(network, select) {
  const bars = document.getElementById("bars");
  const show = name => {
    const { of, text, isLevel } = metrics[name];
    const layers = network.layers.map((layer, index) => ({ layer, index })).filter(({ layer }) => layer.cost);
    const costing = layers.filter(({ layer }) => of(layer.cost) > 0);
    const most = Math.max(...costing.map(({ layer }) => of(layer.cost)));
    const total = costing.reduce((sum, { layer }) => sum + of(layer.cost), 0);
    bars.replaceChildren(...costing.map(({ layer, index }) => {
      const amount = of(layer.cost);
      const fill = element("span", "fill");
      fill.style.width = `${100 * amount / most}%`;
      const bar = element("button", "bar", element("span", "of", element("bdi", "", layer.path)), element("span", "track", fill), element("span", "value", text(amount)),
        element("span", "share", isLevel ? "" : `${(100 * amount / total).toFixed(1)}%`));
      bar.type = "button";
      bar.dataset.layer = index;
      bar.title = layer.description;
      bar.tabIndex = -1;
      bar.addEventListener("click", () => select(index));
      return bar;
    }));
    bars.firstChild?.setAttribute("tabindex", "0");
    document.getElementById("costs-remark").textContent = remark(name, layers.length - costing.length, network);
    mark(bars);
  };
  roving(bars, () => [...bars.children]);
  choice(document.getElementById("metrics"), Object.keys(metrics), "Time", show);
  show("Time");
}

function remark(name, without, network) {
  const { flopsPerNanosecond, cacheBytesPerNanosecond, memoryBytesPerNanosecond } = network.roofline;
  const rest = without === 0 ? "" : ` ${without === 1 ? "One layer has" : `${count(without)} layers have`} none of its own.`;
  const what = {
    "Time": `The least time of one core that computes ${flopsPerNanosecond} FLOPs a nanosecond and reads ${cacheBytesPerNanosecond} bytes of cache, or ${memoryBytesPerNanosecond} of memory: a yardstick, not a measurement.`,
    "FLOPs": "Floating-point operations of each layer as written; a multiply-add is two.",
    "Training": "Floating-point operations of Forward and Backward for one sample.",
    "Bytes moved": "Parameters and values that each layer's code reads and writes, each once.",
    "Parameters": "Numbers of four bytes that training changes.",
    "Arena": "Memory that is taken while each layer runs, what earlier layers keep there included.",
    "Code": "C# of each layer's methods, those of training included.",
  }[name];
  return what + (name === "Parameters" || name === "Arena" ? "" : rest.replace("its own", without === 1 ? "its own" : "their own"));
}
