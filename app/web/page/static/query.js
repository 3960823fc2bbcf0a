// /query: colours and completion for the text field, the drawing of an answer. Without this script the form works as well.
import { network, show } from "./picture.js";

const KEYWORDS = /^(?:select|distinct|reduced|where|construct|describe|ask|from|named|prefix|base|optional|union|minus|graph|filter|bind|values|exists|lateral|order|group|having|limit|offset|as|by|asc|desc|in|not|undef|a|true|false|count|sum|min|max|avg|sample|group_concat|separator|str|lang|langmatches|datatype|bound|iri|uri|bnode|abs|ceil|floor|round|concat|strlen|ucase|lcase|contains|strstarts|strends|strbefore|strafter|year|month|day|now|coalesce|if|regex|substr|replace|isiri|isliteral|isnumeric|isblank|sameterm|service)$/i;
const TOKEN = /(?<comment>#[^\n]*)|(?<iri><[^\s<>"{}|^`\\]*>)|(?<string>"""(?:\\.|(?!""")[^\\])*(?:"""|$)|'''(?:\\.|(?!''')[^\\])*(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)|(?<variable>[?$]\w+)|(?<name>[A-Za-z][\w-]*:[\w.-]*\w|[A-Za-z][\w-]*:)|(?<word>[A-Za-z_]\w*)|(?<number>\d+(?:\.\d+)?)|\n|[^]/gy;
const BEFORE_CARET = /[?$]?(?:[A-Za-z_][\w-]*:?[\w-]*)?$/;
const LISTED = 12;

const field = document.querySelector("#query");
if (field) edit(field);

function edit(area) {
  const editor = area.closest(".editor"), layer = editor.querySelector("pre"), badLine = Number(editor.dataset.line);
  const list = document.createElement("div"), status = document.createElement("p");
  list.id = "completions";
  list.className = "completions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Completions");
  status.className = "unseen";
  status.setAttribute("role", "status");
  editor.append(list, status);
  editor.classList.add("is-coloured");
  for (const [name, value] of [["aria-autocomplete", "list"], ["aria-haspopup", "listbox"], ["aria-controls", "completions"]]) area.setAttribute(name, value);

  let words = null, offered = [], at = -1, loading = null, isChanged = false;

  function colour() {
    const text = area.value, lines = [];
    let line = document.createElement("span");
    const put = (piece, kind) => {
      piece.split("\n").forEach((part, place) => {
        if (place) { line.append("\n"); lines.push(line); line = document.createElement("span"); }
        if (!part) return;
        if (!kind) { line.append(part); return; }
        const span = document.createElement("span");
        span.className = kind;
        span.textContent = part;
        line.append(span);
      });
    };
    TOKEN.lastIndex = 0;
    for (const found of text.matchAll(TOKEN)) {
      const kind = Object.entries(found.groups).find(([, value]) => value !== undefined)?.[0];
      put(found[0], kind === "word" ? (KEYWORDS.test(found[0]) ? "keyword" : "") : kind);
    }
    line.append("\n");
    lines.push(line);
    if (badLine && !isChanged) lines[badLine - 1]?.classList.add("bad");
    layer.replaceChildren(...lines);
    scroll();
  }

  function scroll() {
    layer.scrollTop = area.scrollTop;
    layer.scrollLeft = area.scrollLeft;
  }

  function load() { // who types before the words are there waits for them, too
    loading ??= fetchWords();
    return loading;
  }

  async function fetchWords() {
    try {
      const answer = await fetch("/query/words.json");
      words = (await answer.json()).map((word) => ({ ...word, low: word.name.toLowerCase(), local: word.name.toLowerCase().replace(/^[^:]*:/, "") }));
    } catch { words = []; }
  }

  function begun() {
    return BEFORE_CARET.exec(area.value.slice(0, area.selectionStart))[0];
  }

  function fitting(begin, isForced) {
    if (/^[?$]/.test(begin)) {
      const known = new Set(area.value.match(/[?$]\w+/g));
      known.delete(begin);
      return [...known].filter((name) => name.startsWith(begin)).sort().map((name) => ({ name, kind: "variable", meaning: "" }));
    }
    if (!begin && !isForced) return [];
    const low = begin.toLowerCase();
    const rank = (word) => (word.low.startsWith(low) ? 0 : word.local.startsWith(low) ? 1 : low.length > 2 && word.local.includes(low) ? 2 : 9);
    return words.map((word) => [rank(word), word]).filter(([place, word]) => place < 9 && word.name !== begin)
      .sort(([one], [other]) => one - other).map(([, word]) => word);
  }

  function offer(isForced = false) {
    if (!words) { load().then(() => words && offer(isForced)); return; }
    const inside = tokenAt(area.selectionStart);
    const found = ["comment", "string", "iri"].includes(inside) ? [] : fitting(begun(), isForced);
    offered = found.slice(0, LISTED);
    list.replaceChildren(...offered.map((word, place) => {
      const option = document.createElement("div"), kind = document.createElement("span");
      option.id = `completion-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const name = document.createElement("b");
      name.textContent = word.name;
      kind.className = "by";
      kind.textContent = word.meaning ? `${word.kind}: ${word.meaning}` : word.kind;
      option.append(name, " ", kind);
      option.addEventListener("mousedown", (event) => { event.preventDefault(); take(place); });
      return option;
    }));
    list.hidden = !offered.length;
    status.textContent = offered.length ? `${found.length} completions; arrows choose, Tab takes` : "";
    select(-1);
    if (offered.length) put();
  }

  function tokenAt(caret) {
    TOKEN.lastIndex = 0;
    for (const found of area.value.matchAll(TOKEN)) {
      const end = found.index + found[0].length;
      const kind = Object.entries(found.groups).find(([, value]) => value !== undefined)?.[0];
      if (found.index < caret && (caret < end || (caret === end && kind === "comment"))) return kind;
      if (found.index >= caret) break;
    }
    return "";
  }

  function put() { // below the caret, as the layer of colours has the same letters at the same places
    let left = area.selectionStart - begun().length;
    const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node && left > node.length) { left -= node.length; node = walker.nextNode(); }
    if (!node) return;
    const range = document.createRange();
    range.setStart(node, left);
    range.setEnd(node, left);
    const place = range.getBoundingClientRect(), box = editor.getBoundingClientRect();
    if (!place.height && !place.top) return;
    list.style.left = `${Math.max(0, Math.min(place.left - box.left, box.width - list.offsetWidth))}px`;
    list.style.top = `${place.bottom - box.top + 4}px`;
  }

  function select(place) {
    at = place;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    list.children[place]?.scrollIntoView({ block: "nearest" });
    if (place < 0) area.removeAttribute("aria-activedescendant");
    else area.setAttribute("aria-activedescendant", `completion-${place}`);
  }

  function close() {
    list.hidden = true;
    status.textContent = "";
    select(-1);
  }

  function take(place) {
    const begin = begun(), word = offered[place];
    area.setRangeText(word.name, area.selectionStart - begin.length, area.selectionStart, "end");
    isChanged = true;
    colour();
    close();
    if (word.kind === "prefix") offer();
  }

  area.addEventListener("input", () => { isChanged = true; colour(); offer(); });
  area.addEventListener("scroll", scroll);
  area.addEventListener("focus", load, { once: true });
  area.addEventListener("blur", close);
  area.addEventListener("click", close);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      area.form.requestSubmit();
    } else if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      offer(true);
    } else if (list.hidden) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      select(at < 0 ? (step > 0 ? 0 : offered.length - 1) : (at + step + offered.length) % offered.length);
    } else if (event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      take(Math.max(at, 0));
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      take(at);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      close();
    }
  });
  new ResizeObserver(() => { layer.style.height = `${area.offsetHeight}px`; }).observe(area);
  colour();
  if (badLine) {
    const begin = area.value.split("\n").slice(0, badLine - 1).join("\n").length + (badLine > 1 ? 1 : 0);
    area.focus({ preventScroll: true });
    area.setSelectionRange(begin, begin);
  }
}

document.querySelector(".given")?.addEventListener("formdata", (event) => { // what is empty is left out of the address
  [...event.formData.entries()].forEach(([name, value]) => { if (!value) event.formData.delete(name); });
});

const filter = document.querySelector("#pack-filter");
if (filter) {
  const items = [...filter.closest("details").querySelectorAll("li")];
  filter.hidden = false;
  filter.addEventListener("input", () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    items.forEach((item) => { item.hidden = !words.every((word) => `${item.textContent} ${item.firstElementChild.href}`.toLowerCase().includes(word)); });
  });
  if (window.matchMedia("(max-width: 63.99rem)").matches) filter.closest("details").open = false;
}

if (network) {
  show({ lines: (thing) => [thing.from ? `${thing.from.label} → ${thing.label} → ${thing.to.label}` : thing.label] });
}
