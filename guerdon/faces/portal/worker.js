// Keeps the files of pages, and the last seen first page and card of whoever is signed in, for when there is no network.
// It stands under the programme's own address, so no page of anybody else ever comes by here. Nothing that is sent is
// kept, nothing that was refused, and no page after somebody has signed out.
"use strict";

const FILES = `${kept.name}files`;
const PAGES = `${kept.name}pages`;

self.addEventListener("install", (event) => {
  const made = caches.open(FILES).then((cache) => cache.addAll([...kept.files, kept.offline]));
  event.waitUntil(made.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const files = new Set([...kept.files, kept.offline].map((one) => new URL(one, location).href));
  const swept = caches.open(FILES).then(async (cache) => {
    for (const one of await cache.keys()) if (!files.has(one.url)) await cache.delete(one);
  });
  event.waitUntil(swept.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const place = new URL(request.url);
  if (request.method !== "GET" || place.origin !== location.origin) return;
  if (kept.files.includes(place.pathname)) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(request, place.pathname));
});

async function file(request) {
  return (await caches.match(request, { cacheName: FILES })) ?? fetch(request);
}

async function page(request, path) {
  const ours = kept.pages.includes(path);
  try {
    const answer = await fetch(request);
    if (ours) await remember(path, answer);
    return answer;
  } catch {
    const known = ours ? await caches.match(path, { cacheName: PAGES }) : undefined;
    return known ?? (await caches.match(kept.offline, { cacheName: FILES })) ?? Response.error();
  }
}

// Whoever is sent away from a page of their own has signed out, here or elsewhere: then nothing of it stays.
async function remember(path, answer) {
  if (answer.headers.get("Guerdon-Viewing")) return; // of a member at whose pages somebody of the staff looks
  if (answer.ok && answer.type === "basic" && !answer.redirected) {
    const cache = await caches.open(PAGES);
    await cache.put(path, answer.clone());
  } else if (answer.type === "opaqueredirect" || answer.redirected || answer.status === 403) {
    await caches.delete(PAGES);
  }
}
