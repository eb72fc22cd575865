// Keeps the files of the till and its one page for when there is no network; of persons it keeps nothing.
"use strict";

const FILES = `${kept.name}files`;
const ALL = [...kept.files, kept.offline];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(ALL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const files = new Set(ALL.map((one) => new URL(one, location).href));
  const swept = caches.open(FILES).then(async (cache) => {
    for (const one of await cache.keys()) if (!files.has(one.url)) await cache.delete(one);
  });
  event.waitUntil(swept.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const place = new URL(request.url);
  if (place.origin !== location.origin) return;
  const known = (path) => caches.match(path, { cacheName: FILES });
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(async () => (await known(kept.offline)) ?? Response.error()));
  else if (request.method === "GET" && kept.files.includes(place.pathname)) event.respondWith(known(place.pathname).then((file) => file ?? fetch(request)));
});
