"use strict";
// Draws a network on a canvas: the page of the exported file and the analysts' page both use it. Texts go to the
// canvas as text, never as markup. Colours are those of the canvas's style: --back, --ink, --faint, --mark.
//
// nodes: {id, label, values, size, colour, x, y}; links: {source, target, label, directed, weight, values, colour},
// of which values.standing tells facts, which are drawn solid, from claims (dashes) and "about" (dots).
// told: what is called when something is chosen, pointed at or opened; each gets a node, a link or null.
export function drawNetwork(picture, nodes, links, told = {}) {
  const LABELS = 300, KEY_STEP = 60, ARROW = 9, NAMED_LINKS = 12, STEPS = 14, APART = 16;
  const DASHES = { claim: [7, 5], about: [2, 4] };
  const pen = picture.getContext("2d");
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const hidden = new Set();
  let chosen = null, pointed = null, view = { x: 0, y: 0, zoom: 1 }, isDue = false;

  nodes.forEach((node, place) => {
    node.links = [];
    node.size = node.size || 8;
    if (node.x === undefined) { // not laid out: a spiral, the largest in the middle
      node.x = 18 * Math.sqrt(place) * Math.cos(place * 2.399963);
      node.y = 18 * Math.sqrt(place) * Math.sin(place * 2.399963);
    }
  });
  const pairs = new Map();
  links.forEach((link) => {
    link.from = byId.get(link.source);
    link.to = byId.get(link.target);
    link.from.links.push(link);
    if (link.to !== link.from) link.to.links.push(link);
    const pair = JSON.stringify([link.source, link.target].sort());
    if (!pairs.has(pair)) pairs.set(pair, []);
    pairs.get(pair).push(link);
  });
  pairs.forEach((pair) => pair.forEach((link, place) => { // those between the same two lie side by side
    link.bend = (place - (pair.length - 1) / 2) * Math.min(APART, 120 / pair.length);
    if (link.source > link.target) link.bend = -link.bend;
    link.place = place;
  }));
  const bySize = [...nodes].sort((one, other) => other.size - one.size);

  const kindOf = (link) => link.values.standing || "link";
  const isShown = (link) => !hidden.has(kindOf(link));
  const isLink = (thing) => Boolean(thing && thing.from);

  function draw() {
    isDue = false;
    const style = getComputedStyle(picture);
    const ink = (name) => style.getPropertyValue(name).trim();
    const inks = { back: ink("--back"), ink: ink("--ink"), faint: ink("--faint"), mark: ink("--mark") };
    const ratio = window.devicePixelRatio || 1, box = picture.getBoundingClientRect();
    picture.width = Math.max(1, box.width * ratio);
    picture.height = Math.max(1, box.height * ratio);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.translate(box.width / 2, box.height / 2);
    pen.scale(view.zoom, view.zoom);
    pen.translate(-view.x, -view.y);
    const near = nearChosen();
    links.forEach((link) => { if (isShown(link)) drawLink(link, near, inks); });
    nodes.forEach((node) => drawNode(node, !near || near.has(node), inks));
    pen.textAlign = "center";
    pen.lineJoin = "round";
    pen.lineWidth = 4 / view.zoom;
    const lit = links.filter((link) => isShown(link) && (link === pointed || (chosen && isLit(link))));
    if (lit.length <= NAMED_LINKS) lit.forEach((link) => drawName(link, inks));
    drawLabels(box, near, inks);
  }

  function nearChosen() {
    if (!chosen) return null;
    if (isLink(chosen)) return new Set([chosen.from, chosen.to]);
    return new Set([chosen, ...chosen.links.filter(isShown).flatMap((link) => [link.from, link.to])]);
  }

  function isLit(link) {
    return isLink(chosen) ? link === chosen : link.from === chosen || link.to === chosen;
  }

  function curve(link) { // its middle point; a curve comes half as near to it
    const across = link.to.x - link.from.x, along = link.to.y - link.from.y;
    const length = Math.hypot(across, along) || 1;
    return {
      x: (link.from.x + link.to.x) / 2 - (along / length) * link.bend * 2,
      y: (link.from.y + link.to.y) / 2 + (across / length) * link.bend * 2,
    };
  }

  function loop(link) {
    const radius = link.from.size / 2 + 5 + 4 * link.place;
    return { x: link.from.x, y: link.from.y - link.from.size / 2 - radius * 0.7, radius };
  }

  function drawLink(link, near, inks) {
    pen.globalAlpha = link === pointed ? 1 : !near ? 0.85 : isLit(link) ? 1 : 0.07;
    pen.strokeStyle = pen.fillStyle = link === pointed ? inks.mark : link.colour || inks.faint;
    pen.lineWidth = Math.min(0.6 + Math.log2(1 + Math.abs(link.weight || 0)), 8) / Math.max(view.zoom, 0.5);
    pen.setLineDash((DASHES[kindOf(link)] || []).map((part) => part / Math.max(view.zoom, 0.5)));
    pen.beginPath();
    if (link.from === link.to) {
      const ring = loop(link);
      pen.arc(ring.x, ring.y, ring.radius, 0, 7);
    } else {
      const middle = curve(link);
      pen.moveTo(link.from.x, link.from.y);
      pen.quadraticCurveTo(middle.x, middle.y, link.to.x, link.to.y);
    }
    pen.stroke();
    pen.setLineDash([]);
    if (link.directed && link.from !== link.to) drawArrow(link);
  }

  function drawArrow(link) {
    const middle = curve(link), angle = Math.atan2(link.to.y - middle.y, link.to.x - middle.x);
    const length = (ARROW + pen.lineWidth) / Math.max(view.zoom, 0.5), reach = link.to.size / 2 + 1;
    const tip = { x: link.to.x - Math.cos(angle) * reach, y: link.to.y - Math.sin(angle) * reach };
    pen.beginPath();
    pen.moveTo(tip.x, tip.y);
    for (const turn of [-0.38, 0.38]) {
      pen.lineTo(tip.x - Math.cos(angle + turn) * length, tip.y - Math.sin(angle + turn) * length);
    }
    pen.fill();
  }

  function drawNode(node, isNear, inks) {
    pen.globalAlpha = isNear ? 1 : 0.15;
    pen.fillStyle = node.colour || inks.faint;
    pen.beginPath();
    pen.arc(node.x, node.y, node.size / 2, 0, 7);
    pen.fill();
    const isMarked = node === chosen || node === pointed;
    pen.strokeStyle = isMarked ? inks.mark : inks.back;
    pen.lineWidth = (isMarked ? 3 : 1.5) / view.zoom;
    pen.stroke();
  }

  function drawLabels(box, near, inks) {
    const halfWidth = box.width / 2 / view.zoom, halfHeight = box.height / 2 / view.zoom;
    const isVisible = (node) => Math.abs(node.x - view.x) < halfWidth && Math.abs(node.y - view.y) < halfHeight;
    const isFirst = (node) => node === chosen || node === pointed;
    const named = bySize.filter((node) => isVisible(node) && (!near || near.has(node) || node === pointed));
    named.sort((one, other) => isFirst(other) - isFirst(one));
    pen.globalAlpha = 1;
    pen.font = `${13 / view.zoom}px system-ui, sans-serif`;
    pen.strokeStyle = inks.back;
    pen.fillStyle = inks.ink;
    const taken = [];
    named.slice(0, LABELS).forEach((node) => {
      const text = node.label.length > 40 ? `${node.label.slice(0, 39)}…` : node.label;
      const below = node.y + node.size / 2 + 14 / view.zoom, half = pen.measureText(text).width / 2;
      const isOver = (other) => Math.abs(other.x - node.x) < other.half + half && Math.abs(other.y - below) < 14 / view.zoom;
      if (!isFirst(node) && taken.some(isOver)) return;
      taken.push({ x: node.x, y: below, half });
      pen.strokeText(text, node.x, below);
      pen.fillText(text, node.x, below);
    });
  }

  function drawName(link, inks) {
    if (link.from === link.to) return;
    const middle = curve(link);
    const x = (link.from.x + link.to.x) / 4 + middle.x / 2, y = (link.from.y + link.to.y) / 4 + middle.y / 2;
    pen.globalAlpha = 1;
    pen.font = `italic ${12 / view.zoom}px system-ui, sans-serif`;
    pen.strokeStyle = inks.back;
    pen.fillStyle = inks.ink;
    pen.strokeText(link.values.predicate || link.label, x, y);
    pen.fillText(link.values.predicate || link.label, x, y);
  }

  function redraw() {
    if (!isDue) requestAnimationFrame(draw);
    isDue = true;
  }

  function showAll() {
    const box = picture.getBoundingClientRect();
    let left = -50, right = 50, top = -50, bottom = 50;
    if (nodes.length) [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    nodes.forEach((node) => {
      left = Math.min(left, node.x); right = Math.max(right, node.x);
      top = Math.min(top, node.y); bottom = Math.max(bottom, node.y);
    });
    const zoom = 0.9 * Math.min(box.width / (right - left + 80), box.height / (bottom - top + 80));
    view = { x: (left + right) / 2, y: (top + bottom) / 2, zoom: Math.min(Math.max(zoom, 0.005), 1.6) };
    redraw();
  }

  function zoomBy(factor) {
    view.zoom = Math.min(Math.max(view.zoom * factor, 0.005), 20);
    redraw();
  }

  function zoomAt(point, factor) { // what is under the point stays there
    const before = placeOf(point);
    zoomBy(factor);
    const after = placeOf(point);
    view.x += before.x - after.x;
    view.y += before.y - after.y;
  }

  function choose(thing, isCentred = true) {
    chosen = thing;
    const middle = isLink(thing) ? { x: (thing.from.x + thing.to.x) / 2, y: (thing.from.y + thing.to.y) / 2 } : thing;
    if (middle && isCentred) { view.x = middle.x; view.y = middle.y; view.zoom = Math.max(view.zoom, 0.8); }
    if (told.chosen) told.chosen(thing);
    redraw();
  }

  function placeOf(event) { // or whatever else has clientX and clientY
    const box = picture.getBoundingClientRect();
    return {
      x: (event.clientX - box.left - box.width / 2) / view.zoom + view.x,
      y: (event.clientY - box.top - box.height / 2) / view.zoom + view.y,
    };
  }

  function nodeAt({ x, y }, slack = 4) { // slack: pixels beside it that count; a finger needs more
    const reach = slack / view.zoom;
    return [...bySize].reverse().find((node) => Math.hypot(node.x - x, node.y - y) <= node.size / 2 + reach) || null;
  }

  function linkAt(place, slack = 6) {
    let nearest = null, least = slack / view.zoom;
    links.filter(isShown).forEach((link) => {
      const distance = distanceTo(link, place);
      if (distance < least) { nearest = link; least = distance; }
    });
    return nearest;
  }

  function distanceTo(link, { x, y }) {
    if (link.from === link.to) {
      const ring = loop(link);
      return Math.abs(Math.hypot(ring.x - x, ring.y - y) - ring.radius);
    }
    const middle = curve(link), across = Math.abs(link.bend) * 2 + 8 / view.zoom;
    if (x < Math.min(link.from.x, link.to.x) - across || x > Math.max(link.from.x, link.to.x) + across) return Infinity;
    if (y < Math.min(link.from.y, link.to.y) - across || y > Math.max(link.from.y, link.to.y) + across) return Infinity;
    let least = Infinity, before = link.from;
    for (let step = 1; step <= STEPS; step += 1) {
      const part = step / STEPS, rest = 1 - part;
      const point = {
        x: rest * rest * link.from.x + 2 * rest * part * middle.x + part * part * link.to.x,
        y: rest * rest * link.from.y + 2 * rest * part * middle.y + part * part * link.to.y,
      };
      least = Math.min(least, distanceToLine({ x, y }, before, point));
      before = point;
    }
    return least;
  }

  function distanceToLine({ x, y }, begin, end) {
    const across = end.x - begin.x, along = end.y - begin.y, square = across * across + along * along;
    const share = square ? Math.min(1, Math.max(0, ((x - begin.x) * across + (y - begin.y) * along) / square)) : 0;
    return Math.hypot(begin.x + share * across - x, begin.y + share * along - y);
  }

  function pointAt(event) {
    const place = placeOf(event), found = nodeAt(place) || linkAt(place);
    if (found !== pointed) {
      pointed = found;
      picture.style.cursor = found ? "pointer" : "";
      redraw();
    }
    if (told.pointed) told.pointed(found, event);
  }

  let held = null; // what a press began with: a node that is dragged, or the ground
  const fingers = new Map();
  const isTouch = (event) => event.pointerType === "touch";
  const isTap = (event) => held.moved < (isTouch(event) ? 12 : 5);
  picture.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    held = { node: nodeAt(placeOf(event), isTouch(event) ? 12 : 4), x: event.clientX, y: event.clientY, moved: 0 };
    picture.setPointerCapture(event.pointerId);
    if (told.pointed) told.pointed(null, event);
  });
  picture.addEventListener("pointermove", (event) => {
    if (!held) { pointAt(event); return; }
    if (fingers.size === 2) { pinch(event); return; }
    fingers.set(event.pointerId, event);
    const across = event.clientX - held.x, along = event.clientY - held.y;
    held = { ...held, x: event.clientX, y: event.clientY, moved: held.moved + Math.abs(across) + Math.abs(along) };
    if (isTap(event)) return;
    const [thing, sign] = held.node ? [held.node, 1] : [view, -1];
    thing.x += (sign * across) / view.zoom;
    thing.y += (sign * along) / view.zoom;
    redraw();
  });
  function pinch(event) { // two fingers move the ground as well as they zoom
    const before = grip();
    fingers.set(event.pointerId, event);
    const after = grip();
    view.x -= (after.clientX - before.clientX) / view.zoom;
    view.y -= (after.clientY - before.clientY) / view.zoom;
    zoomAt(after, before.spread > 0 ? after.spread / before.spread : 1);
    held.moved = 100;
  }
  function grip() {
    const [one, other] = [...fingers.values()];
    return {
      clientX: (one.clientX + other.clientX) / 2,
      clientY: (one.clientY + other.clientY) / 2,
      spread: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY),
    };
  }
  function letGo(event) {
    if (held && event.type === "pointerup" && isTap(event)) {
      const found = held.node || linkAt(placeOf(event), isTouch(event) ? 16 : 6);
      choose(found, false);
      if (isTouch(event) && told.pointed) told.pointed(found, event); // a finger cannot point without a press
    }
    fingers.delete(event.pointerId);
    held = fingers.size ? { ...held, node: null, moved: 100 } : null;
  }
  picture.addEventListener("pointerup", letGo);
  picture.addEventListener("pointercancel", letGo);
  picture.addEventListener("pointerleave", (event) => {
    if (isTouch(event)) return; // it leaves at once, and what it tapped on stays
    pointed = null;
    if (told.pointed) told.pointed(null);
    redraw();
  });
  picture.addEventListener("dblclick", (event) => {
    const node = nodeAt(placeOf(event));
    if (node && told.opened) told.opened(node);
  });
  picture.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomAt(event, Math.exp(-event.deltaY / 500));
  }, { passive: false });
  const keys = {
    ArrowLeft: () => { view.x -= KEY_STEP / view.zoom; }, ArrowRight: () => { view.x += KEY_STEP / view.zoom; },
    ArrowUp: () => { view.y -= KEY_STEP / view.zoom; }, ArrowDown: () => { view.y += KEY_STEP / view.zoom; },
    "+": () => zoomBy(1.3), "=": () => zoomBy(1.3), "-": () => zoomBy(1 / 1.3), "0": showAll,
    Escape: () => choose(null),
  };
  picture.addEventListener("keydown", (event) => {
    if (!(event.key in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
    redraw();
  });
  window.addEventListener("resize", redraw);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

  showAll();
  return {
    nodes, links, bySize, byId, kindOf, isShown, choose, redraw, showAll, zoomBy,
    hide(kind, isHidden) {
      if (isHidden) hidden.add(kind); else hidden.delete(kind);
      redraw();
    },
  };
}
