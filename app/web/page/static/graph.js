// The drawing of /graph with the lists beside it: what is chosen in one is chosen in the other.
import { network, show } from "./picture.js";

if (network) begin();

function begin() {
  const told = document.querySelector("#chosen");
  const edgeItems = [...document.querySelectorAll("#edges > li")];
  const nodeItems = [...document.querySelectorAll("#nodes > li")];
  const drawing = show({ chosen, lines, opened });

  const WORDS = { asserts: "says so", denies: "denies it", undetermined: "leaves it open" };
  const VOICES = { narrator: "the article itself", unknown: "somebody unnamed" };

  function inWords(edge) {
    if (edge.values.standing === "fact") return "fact, in the article’s own voice";
    return `${VOICES[edge.values.speaker] || edge.values.speaker} ${WORDS[edge.values.stance]}`;
  }

  function chosen(thing) {
    const isEdge = Boolean(thing && thing.from);
    const wanted = !thing ? null : isEdge ? [thing] : thing.links;
    edgeItems.forEach((item) => {
      item.hidden = Boolean(wanted) && !wanted.includes(network.edges[item.dataset.edge]);
    });
    nodeItems.forEach((item) => item.classList.toggle("is-chosen", Boolean(thing) && item.dataset.node === thing.id));
    told.replaceChildren(); // never hidden: what appears together with its words is not read out
    if (!thing) return;
    const name = isEdge ? `${thing.from.label} ${thing.values.predicate} ${thing.to.label}` : thing.label;
    const all = document.createElement("button");
    all.type = "button";
    all.className = "plain";
    all.textContent = "Show all links";
    all.addEventListener("click", () => drawing.choose(null));
    told.append(isEdge ? `Chosen: ${name}. ` : `Links of ${name}: ${thing.links.length}. `);
    const centre = isEdge ? null : nodeItems.find((item) => item.dataset.node === thing.id)?.querySelector(".centre-on");
    if (centre) {
      const link = document.createElement("a");
      link.href = centre.href;
      link.textContent = "Centre on it";
      told.append(link, " ");
    }
    told.append(all);
  }

  function lines(thing) {
    if (!thing.from) return [thing.label, `${thing.values.type}, ${thing.values.mentions} mentions, ${thing.links.length} links`];
    const sign = thing.directed ? "→" : "—";
    const said = `${thing.from.label} ${sign} ${thing.values.predicate} ${sign} ${thing.to.label}`;
    return [said, `${inWords(thing)}; independent texts: ${thing.weight}`, ...(thing.values.evidence || [])];
  }

  function opened(node) {
    const link = nodeItems.find((item) => item.dataset.node === node.id)?.querySelector(".centre-on");
    if (link) location.assign(link.href);
  }

  const things = [
    ...edgeItems.map((item) => [item, () => network.edges[item.dataset.edge]]),
    ...nodeItems.map((item) => [item, () => drawing.byId.get(item.dataset.node)]),
  ];
  things.forEach(([item, thing]) => {
    const pick = item.querySelector(".pick");
    pick.hidden = false;
    pick.addEventListener("click", () => drawing.choose(thing()));
  });
}

// Fields that say nothing are left out of the address, which is to be passed on.
const form = document.querySelector(".graph-form");
form?.addEventListener("formdata", (event) => {
  const idle = { depth: "1", min_sources: "1" };
  const kept = [...event.formData.entries()].filter(([name, value]) => value !== "" && value !== idle[name]);
  [...new Set([...event.formData.keys()])].forEach((name) => event.formData.delete(name));
  kept.forEach(([name, value]) => event.formData.append(name, value));
});
