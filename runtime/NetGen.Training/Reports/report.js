'use strict';
// Drag over a plot to zoom, double-click to go back. The curves lie in a view in coordinates of the data, so a zoom is another view and other ticks.
for (const plot of document.querySelectorAll('.plots .plot')) {
  const data = plot.querySelector('.data'), ticks = plot.querySelector('.ticks');
  if (!data) continue;
  const element = (name, attributes) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    return made;
  };
  const area = ['x', 'y', 'width', 'height'].map(name => +data.getAttribute(name));
  const whole = data.getAttribute('viewBox').split(' ').map(Number);
  const print = value => value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5) ? String(+value.toFixed(6)) : value.toExponential(2);

  function roundNumbers(least, most) {
    const rough = (most - least) / 5, power = 10 ** Math.floor(Math.log10(rough)), ratio = rough / power;
    const step = power * (ratio < 1.5 ? 1 : ratio < 3.5 ? 2 : ratio < 7.5 ? 5 : 10), all = [];
    for (let i = Math.ceil(least / step); i * step <= most; i++) all.push(i * step + 0);
    return all;
  }

  function show(view) {
    data.setAttribute('viewBox', view.join(' '));
    const [left, negativeTop, width, height] = view, [x0, y0, w, h] = area;
    ticks.replaceChildren();
    for (const tick of roundNumbers(left, left + width)) {
      const x = x0 + (tick - left) / width * w;
      ticks.append(element('path', { class: 'grid', d: `M${x} ${y0}v${h}` }));
      const label = element('text', { class: 'tick', x, y: y0 + h + 16, 'text-anchor': 'middle' });
      label.textContent = print(tick);
      ticks.append(label);
    }
    for (const tick of roundNumbers(-negativeTop - height, -negativeTop)) {
      const y = y0 + (-tick - negativeTop) / height * h;
      ticks.append(element('path', { class: 'grid', d: `M${x0} ${y}h${w}` }));
      const label = element('text', { class: 'tick', x: x0 - 6, y: y + 4, 'text-anchor': 'end' });
      label.textContent = print(tick);
      ticks.append(label);
    }
  }

  const cover = element('rect', { x: area[0], y: area[1], width: area[2], height: area[3], fill: 'transparent', class: 'data' });
  const box = element('rect', { class: 'box', visibility: 'hidden' });
  plot.append(cover, box);
  const place = event => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(plot.getScreenCTM().inverse());
    return [Math.min(Math.max(point.x, area[0]), area[0] + area[2]), Math.min(Math.max(point.y, area[1]), area[1] + area[3])];
  };
  let start = null;
  const corners = event => {
    const end = place(event);
    return [Math.min(start[0], end[0]), Math.min(start[1], end[1]), Math.abs(start[0] - end[0]), Math.abs(start[1] - end[1])];
  };
  cover.addEventListener('pointerdown', event => {
    start = place(event);
    cover.setPointerCapture(event.pointerId);
  });
  cover.addEventListener('pointermove', event => {
    if (!start) return;
    ['x', 'y', 'width', 'height'].forEach((name, i) => box.setAttribute(name, corners(event)[i]));
    box.setAttribute('visibility', 'visible');
  });
  cover.addEventListener('pointerup', event => {
    if (!start) return;   // pressed elsewhere
    const [x, y, width, height] = corners(event);
    start = null;
    box.setAttribute('visibility', 'hidden');
    if (width < 6 || height < 6) return;
    const view = data.getAttribute('viewBox').split(' ').map(Number);
    show([view[0] + (x - area[0]) / area[2] * view[2], view[1] + (y - area[1]) / area[3] * view[3], width / area[2] * view[2], height / area[3] * view[3]]);
  });
  cover.addEventListener('pointercancel', () => { start = null; box.setAttribute('visibility', 'hidden'); });
  cover.addEventListener('dblclick', () => show(whole));
}
