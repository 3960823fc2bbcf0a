// The drawing of a page, with its buttons and with what is shown beside the pointer.
import { drawNetwork } from "./drawing.js";

export const network = readNetwork();

function readNetwork() {
  const block = document.querySelector("#network");
  return block && JSON.parse(block.textContent);
}

// told: as for drawNetwork, but for ``lines``, which gives the lines of the hint on a node or a link.
export function show(told) {
  const picture = document.querySelector("#picture"), hint = document.querySelector("#hint");
  picture.parentElement.hidden = false;

  function pointed(thing, event) {
    hint.hidden = !thing;
    if (!thing) return;
    hint.replaceChildren(...told.lines(thing).map((text, place) => {
      const line = document.createElement(["b", "span"][place] || "q");
      line.textContent = text;
      return line;
    }));
    const box = picture.getBoundingClientRect(), size = hint.getBoundingClientRect();
    const left = event.clientX - box.left + 14, top = event.clientY - box.top + 14;
    hint.style.left = `${Math.max(0, Math.min(left, box.width - size.width - 8))}px`;
    hint.style.top = `${top + size.height > box.height ? Math.max(0, top - size.height - 24) : top}px`;
  }

  const drawing = drawNetwork(picture, network.nodes, network.edges, { ...told, pointed });
  document.querySelector("#closer").addEventListener("click", () => drawing.zoomBy(1.3));
  document.querySelector("#farther").addEventListener("click", () => drawing.zoomBy(1 / 1.3));
  document.querySelector("#whole").addEventListener("click", drawing.showAll);
  document.addEventListener("themechange", drawing.redraw);
  return drawing;
}
