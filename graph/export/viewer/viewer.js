// The page of an exported file: its list, its details, its switches. drawing.js stands before it, in the same script.
(() => {
  const LISTED = 200;
  const network = JSON.parse(document.getElementById("network").textContent);
  const wanted = document.getElementById("wanted"), list = document.getElementById("list");
  const details = document.getElementById("details");
  const drawing = drawNetwork(document.getElementById("picture"), network.nodes, network.edges, { chosen: tell });
  const { nodes, links, bySize, kindOf, isShown, choose } = drawing;
  let chosen = null;

  function element(name, text) {
    const one = document.createElement(name);
    if (text !== undefined) one.textContent = text;
    return one;
  }

  function tell(thing) {
    chosen = thing;
    details.replaceChildren();
    if (!chosen) return;
    if (chosen.from) { tellLink(chosen); return; }
    details.append(element("h2", chosen.label));
    const values = Object.entries(chosen.values).filter(([, value]) => value !== null);
    values.forEach(([name, value]) => details.append(element("p", `${name}: ${[value].flat().join(" · ")}`)));
    const told = element("ul");
    chosen.links.filter(isShown).slice(0, LISTED).forEach((link) => told.append(linkItem(link)));
    details.append(element("h2", `Links (${chosen.links.filter(isShown).length})`), told);
  }

  function tellLink(link) {
    details.append(element("h2", link.label));
    const ends = element("p");
    ends.append(button(link.from.label, () => choose(link.from)), link.directed ? " → " : " — ", button(link.to.label, () => choose(link.to)));
    details.append(ends, ...aboutLink(link));
  }

  function linkItem(link) {
    const item = element("li"), other = link.from === chosen ? link.to : link.from;
    const sign = !link.directed ? "—" : link.from === chosen ? "→" : "←";
    item.append(button(`${sign} ${other.label}`, () => choose(other)), ...aboutLink(link));
    return item;
  }

  function aboutLink(link) {
    const about = [link.label, link.values.standing, link.values.stance, link.values.speaker && `by ${link.values.speaker}`];
    const sentences = (link.values.evidence || []).map((sentence) => element("blockquote", sentence));
    return [element("p", `${about.filter(Boolean).join(" · ")} · weight ${link.weight}`), ...sentences];
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
        drawing.hide(kind, !box.checked);
        tell(chosen);
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

  document.getElementById("closer").addEventListener("click", () => drawing.zoomBy(1.3));
  document.getElementById("farther").addEventListener("click", () => drawing.zoomBy(1 / 1.3));
  document.getElementById("whole").addEventListener("click", drawing.showAll);
  wanted.addEventListener("input", listNodes);
  document.getElementById("count").textContent = `${nodes.length} entities, ${links.length} links`;
  offerKinds();
  explainColours();
  listNodes();
})();
