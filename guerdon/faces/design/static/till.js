// The till beside its pages: keys, the camera as a scanner, and purchases that wait while there is no network.
// What waits is what was typed as the card or an opaque id, an amount and a time; it is sent in order, under the name it got first.
"use strict";

const { worker, home, decimal, thousands, groupedFrom, decimals, currency } = document.currentScript.dataset;
if ("serviceWorker" in navigator) navigator.serviceWorker.register(worker).catch(() => {}); // pages do without it, too

const of = (name) => `${name} ${home}`;
const kept = (name) => JSON.parse(localStorage.getItem(of(name)) ?? "[]");
const keep = (name, list) => {
  localStorage.setItem(of(name), JSON.stringify(list));
  const any = Object.entries(localStorage).some(([key, value]) => /^(wait|refused) /.test(key) && value !== "[]");
  const cookie = location.protocol === "https:" ? "__Host-waits=1; secure" : "waits=1"; // what waits outlives signing out
  document.cookie = `${cookie}; path=/; samesite=lax; max-age=${any ? 31536000 : 0}`;
};

// A number with a point or a comma, and an amount in the programme's currency, as the server writes them in this language.
const number = (plain) => {
  const [whole, behind] = String(plain).split(/[.,]/);
  const grouped = whole.length < Number(groupedFrom) ? whole : whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return behind ? grouped + decimal + behind : grouped;
};
const money = (plain) => {
  const [whole, behind = ""] = plain.split(/[.,]/);
  return `${number(Number(decimals) ? `${whole}.${behind.padEnd(Number(decimals), "0")}` : whole)} ${currency}`;
};

// ── where the page begins: at what is wrong, at the line that is new, else at its one button, which moves nothing ──

const begin = document.querySelector('main [aria-invalid="true"]') ??
  (new URLSearchParams(location.search).has("more") ? [...document.querySelectorAll("[data-line]")].at(-1)?.querySelector("input, select") : null);
document.querySelector("[data-first]")?.focus({ preventScroll: true });
if (begin) {
  begin.focus({ preventScroll: true });
  (begin.closest(".field") ?? begin).scrollIntoView({ block: "center" });
} else if (document.querySelector("[data-answer=bad]")) document.querySelector("main .notice.bad")?.scrollIntoView({ block: "nearest" });

// ── keys: Escape begins anew, arrows go through what can be done ──

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open], details[data-menu][open]")) return;
  if (event.key === "Escape") {
    const tapped = document.querySelector("[data-gives-up]"); // a sale that is given up gives its vouchers back
    if (tapped === null) return void location.assign(home);
    const then = Object.assign(document.createElement("input"), { type: "hidden", name: "then", value: "home" });
    tapped.append(then);
    return void tapped.requestSubmit();
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  if (event.target.matches("select, textarea, [type=radio], [type=date]")) return;
  const ways = [...document.querySelectorAll("main :is(a[href], button, input:not([type=hidden]), summary)")].filter(
    (one) => one.checkVisibility() && one.closest("[data-keypad]") === null);
  const at = ways.indexOf(document.activeElement);
  ways.at(event.key === "ArrowDown" ? (at + 1) % ways.length : at < 1 ? -1 : at - 1)?.focus();
  event.preventDefault();
});

// ── the camera, where the browser reads codes ──

const camera = document.querySelector("[data-camera]");
if (camera !== null && "BarcodeDetector" in self && navigator.mediaDevices) {
  camera.hidden = false;
  camera.addEventListener("click", async () => {
    const video = document.querySelector("video");
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      return void (document.getElementById("no-camera").hidden = false);
    }
    video.hidden = false;
    await video.play();
    const detector = new BarcodeDetector();
    const look = async () => {
      const [code] = await detector.detect(video).catch(() => []);
      if (code === undefined) return void setTimeout(look, 100);
      for (const track of video.srcObject.getTracks()) track.stop();
      const field = document.getElementById("shown");
      field.value = code.rawValue;
      field.form.requestSubmit();
    };
    look();
  });
}

// ── a form is sent once; a purchase is kept under its name until its answer is seen ──

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.once !== undefined) {
    if (form.dataset.sent !== undefined) return void event.preventDefault();
    form.dataset.sent = "";
  }
  if (form.dataset.finds !== undefined) sessionStorage.setItem(of("shown"), form.elements.shown.value.trim()); // to go on with it
  else if (form.method === "post" && form.dataset.purchase === undefined) sessionStorage.setItem(of("tried"), form.action); // it waits for nobody
  if (form.dataset.purchase !== undefined) {
    const { token, amount, pay, basket } = Object.fromEntries(new FormData(form));
    sessionStorage.setItem(of("asked"), JSON.stringify({ ...till(form), name: token, amount, pay, basket, member: form.dataset.purchase, at: new Date().toISOString() }));
  }
});
addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));

