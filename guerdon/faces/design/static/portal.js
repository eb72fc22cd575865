// The portal as an app: its worker is started, and codes are copied.
"use strict";

const { worker } = document.currentScript.dataset;
if ("serviceWorker" in navigator) navigator.serviceWorker.register(worker).catch(() => {}); // pages do without it, too

// What is copied with one tap says so; where the browser does not let us, the code stays there to be marked.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copies]");
  if (button === null) return;
  navigator.clipboard?.writeText(button.dataset.copies).then(() => {
    button.lastChild.textContent = button.dataset.copied;
  }, () => {});
});
