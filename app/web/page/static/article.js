// Hover over, or go by Tab to, marked words of an article: the statement they are part of is shown beside them.
// Without this script the same words lead to the statement's row below the text.
const text = document.querySelector("#text");
const card = document.querySelector("#card");
const MOST = 3; // statements that lie in each other, the innermost first
let shownFor = null;

function statementsOf(element) {
  const marked = element?.closest?.("[data-s]") ?? element?.querySelector?.("[data-s]");
  const ids = marked ? marked.dataset.s.split(" ").reverse() : [];
  const own = element?.closest?.("[data-of]")?.dataset.of;
  return [...new Set(own ? [own, ...ids] : ids)];
}

function told(id) {
  const row = document.querySelector(`#s-${CSS.escape(id)}`);
  if (!row) return null;
  const copy = document.createElement("div");
  copy.append(...row.cloneNode(true).childNodes);
  copy.querySelectorAll("[id]").forEach((each) => each.removeAttribute("id"));
  copy.querySelectorAll("a").forEach((each) => each.replaceWith(...each.childNodes)); // nothing to click in a tooltip
  return copy;
}

function place(element) {
  const around = card.parentElement.getBoundingClientRect();
  const [first] = element.getClientRects();
  if (!first) return;
  const room = around.width - card.offsetWidth;
  const below = first.bottom + card.offsetHeight + 8 < innerHeight || first.top < card.offsetHeight + 8;
  // The page allows no inline style attributes; properties set by script are no such.
  card.style.left = `${Math.max(0, Math.min(first.left - around.left, room))}px`;
  card.style.top = `${(below ? first.bottom + 6 : first.top - card.offsetHeight - 6) - around.top}px`;
}

function show(element) {
  const ids = statementsOf(element);
  const rows = ids.map(told).filter(Boolean).slice(0, MOST);
  if (!rows.length) return hide();
  if (shownFor === element) return;
  hide();
  shownFor = element;
  card.replaceChildren(...rows);
  card.hidden = false;
  place(element);
  text.querySelectorAll(`[data-s~="${CSS.escape(ids[0])}"]`).forEach((each) => each.classList.add("lit"));
  element.closest("a")?.setAttribute("aria-describedby", "card");
}

function hide() {
  card.hidden = true;
  shownFor?.closest("a")?.removeAttribute("aria-describedby");
  shownFor = null;
  text.querySelectorAll(".lit").forEach((each) => each.classList.remove("lit"));
}

text.addEventListener("pointerover", (event) => {
  const marked = event.target.closest("[data-s]");
  if (event.pointerType === "touch") return; // a touch follows the link
  if (marked) show(marked);
  else hide();
});
text.addEventListener("pointerleave", hide);
text.addEventListener("focusin", (event) => show(event.target));
text.addEventListener("focusout", hide);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
