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

// ── photos are made smaller before they are sent; what this browser cannot draw is sent as it is ──

const SIDE = 2400; // points on the longer side: a receipt is read well
const BYTES = 1000000;
const shrinking = new Map(); // what is still being drawn, by field

async function smaller(file) {
  try {
    const drawn = await createImageBitmap(file); // upright, however the camera was held
    const scale = Math.min(1, SIDE / Math.max(drawn.width, drawn.height));
    if (scale === 1 && file.size < BYTES) return file;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [drawn.width, drawn.height].map((side) => Math.max(1, Math.round(side * scale)));
    canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return made !== null && made.size < file.size ? new File([made], file.name, { type: made.type }) : file;
  } catch {
    return file; // the answer will say what is wrong with it
  }
}

document.addEventListener("change", ({ target: field }) => {
  if (field.dataset.shrinks === undefined) return;
  const work = Promise.all([...field.files].map(smaller)).then((files) => {
    if (shrinking.get(field) !== work) return; // others were chosen meanwhile
    const sent = new DataTransfer();
    for (const one of files) sent.items.add(one);
    field.files = sent.files;
    shrinking.delete(field);
  });
  shrinking.set(field, work);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const work = [...form.elements].map((field) => shrinking.get(field)).filter((one) => one !== undefined);
  if (work.length === 0) return;
  event.preventDefault();
  Promise.all(work).then(() => form.requestSubmit(event.submitter));
});
