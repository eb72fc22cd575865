// What pages do beyond reading: the mode of colours, dialogs, notices that pass. Everything is there without it, too.
"use strict";

const root = document.documentElement;
const MODES = ["light", "dark"];

function showMode(mode) {
  if (MODES.includes(mode)) root.dataset.mode = mode;
  else delete root.dataset.mode;
}

try {
  showMode(localStorage.getItem("mode"));
} catch {
  // a browser that keeps nothing follows its own setting
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-mode-switch], [data-opens], [data-toasts]");
  if (target === null) return;
  if (target.dataset.opens !== undefined) {
    document.getElementById(target.dataset.opens)?.showModal();
  } else if (target.dataset.toasts !== undefined) {
    toast(document.getElementById(target.dataset.toasts));
  } else {
    const dark = root.dataset.mode ? root.dataset.mode === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    const mode = dark ? "light" : "dark";
    showMode(mode);
    try {
      localStorage.setItem("mode", mode);
    } catch {
      // then it lasts as long as the page
    }
  }
});

// A notice comes from a <template>, is read out, and goes after eight seconds unless somebody is at it.
function toast(template) {
  const place = document.getElementById("toasts");
  if (template === null || place === null) return;
  const notice = template.content.firstElementChild.cloneNode(true);
  place.append(notice);
  const leave = () => (notice.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : notice.remove());
  setTimeout(leave, 8000);
}
