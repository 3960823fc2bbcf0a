"use strict";
// Draws the network that stands in this page. Every text goes in as text, never as markup.
(() => {
  const LISTED = 200, LABELS = 300, KEY_STEP = 60;
  const network = JSON.parse(document.getElementById("network").textContent);
  const nodes = network.nodes, links = network.edges;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const picture = document.getElementById("picture"), pen = picture.getContext("2d");
  const wanted = document.getElementById("wanted"), list = document.getElementById("list");
  const details = document.getElementById("details");
  const hidden = new Set();
  let chosen = null, view = { x: 0, y: 0, zoom: 1 }, isDue = false;

  nodes.forEach((node, place) => {
    node.links = [];
    node.size = node.size || 8;
    if (node.x === undefined) { // not laid out: a spiral, the largest in the middle
      node.x = 18 * Math.sqrt(place) * Math.cos(place * 2.399963);
      node.y = 18 * Math.sqrt(place) * Math.sin(place * 2.399963);
    }
  });
  links.forEach((link) => {
    link.from = byId.get(link.source);
    link.to = byId.get(link.target);
    link.from.links.push(link);
    if (link.to !== link.from) link.to.links.push(link);
  });
  const bySize = [...nodes].sort((one, other) => other.size - one.size);

  const kindOf = (link) => link.values.standing || "link";
  const isShown = (link) => !hidden.has(kindOf(link));
  const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const element = (name, text) => {
    const one = document.createElement(name);
    if (text !== undefined) one.textContent = text;
    return one;
  };

  function draw() {
    isDue = false;
    const ratio = window.devicePixelRatio || 1, box = picture.getBoundingClientRect();
    picture.width = Math.max(1, box.width * ratio);
    picture.height = Math.max(1, box.height * ratio);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.translate(box.width / 2, box.height / 2);
    pen.scale(view.zoom, view.zoom);
    pen.translate(-view.x, -view.y);
    const near = chosen && new Set(chosen.links.filter(isShown).flatMap((link) => [link.from, link.to]));
    links.forEach((link) => { if (isShown(link)) drawLink(link, near); });
    nodes.forEach((node) => drawNode(node, !near || node === chosen || near.has(node)));
    drawLabels(box, near);
  }

  function drawLink(link, near) {
    pen.globalAlpha = !near ? 0.45 : link.from === chosen || link.to === chosen ? 0.9 : 0.06;
    pen.strokeStyle = link.colour || ink("--faint");
    pen.lineWidth = Math.min(1 + Math.log2(1 + Math.abs(link.weight || 0)), 8) / Math.max(view.zoom, 0.5);
    pen.setLineDash(kindOf(link) === "fact" || kindOf(link) === "link" ? [] : [6, 5]);
    pen.beginPath();
    if (link.from === link.to) {
      pen.arc(link.from.x, link.from.y - link.from.size, link.from.size, 0, 7);
    } else {
      pen.moveTo(link.from.x, link.from.y);
      pen.lineTo(link.to.x, link.to.y);
    }
    pen.stroke();
    pen.setLineDash([]);
  }

  function drawNode(node, isNear) {
    pen.globalAlpha = isNear ? 1 : 0.15;
    pen.fillStyle = node.colour || ink("--faint");
    pen.beginPath();
    pen.arc(node.x, node.y, node.size / 2, 0, 7);
    pen.fill();
    if (node === chosen) {
      pen.strokeStyle = ink("--mark");
      pen.lineWidth = 3 / view.zoom;
      pen.stroke();
    }
  }

  function drawLabels(box, near) {
    const halfWidth = box.width / 2 / view.zoom, halfHeight = box.height / 2 / view.zoom;
    const isVisible = (node) => Math.abs(node.x - view.x) < halfWidth && Math.abs(node.y - view.y) < halfHeight;
    const named = bySize.filter((node) => isVisible(node) && (!near || node === chosen || near.has(node)));
    pen.globalAlpha = 1;
    pen.font = `${13 / view.zoom}px system-ui, sans-serif`;
    pen.textAlign = "center";
    pen.lineWidth = 3 / view.zoom;
    pen.strokeStyle = ink("--back");
    pen.fillStyle = ink("--ink");
    const taken = [];
    named.slice(0, LABELS).forEach((node) => {
      const text = node.label.length > 40 ? `${node.label.slice(0, 39)}…` : node.label;
      const below = node.y + node.size / 2 + 14 / view.zoom, half = pen.measureText(text).width / 2;
      const isOver = (other) => Math.abs(other.x - node.x) < other.half + half && Math.abs(other.y - below) < 14 / view.zoom;
      if (node !== chosen && taken.some(isOver)) return;
      taken.push({ x: node.x, y: below, half });
      pen.strokeText(text, node.x, below);
      pen.fillText(text, node.x, below);
    });
  }

  function redraw() {
    if (!isDue) requestAnimationFrame(draw);
    isDue = true;
  }

  function showAll() {
    const box = picture.getBoundingClientRect();
    let left = -50, right = 50, top = -50, bottom = 50;
    nodes.forEach((node) => {
      left = Math.min(left, node.x); right = Math.max(right, node.x);
      top = Math.min(top, node.y); bottom = Math.max(bottom, node.y);
    });
    const zoom = 0.9 * Math.min(box.width / (right - left + 80), box.height / (bottom - top + 80));
    view = { x: (left + right) / 2, y: (top + bottom) / 2, zoom: Math.min(Math.max(zoom, 0.005), 3) };
    redraw();
  }

  function zoomBy(factor) {
    view.zoom = Math.min(Math.max(view.zoom * factor, 0.005), 20);
    redraw();
  }

  function choose(node) {
    chosen = node;
    if (node) { view.x = node.x; view.y = node.y; view.zoom = Math.max(view.zoom, 0.8); }
    tell();
    redraw();
  }

  function tell() {
    details.replaceChildren();
    if (!chosen) return;
    details.append(element("h2", chosen.label));
    const values = Object.entries(chosen.values).filter(([, value]) => value !== null);
    values.forEach(([name, value]) => details.append(element("p", `${name}: ${[value].flat().join(" · ")}`)));
    const told = element("ul");
    chosen.links.filter(isShown).slice(0, LISTED).forEach((link) => told.append(linkItem(link)));
    details.append(element("h2", `Links (${chosen.links.filter(isShown).length})`), told);
  }

  function linkItem(link) {
    const item = element("li"), other = link.from === chosen ? link.to : link.from;
    const sign = !link.directed ? "—" : link.from === chosen ? "→" : "←";
    item.append(button(`${sign} ${other.label}`, () => choose(other)));
    const about = [link.label, link.values.standing, link.values.stance, link.values.speaker && `by ${link.values.speaker}`];
    item.append(element("p", `${about.filter(Boolean).join(" · ")} · weight ${link.weight}`));
    (link.values.evidence || []).forEach((sentence) => item.append(element("blockquote", sentence)));
    return item;
  }

  function button(text, act) {
    const one = element("button", text);
    one.type = "button";
    one.addEventListener("click", act);
    return one;
  }

  function listNodes() {
    const words = wanted.value.trim().toLowerCase();
    const names = (node) => [node.label, ...(node.values.aliases || [])].join("\n").toLowerCase();
    const found = bySize.filter((node) => !words || names(node).includes(words));
    list.replaceChildren(...found.slice(0, LISTED).map((node) => {
      const item = element("li");
      item.append(button(node.values.type ? `${node.label} (${node.values.type})` : node.label, () => choose(node)));
      return item;
    }));
    if (found.length > LISTED) list.append(element("li", `and ${found.length - LISTED} more: search for them`));
    if (!found.length) list.append(element("li", nodes.length ? "None is called so." : "The network is empty."));
  }

  function offerKinds() {
    const kinds = [...new Set(links.map(kindOf))].sort();
    document.getElementById("kinds").hidden = kinds.length < 2;
    kinds.forEach((kind) => {
      const label = element("label"), box = element("input");
      box.type = "checkbox";
      box.checked = true;
      box.addEventListener("change", () => {
        if (box.checked) hidden.delete(kind); else hidden.add(kind);
        tell();
        redraw();
      });
      label.append(box, ` ${kind}`);
      document.getElementById("kinds").append(label);
    });
  }

  function explainColours() {
    const colours = new Map(nodes.map((node) => [node.values.type, node.colour]));
    if (new Set(nodes.map((node) => node.colour)).size > colours.size) return; // they tell communities
    [...colours].filter(([type, colour]) => type && colour).sort().forEach(([type, colour]) => {
      const item = element("li"), patch = element("canvas");
      patch.width = patch.height = 12;
      const brush = patch.getContext("2d");
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 12, 12);
      item.append(patch, type);
      document.getElementById("colours").append(item);
    });
  }

  function nodeAt(event) {
    const box = picture.getBoundingClientRect();
    const x = (event.clientX - box.left - box.width / 2) / view.zoom + view.x;
    const y = (event.clientY - box.top - box.height / 2) / view.zoom + view.y;
    const reach = 4 / view.zoom;
    return [...bySize].reverse().find((node) => Math.hypot(node.x - x, node.y - y) <= node.size / 2 + reach) || null;
  }

  let held = null;
  picture.addEventListener("pointerdown", (event) => {
    held = { x: event.clientX, y: event.clientY, moved: 0 };
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    if (!held) return;
    const across = event.clientX - held.x, along = event.clientY - held.y;
    held = { x: event.clientX, y: event.clientY, moved: held.moved + Math.abs(across) + Math.abs(along) };
    view.x -= across / view.zoom;
    view.y -= along / view.zoom;
    redraw();
  });
  picture.addEventListener("pointerup", (event) => {
    if (held && held.moved < 5) choose(nodeAt(event));
    held = null;
  });
  picture.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomBy(Math.exp(-event.deltaY / 500));
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
  document.getElementById("closer").addEventListener("click", () => zoomBy(1.3));
  document.getElementById("farther").addEventListener("click", () => zoomBy(1 / 1.3));
  document.getElementById("whole").addEventListener("click", showAll);
  wanted.addEventListener("input", listNodes);
  window.addEventListener("resize", redraw);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

  document.getElementById("count").textContent = `${nodes.length} entities, ${links.length} links`;
  offerKinds();
  explainColours();
  listNodes();
  showAll();
})();
