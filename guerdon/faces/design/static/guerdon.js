// What pages do beyond reading: the mode of colours, dialogs, menus, notices that pass. Everything is there without it, too.
"use strict";

const root = document.documentElement;
const place = (id) => document.getElementById(id);

// ── the mode of colours ──

function showMode(mode) {
  if (mode === "light" || mode === "dark") root.dataset.mode = mode;
  else delete root.dataset.mode;
}

try {
  showMode(localStorage.getItem("mode"));
} catch {
  // a browser that keeps nothing follows its own setting
}

function switchMode() {
  const dark = root.dataset.mode ? root.dataset.mode === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const mode = dark ? "light" : "dark";
  showMode(mode);
  try {
    localStorage.setItem("mode", mode);
  } catch {
    // then it lasts as long as the page
  }
}

// ── what a click does ──

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-mode-switch], [data-opens], [data-toasts], [data-prints], [data-keypad] button");
  if (target === null) return;
  if (target.dataset.opens !== undefined) place(target.dataset.opens)?.showModal();
  else if (target.dataset.toasts !== undefined) toast(target.dataset.toasts);
  else if (target.dataset.prints !== undefined) print();
  else if (target.dataset.modeSwitch !== undefined) switchMode();
  else press(place(target.closest("[data-keypad]").dataset.keypad), target.value);
});

function press(field, key) {
  if (field === null) return;
  field.value = key === "back" ? field.value.slice(0, -1) : field.value + key;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// ── menus: Escape and a click elsewhere close them, arrows walk through them ──

const openMenus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("pointerdown", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("focusin", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details[data-menu]");
  if (!menu || (event.key !== "Escape" && event.target.matches("input, select, textarea"))) return; // its keys are its own
  const ways = [...menu.querySelectorAll(":scope > .choice :is(a, button)")];
  const at = ways.indexOf(document.activeElement);
  if (event.key === "Escape" && menu.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    menu.open = true;
    const next = event.key === "ArrowDown" ? at + 1 : at < 0 ? ways.length - 1 : at - 1;
    ways[(next + ways.length) % ways.length]?.focus();
  } else if (event.key === "Home" || event.key === "End") {
    ways.at(event.key === "Home" ? 0 : -1)?.focus();
  } else return;
  event.preventDefault();
});

// ── forms: a filter is sent when it changes, a picture is shown before it is sent ──

document.addEventListener("change", (event) => {
  const filter = event.target.closest("form[data-submits]");
  if (filter !== null && event.target.matches("select, [type=checkbox], [type=radio]")) filter.requestSubmit();
  const chosen = event.target.closest("[data-file]");
  if (chosen !== null) preview(chosen, [...(event.target.files ?? [])]);
});

function preview(holder, files) {
  const [first, ...others] = holder.querySelectorAll("img");
  for (const one of others) one.remove();
  first.hidden = true;
  files.filter((file) => file.type.startsWith("image/")).forEach((file, at) => {
    const image = at === 0 ? first : first.cloneNode();
    if (at > 0) holder.querySelector("input").before(image);
    image.hidden = false;
    const reader = new FileReader(); // a data: address, as the policy allows no blob: one
    reader.onload = () => (image.src = reader.result);
    reader.readAsDataURL(file);
  });
}

// ── whoever signs out takes along all that the browser keeps of them ──

document.addEventListener("submit", (event) => {
  if (event.target.dataset.leaves === undefined) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("codes ")) localStorage.removeItem(key);
  self.caches?.keys().then((names) => names.filter((name) => name.endsWith(" pages")).forEach((name) => caches.delete(name)));
});

// ── a form that grows: the page comes anew, and the focus is where the button was, or at the bough that it was on ──

document.addEventListener("submit", ({ submitter }) => {
  if (submitter?.name === "act") sessionStorage.setItem("act", submitter.value);
});

function comeBack() {
  const act = sessionStorage.getItem("act") ?? "";
  sessionStorage.removeItem("act");
  const [verb, path] = act.split(" ");
  const bough = verb === "remove" ? `add ${path.replace(/\.[^.]*$/, "")}` : null;
  const buttons = [...document.querySelectorAll("main button[name=act]:not([tabindex])")];
  const button = buttons.find((one) => one.value === act) ?? buttons.find((one) => one.value === bough);
  if (path !== undefined || document.activeElement === document.body) button?.focus(); // what is new may still be wrong
}

// ── notices that pass: each is read out, and goes after eight seconds unless somebody is at it ──

function toast(id) {
  const made = place(id)?.content.firstElementChild.cloneNode(true);
  if (made) place("toasts").append(made);
}

function pass(notice) {
  const leave = () => (notice.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : notice.remove());
  setTimeout(leave, 8000);
}

// ── first steps: the clock of the browser says where somebody is, as long as nobody has said it ──

function guessPlace(form) {
  const { zone, currency } = form.elements;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (![...zone.options].some((one) => one.value === here)) return;
  if (zone.value !== [...zone.options].find((one) => one.defaultSelected)?.value) return; // brought back as it was typed
  zone.value = here;
  const money = JSON.parse(form.dataset.moneys)[here];
  if (money && currency.value === currency.defaultValue) currency.value = money;
}

// ── what is new on the page: after it was loaded, and after htmx has put something in ──

function greet(part) {
  for (const keypad of part.querySelectorAll("[data-keypad]")) keypad.hidden = false;
  part.querySelector("[data-focus]")?.focus();
}

const connection = () => {
  const banner = place("offline");
  if (banner) banner.hidden = navigator.onLine;
};

document.addEventListener("DOMContentLoaded", () => {
  const toasts = place("toasts");
  for (const notice of toasts?.children ?? []) pass(notice);
  if (toasts) {
    new MutationObserver((changes) => changes.forEach((one) => one.addedNodes.forEach((node) => node.nodeType === 1 && pass(node))))
      .observe(toasts, { childList: true });
  }
  greet(document);
  for (const form of document.querySelectorAll("form[data-moneys]")) guessPlace(form);
  comeBack();
  connection();
});
addEventListener("online", connection);
addEventListener("offline", connection);

document.addEventListener("htmx:afterSwap", (event) => greet(event.detail.target));
document.addEventListener("htmx:responseError", () => toast("failed"));
document.addEventListener("htmx:sendError", () => toast("failed"));

// What asks first (`hx-confirm`) asks in a dialog of ours, and goes on only where the answer is yes.
document.addEventListener("htmx:confirm", (event) => {
  const dialog = place("confirm");
  if (!event.detail.question || !dialog) return;
  event.preventDefault();
  dialog.querySelector("h2").textContent = event.detail.question;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && event.detail.issueRequest(true), { once: true });
  dialog.showModal();
});
