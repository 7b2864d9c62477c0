// Numbers and elements: what all other scripts use.

const grouped = new Intl.NumberFormat("en-US");

function count(number) {
  return grouped.format(number);
}

function bytes(number) {
  if (number < 1024) return `${count(number)} B`;
  if (number < 1024 ** 2) return `${(number / 1024).toFixed(1)} KB`;
  if (number < 1024 ** 3) return `${(number / 1024 ** 2).toFixed(1)} MB`;
  return `${(number / 1024 ** 3).toFixed(1)} GB`;
}

function time(nanoseconds) {
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(1)} ns`;
  if (nanoseconds < 1e6) return `${(nanoseconds / 1e3).toFixed(1)} µs`;
  return `${(nanoseconds / 1e6).toFixed(1)} ms`;
}

// A number of unknown size in four digits.
function short(number) {
  const size = Math.abs(number);
  return number === 0 ? "0" : size >= 0.001 && size < 100000 ? String(Number(number.toPrecision(4))) : number.toExponential(2);
}

// An element of HTML with its class and what is in it.
function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

// An element of SVG with attributes.
function drawn(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// Names with their values, as a list of terms.
function facts(list, pairs) {
  list.replaceChildren(...pairs.filter(([, value]) => value !== "").map(([name, value]) => element("div", "", element("dt", "", name), element("dd", "", value))));
  return list;
}

// Buttons of which one is chosen; arrow keys move among them, as among radio buttons.
function choice(group, names, chosen, choose) {
  const buttons = names.map(name => {
    const button = element("button", "", name);
    button.type = "button";
    button.setAttribute("role", "radio");
    button.setAttribute("aria-checked", String(name === chosen));
    button.tabIndex = name === chosen ? 0 : -1;
    button.addEventListener("click", () => select(name));
    return button;
  });
  function select(name) {
    buttons.forEach((button, index) => {
      button.setAttribute("aria-checked", String(names[index] === name));
      button.tabIndex = names[index] === name ? 0 : -1;
    });
    choose(name);
  }
  group.replaceChildren(...buttons);
  group.onkeydown = event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = buttons.indexOf(document.activeElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    const next = (at + step + names.length) % names.length;
    buttons[next].focus();
    select(names[next]);
  };
}

// Lets arrow keys, Home and End move the focus among the items of a container, of which the tab key reaches one.
function roving(container, itemsOf) {
  container.addEventListener("keydown", event => {
    const items = itemsOf();
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (at < 0 || to === undefined || to < 0 || to >= items.length) return;
    event.preventDefault();
    reach(items, items[to]);
    items[to].focus();
  });
}

// Makes one item the one that the tab key reaches.
function reach(items, one) {
  for (const item of items) item.setAttribute("tabindex", item === one ? "0" : "-1");
}