const till = (place) => ({ store: place.dataset.store, number: place.dataset.number });

// ── which till this is and whether it trains, for the page without a network ──

const device = document.querySelector("[data-till]");
if (device?.dataset.store) {
  localStorage.setItem(of("till"), JSON.stringify(device.dataset));
  localStorage.removeItem(of("locked"));
}
document.querySelector("[data-locks]")?.addEventListener("submit", () => { // nobody works here
  localStorage.removeItem(of("till"));
  localStorage.setItem(of("locked"), "yes");
});

// ── what waits ──

const cashier = device?.dataset.cashier ?? JSON.parse(localStorage.getItem(of("till")) ?? "{}").cashier;
const mine = () => kept("wait").filter((one) => one.name.endsWith(`-${cashier}`)); // nobody sends what another has typed

function count(id, waiting) {
  const bar = document.getElementById(id);
  if (bar === null) return;
  bar.hidden = waiting === 0;
  bar.querySelector("span").textContent = bar.dataset.text.replace("0", number(waiting));
}

function show() {
  const refused = kept("refused");
  count("waiting", mine().length);
  count("waiting-others", kept("wait").length - mine().length);
  const list = document.getElementById("refused");
  if (list === null) return;
  list.hidden = refused.length === 0;
  list.querySelector("ul").replaceChildren(...refused.map(refusal));
}

function refusal(one) {
  const row = document.getElementById("refused-one").content.firstElementChild.cloneNode(true);
  row.querySelector("strong").textContent = `${one.card ?? "…" + one.member.slice(-6)} · ${money(one.amount)} · ${one.moment || new Date(one.at).toLocaleString(document.documentElement.lang)}`;
  row.querySelector("p span").textContent = one.said;
  const form = row.querySelector("form");
  for (const name of ["card", "amount"]) {
    const field = form.elements[name];
    form.querySelector(`label[for=${name}]`).htmlFor = field.id = `${name}-${one.name}`;
    field.value = one[name] ?? "";
  }
  form.elements.card.closest(".field").hidden = one.card === undefined;
  form.addEventListener("submit", (event) => {
    form.elements.shown.value = form.elements.card.value;
    if (event.submitter?.name === "begin") return; // on to the form of a new member: no address carries of whom
    event.preventDefault();
    const { card, amount } = Object.fromEntries(new FormData(form));
    keep("refused", kept("refused").filter((other) => other.name !== one.name));
    const { said, moment, ...again } = one;
    put({ ...again, amount, ...(one.card === undefined ? {} : { card }) }); // under its name: nothing was recorded by it
    sendAlone();
  });
  return row;
}

document.querySelector("[data-forgets]")?.addEventListener("click", () => {
  keep("refused", []);
  show();
  document.getElementById("shown")?.focus();
});

async function send() {
  const form = document.querySelector("[data-waiting]");
  if (form === null || !navigator.onLine) return;
  for (let [one] = mine(); one !== undefined; [one] = mine()) {
    const body = new FormData(form);
    for (const [name, value] of Object.entries(one)) if (value) body.set(name, value);
    let told;
    try {
      const came = await fetch(form.action, { method: "POST", body, redirect: "error" });
      if (!came.headers.get("content-type")?.startsWith("application/json")) return;
      told = await came.json();
    } catch {
      return; // no network: it waits on
    }
    if (told.state === "refused") {
      keep("refused", [...kept("refused"), { ...one, said: told.said, moment: told.moment }]);
      answer("bad");
    }
    keep("wait", kept("wait").filter((other) => other.name !== one.name));
    show();
  }
}

const sendAlone = () => (navigator.locks ? navigator.locks.request(of("sending"), send) : send()); // one window at a time

// ── the page without a network ──

const apart = document.querySelector("[data-apart]");
const KNOWN = [/^[-A-Za-z0-9]+$/, /^\+?(?:[\s().\/-]*\d){3,}\)?$/, /^[^\s@]+@[^\s@]+$/]; // a card or code, a phone number, an e-mail

