// The portal as an app: its worker is started, and whoever signs out takes along all that this phone has kept.
"use strict";

const { worker } = document.currentScript.dataset;
if ("serviceWorker" in navigator) navigator.serviceWorker.register(worker).catch(() => {}); // pages do without it, too

document.addEventListener("submit", (event) => {
  if (event.target.dataset.leaves === undefined) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("codes ")) localStorage.removeItem(key);
  self.caches?.keys().then((names) => names.filter((name) => name.endsWith(" pages")).forEach((name) => caches.delete(name)));
});

// What is copied with one tap says so; where the browser does not let us, the code stays there to be marked.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copies]");
  if (button === null) return;
  navigator.clipboard?.writeText(button.dataset.copies).then(() => {
    button.lastChild.textContent = button.dataset.copied;
  }, () => {});
});
