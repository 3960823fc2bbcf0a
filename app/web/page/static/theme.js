// Light or dark, as chosen here before; else as the system has it. Runs before anything is painted.
(() => {
  const root = document.documentElement;
  const kept = (() => {
    try { return localStorage.getItem("theme"); } catch { return null; }
  })();
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  root.classList.add("scripted");
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.theme");
    const isDark = () => root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    const name = () => button.setAttribute("aria-label", isDark() ? "Use light colours" : "Use dark colours");
    name();
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* for this page only */ }
      name();
      document.dispatchEvent(new CustomEvent("themechange"));
    });
  });
})();
