// How the till answers beside its words: two short tones and a touch for what is done, a low one for what is refused.
// Off and on is kept on this device. Where a browser can do neither, or allows neither yet, the page says it all the same.
"use strict";

const SOUNDS = "sounds"; // its name among what the device keeps
const SENT = "sent"; // that the page before sent a form: only then this one is an answer
const TONES = { good: [[880, 0], [1320, 0.09]], bad: [[196, 0], [196, 0.2]] }; // hertz, from which second on
const TOUCHES = { good: [40], bad: [90, 60, 90] }; // milliseconds on, off, on
const TONE_SECONDS = { good: 0.08, bad: 0.16 };
const LOUD = 0.15;

function recall(place, name) {
  try {
    return place().getItem(name);
  } catch {
    return null; // a browser that keeps nothing
  }
}

const sounds = () => recall(() => localStorage, SOUNDS) !== "off";

const touched = () => navigator.userActivation?.hasBeenActive ?? true;

// `sent`: somebody has touched the page before, which browsers count for sounds, though not for vibration.
function answer(kind, sent = touched()) {
  if (!(kind in TONES) || !sent || !sounds()) return;
  touch(kind);
  sound(kind);
}

function touch(kind) {
  if (!("vibrate" in navigator) || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  if (touched()) navigator.vibrate(TOUCHES[kind]);
}

function sound(kind) {
  if (!("AudioContext" in self)) return;
  const context = new AudioContext();
  if (context.state !== "running" && navigator.getAutoplayPolicy?.("audiocontext") === "disallowed") return void context.close();
  for (const [hertz, from] of TONES[kind]) {
    const [tone, gain] = [context.createOscillator(), context.createGain()];
    const [start, end] = [context.currentTime + from, context.currentTime + from + TONE_SECONDS[kind]];
    tone.frequency.value = hertz;
    gain.gain.setValueAtTime(LOUD, start);
    gain.gain.exponentialRampToValueAtTime(0.001, end);
    tone.connect(gain).connect(context.destination);
    tone.start(start);
    tone.stop(end);
    if (from > 0) tone.onended = () => context.close(); // with the last one
  }
}

// ── what the page before has sent is answered by this one, once ──

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  try {
    sessionStorage.setItem(SENT, "yes");
  } catch {
    // then nothing sounds
  }
});

if (recall(() => sessionStorage, SENT) !== null) {
  sessionStorage.removeItem(SENT);
  answer(document.querySelector("[data-answer]")?.dataset.answer, true);
}

// ── the switch ──

const bell = document.querySelector("[data-sounds]");

function showBell() {
  bell.querySelector("span").textContent = sounds() ? bell.dataset.off : bell.dataset.on;
}

if (bell !== null && ("AudioContext" in self || "vibrate" in navigator)) {
  bell.hidden = false;
  showBell();
  bell.addEventListener("click", () => {
    try {
      localStorage.setItem(SOUNDS, sounds() ? "off" : "on");
    } catch {
      // then they stay as they are
    }
    showBell();
    answer("good");
  });
}
