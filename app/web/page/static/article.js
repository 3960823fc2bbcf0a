// Hover over, tap on, or go by Tab to marked words of an article: the statement they are part of is shown beside
// them. A tap on a cue shows it first; the next one follows the link.
// Without this script the same words lead to the statement's row below the text.
const text = document.querySelector("#text");
const card = document.querySelector("#card");
const MOST = 3; // statements that lie in each other, the innermost first
let shownFor = null;
let press = null; // the last one: was it by touch, and for what was the card open before it

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

function named(name) {
  const line = document.createElement("p"), words = document.createElement("b");
  words.textContent = name;
  line.append(words);
  return line;
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

function show(element, name = "") {
  const ids = statementsOf(element);
  const rows = [...(name ? [named(name)] : []), ...ids.map(told).filter(Boolean).slice(0, MOST)];
  if (!rows.length) return hide();
  if (shownFor === element) return;
  hide();
  shownFor = element;
  card.replaceChildren(...rows);
  card.hidden = false;
  place(element);
  if (ids.length) text.querySelectorAll(`[data-s~="${CSS.escape(ids[0])}"]`).forEach((each) => each.classList.add("lit"));
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
  if (event.pointerType === "touch") return; // which comes as a click, below
  if (marked) show(marked);
  else hide();
});
text.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") hide(); });
document.addEventListener("pointerdown", (event) => {
  press = { isTouch: event.pointerType === "touch", open: shownFor };
  if (press.isTouch && !text.contains(event.target) && !card.contains(event.target)) hide();
});
text.addEventListener("click", (event) => {
  const isKey = event.detail === 0; // or a screen reader's: what was touched before says nothing of it
  if (isKey || !press?.isTouch || event.target.closest("a.to-entity")) return;
  const marked = event.target.closest("[data-s]"), link = event.target.closest("a.to-statement");
  const isSecond = Boolean(press.open) && (press.open === marked || press.open === link || link?.contains(press.open));
  if (link && isSecond) return;
  event.preventDefault();
  if (marked) show(marked);
  else hide();
});
text.addEventListener("focusin", (event) => show(event.target, event.target.title)); // which shows to a mouse alone
text.addEventListener("focusout", hide);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
