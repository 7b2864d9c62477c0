// Wires the page: one layer is selected, and every view shows it.

const network = JSON.parse(document.getElementById("network").textContent);
const weights = JSON.parse(document.getElementById("weights").textContent);
const names = namesIn(network.passes);
let selected = -1;

// Marks what belongs to the selected layer, in one view or in all.
function mark(view = document) {
  for (const item of view.querySelectorAll("[data-layer]")) item.classList.toggle("selected", Number(item.dataset.layer) === selected);
  for (const slot of view.querySelectorAll("[data-layers]")) slot.classList.toggle("selected", slot.dataset.layers.split(" ").includes(String(selected)));
  for (const edge of view.querySelectorAll(".edge")) edge.classList.toggle("near", [edge.dataset.from, edge.dataset.to].includes(String(selected)));
}

function select(index) {
  selected = index;
  showLayer(network, names, weights, index, select);
  mark();
  const bar = document.querySelector(`.bar[data-layer="${index}"]`);
  if (bar) reveal(document.getElementById("bars"), bar);
  const node = document.querySelector(`.node[data-layer="${index}"]`);
  if (node) {
    reach(nodes, node);
    reveal(document.getElementById("drawing"), node);
  }
  history.replaceState(null, "", `#/${encodeURIComponent(addressOf(network.layers[index], index))}`);
}

// What a link calls a layer: its path. A layer may be called like the loss, which then says that it is one.
function addressOf(layer, index) {
  return network.layers.findIndex(other => other.path === layer.path) === index ? layer.path : `${layer.path}:${layer.kind}`;
}

// Scrolls a panel alone, so that the page stays where it is.
function reveal(panel, node) {
  const [outer, inner] = [panel.getBoundingClientRect(), node.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) panel.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  if (inner.width < outer.width && (inner.left < outer.left || inner.right > outer.right)) panel.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
}

const nodes = [...document.querySelectorAll(".node")].sort((a, b) => a.dataset.layer - b.dataset.layer);
for (const node of nodes) {
  node.setAttribute("role", "button");
  node.setAttribute("tabindex", "-1");
  node.setAttribute("aria-label", node.querySelector("title").textContent);
  node.addEventListener("click", () => select(Number(node.dataset.layer)));
  node.addEventListener("focus", () => {
    if (Number(node.dataset.layer) !== selected) select(Number(node.dataset.layer));
  });
}
roving(document.getElementById("drawing"), () => nodes);

const { totals } = network;
document.getElementById("subtitle").textContent = `${network.fullName} · ${network.mode} · NetGen ${network.netgen}`;
facts(document.getElementById("totals"), [
  ["Parameters", count(totals.parameters)], ["Weights", bytes(4 * totals.parameters)], ["Arena", bytes(totals.arenaBytes)], ["FLOPs", count(totals.flops)], ["Estimate", time(totals.nanoseconds)],
]);
showCosts(network, select);
showMemory(network, select);
const wanted = decodeURIComponent(location.hash.slice(2));
const linked = network.layers.findIndex((layer, index) => addressOf(layer, index) === wanted);
select(linked >= 0 ? linked : network.layers.findIndex(layer => layer.kind === "layer"));