// An amount as the till with a network reads it: with a point, or what is wrong with it.
function read(text, { decimals, digits, marks }) {
  let bare = text.trim();
  const folded = bare.toLowerCase();
  const mark = marks.toLowerCase().split(" ").find((one) => folded.startsWith(one) || folded.endsWith(one));
  if (mark !== undefined) bare = (folded.startsWith(mark) ? bare.slice(mark.length) : bare.slice(0, -mark.length)).trim();
  if (/^[-\u2212\u2013]/.test(bare)) return { fault: "minus" };
  bare = bare.replace(/^\+/, "").replace(/\s/g, " ").replaceAll("\u2019", "'");
  const one = /^(\d*)[.,](\d*)$/.exec(bare);
  const many = /^(\d{1,3}([ '.,])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d*))?$/.exec(bare);
  let [whole, behind] = [bare, ""];
  if (one !== null && bare.length > 1) {
    [, whole, behind] = one;
    if (many !== null && Number(decimals) < 3 && Number(whole) > 0) return { fault: "unclear", whole, behind }; // a mark of thousands?
  } else if (many !== null) [whole, behind] = [many[1].replace(/\D/g, ""), many[3] ?? ""];
  else if (!/^\d+$/.test(bare)) return { fault: "amount" };
  whole = whole.replace(/^0+/, "") || "0";
  if (whole.length > Number(digits)) return { fault: "most" };
  if (behind.replace(/0+$/, "").length > Number(decimals)) return { fault: "amount" };
  const plain = Number(decimals) ? `${whole}.${behind.slice(0, decimals).padEnd(decimals, "0")}` : whole;
  return Number(plain) > 0 ? { plain } : { fault: "amount" };
}

function put(one) {
  if (!kept("wait").some((other) => other.name === one.name)) keep("wait", [...kept("wait"), one]);
  show();
}

if (apart !== null) {
  const known = JSON.parse(localStorage.getItem(of("till")) ?? "null");
  const asked = JSON.parse(sessionStorage.getItem(of("asked")) ?? "null");
  if (known === null || known.training !== "") apart.querySelector("fieldset").disabled = true;
  else if (asked !== null) put(asked); // its answer never came: told again, it is the same one
  if (known?.training) document.getElementById("training").hidden = false;
  if (known === null) document.getElementById(localStorage.getItem(of("locked")) === null ? "unknown" : "locked").hidden = false;
  if (sessionStorage.getItem(of("tried")) !== null) document.getElementById("not-done").hidden = false; // an undo, a reward, a voucher
  const typed = sessionStorage.getItem(of("shown")) ?? "";
  if (typed !== "" && !apart.querySelector("fieldset").disabled) {
    apart.elements.card.value = typed;
    apart.elements.amount.focus();
  }
  const wrong = (card, { fault, plain }) => {
    if (!KNOWN.some((one) => one.test(card))) return "card";
    if (fault !== undefined) return fault;
    const asked = apart.dataset.asked === `${card} ${plain}`;
    apart.dataset.asked = `${card} ${plain}`;
    return apart.dataset.asksAbove !== "" && Number(plain) > Number(apart.dataset.asksAbove) && !asked ? "really" : "";
  };
  const ask = ({ whole, behind: decimals }) => { // in the words of the till with a network: which of two amounts is it?
    const cut = Number(apart.dataset.decimals) ? `${Number(whole)}${apart.dataset.mark}${decimals.slice(0, apart.dataset.decimals)}` : `${Number(whole)}`;
    const told = document.getElementById("wrong-unclear");
    told.querySelector("strong").textContent = told.dataset.text.replace("{0}", Number(whole + decimals)).replace("{1}", cut);
  };
  apart.addEventListener("submit", (event) => {
    event.preventDefault();
    const card = apart.elements.card.value.trim();
    const told = read(apart.elements.amount.value, apart.dataset);
    const fault = wrong(card, told);
    if (fault === "unclear") ask(told);
    for (const one of apart.querySelectorAll("[id^=wrong-]")) one.hidden = one.id !== `wrong-${fault}`;
    for (const name of ["card", "amount"]) apart.elements[name].ariaInvalid = String(!["", "really"].includes(fault) && (name === "card") === (fault === "card"));
    if (fault === "really") return;
    answer(fault === "" ? "good" : "bad");
    if (fault !== "") return void apart.elements[fault === "card" ? "card" : "amount"].select();
    const now = new Date();
    const day = now.toLocaleDateString("sv", { timeZone: known.zone }).replaceAll("-", ""); // the programme's day, wherever this clock is set to
    const chance = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
    put({ store: known.store, number: known.number, name: `${day}-${chance}-${known.cashier}`, card, amount: told.plain, at: now.toISOString() });
    for (const name of ["shown", "tried"]) sessionStorage.removeItem(of(name));
    document.getElementById("not-done").hidden = true;
    apart.reset();
    delete apart.dataset.asked;
    apart.elements.card.focus();
  });
  // Home as soon as somebody answers there: browsers say too early that there is a network, or not at all.
  const goHome = async () => {
    if (navigator.onLine && (await fetch(home, { method: "HEAD" }).catch(() => null)) !== null) location.assign(home);
  };
  addEventListener("online", goHome);
  setInterval(() => ["card", "amount"].every((name) => apart.elements[name].value === "") && goHome(), 3000); // nobody types
}
if (device !== null) for (const name of ["asked", "shown", "tried"]) sessionStorage.removeItem(of(name));

addEventListener("online", sendAlone);
show();
sendAlone();
setInterval(sendAlone, 15000);
