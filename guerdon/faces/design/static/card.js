// The code of the card: another one every period, counted down, also without a network for as long as codes were given.
"use strict";

const shown = document.querySelector("[data-codes]");
const said = document.querySelector("[data-left]");
const key = `codes ${shown.dataset.codes}`;
let known = null;

async function renew() {
  try {
    const answer = await fetch(shown.dataset.codes, { cache: "no-store" });
    if (!answer.ok || answer.redirected) return;
    const told = await answer.json();
    known = { ...told, ahead: told.now - Date.now() }; // a phone's clock may be wrong: ours counts
    localStorage.setItem(key, JSON.stringify(known));
  } catch {
    // no network: what was given last is shown
  }
}

function draw(bits, size) {
  const dots = Uint8Array.from(atob(bits), (one) => one.charCodeAt(0));
  let path = "";
  for (let at = 0; at < size * size; at++) {
    if (dots[at >> 3] & (128 >> (at & 7))) path += `M${at % size} ${Math.floor(at / size)}h1v1h-1z`;
  }
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `-4 -4 ${size + 8} ${size + 8}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", shown.dataset.label);
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "path");
  drawn.setAttribute("d", path);
  svg.append(drawn);
  shown.replaceChildren(svg);
}

let last = null;

function tick() {
  if (known === null) return;
  const now = Date.now() + known.ahead;
  const place = Math.floor((now - known.from) / known.period);
  const bits = known.stands ? known.codes[0] : known.codes[place];
  shown.toggleAttribute("data-over", bits === undefined);
  said.textContent = said.dataset[bits === undefined ? "over" : known.stands ? "stands" : "left"].replace(
    "0", Math.ceil((known.from + (place + 1) * known.period - now) / 1000));
  if (bits !== undefined && bits !== last) draw((last = bits), known.size);
  if (place > known.codes.length / 2 && navigator.onLine && !known.asked) {
    known.asked = true;
    renew();
  }
}

try {
  known = JSON.parse(localStorage.getItem(key));
} catch {
  // a browser that keeps nothing asks every time
}
renew().then(tick);
setInterval(tick, 1000);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && renew().then(tick));
navigator.wakeLock?.request("screen").catch(() => {}); // the screen stays on while the code is held to a till
