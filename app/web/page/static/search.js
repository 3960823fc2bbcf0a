// Search as you type: the suggestions are the server's, as HTML; without this script the form leads to /search.
const WAIT_MS = 120;
const field = document.querySelector("#find");
const list = document.createElement("div");
list.id = "suggestions";
list.className = "suggestions";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "What was found");
list.hidden = true;
const told = document.createElement("p");
told.className = "unseen";
told.setAttribute("role", "status");
field.after(list, told);
for (const [name, value] of Object.entries({
  role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "suggestions",
  "aria-haspopup": "listbox",
})) field.setAttribute(name, value);

let timer = 0;
let asked = null; // the request under way
let shown = ""; // what the list answers

const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
const chosen = () => list.querySelector("[aria-selected=true]");

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

function open(isOpen) {
  list.hidden = !isOpen;
  field.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) choose(null);
}

async function suggest() {
  const text = field.value.trim();
  asked?.abort();
  if (!text) {
    shown = told.textContent = "";
    open(false);
    return;
  }
  asked = new AbortController();
  try {
    const answer = await fetch(`/search/suggestions?q=${encodeURIComponent(text)}`, { signal: asked.signal });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const html = await answer.text();
    if (field.value.trim() !== text) return;
    const parsed = new DOMParser().parseFromString(html, "text/html");
    list.replaceChildren(...parsed.body.childNodes);
    shown = text;
    const count = options().filter((option) => !option.classList.contains("all")).length;
    told.textContent = `${count || "nothing"} found`;
    open(document.activeElement === field);
  } catch (error) {
    if (error.name === "AbortError") return;
    told.textContent = "The search does not answer; Enter asks for all that is found";
    open(false);
  }
}

function step(by) {
  const all = options();
  if (!all.length) return;
  const at = all.indexOf(chosen());
  const next = at + by;
  choose(at < 0 ? all[by > 0 ? 0 : all.length - 1] : next < 0 || next >= all.length ? null : all[next]);
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(suggest, WAIT_MS);
});
field.addEventListener("focus", () => {
  if (shown && shown === field.value.trim()) open(true);
});
field.addEventListener("blur", () => setTimeout(() => open(false), 150)); // a click on an option comes first
field.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden && shown) open(true);
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && !list.hidden && chosen()) {
    event.preventDefault();
    location.assign(chosen().dataset.address);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault(); // else the field would be emptied at once
    open(false);
  }
});
list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
list.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]:not([aria-disabled])");
  if (option) location.assign(option.dataset.address);
});
document.addEventListener("keydown", (event) => {
  const isWriting = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !isWriting && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field.focus();
    field.select();
  }
});
