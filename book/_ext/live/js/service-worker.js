// Keep what was opened, so that it opens without internet too; the page says what to keep.
// Pages come from the network as long as there is one. Python and versioned files never change.

const asked = new URL(self.location.href).searchParams;
const SITE = self.registration.scope;
const PYTHON = asked.get("python");
const MINE = `cnn-by-hand ${SITE} `;
const PAGES = `${MINE}site ${asked.get("version")}`;
const PYODIDE = `${MINE}python ${PYTHON} ${asked.get("release")}`;
const PATIENCE_MS = 4000;

const NOT_KEPT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Not kept</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<body style="max-width: 34em; margin: 3em auto; padding: 0 1em; font: 1.1em/1.6 sans-serif">
<h1>This page needs internet</h1>
<p>This device is offline, and the page was not opened here before.
Pages that were opened before still work.</p>
<p><a href="javascript:history.back()">Back</a></p>`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data.type === "keep") event.waitUntil(keepAll(event.data, event.ports[0]));
});

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && (url.startsWith(SITE) || url.startsWith(PYTHON))) {
    event.respondWith(answer(event));
  }
});

const isPython = (url) => url.startsWith(PYTHON);

const isFixed = (url) => isPython(url) || /[?&]v=|\/live\/[0-9a-f]{12}\//.test(url);

const cacheOf = (url) => caches.open(isPython(url) ? PYODIDE : PAGES);

/** From the network, unless what is kept can be no other, or the network is out or too slow. */
async function answer(event) {
  const { request } = event;
  const cache = await cacheOf(request.url);
  const isPage = request.mode === "navigate";
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept && isFixed(request.url)) return kept;
  const network = fetch(request).then((response) => {
    if (isWhole(response)) event.waitUntil(put(cache, request.url, response.clone()));
    return response;
  });
  try {
    return await (kept ? Promise.race([network, later(kept)]) : network);
  } catch (error) {
    const similar = kept || (await cache.match(request, { ignoreVary: true, ignoreSearch: true }));
    if (similar) return similar;
    if (isPage) return new Response(NOT_KEPT, { headers: { "Content-Type": "text/html" } });
    throw error;
  }
}

const isWhole = (response) => response.status === 200 && !response.redirected;

const later = (value) => new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, value));

/** Keep a file; a full disk must not stop what is shown. */
const put = (cache, url, response) => cache.put(url.split("#")[0], response).catch(() => {});

/** Keep files that were loaded before this worker was there, then let go of older versions. */
async function keepAll({ files, packages }, port) {
  await Promise.allSettled(files.map(keep));
  if (packages) await keepPackages(packages).catch(() => {});
  await replaceOlder();
  port?.postMessage("kept");
}

async function keep(url) {
  const cache = await cacheOf(url);
  const kept = await cache.match(url, { ignoreVary: true });
  if (kept) return kept;
  // The browser's own cache may have an older version, which must not be kept as today's.
  const response = await fetch(url, { cache: isFixed(url) ? "default" : "no-cache" });
  if (isWhole(response)) await put(cache, url, response.clone());
  return response;
}

/** Keep packages of Python and what they need, as Pyodide's lock file names them. */
async function keepPackages(names) {
  const lock = await (await keep(`${PYTHON}pyodide-lock.json`)).json();
  const needed = new Set(names);
  for (const name of needed) lock.packages[name].depends.forEach((other) => needed.add(other));
  await Promise.all([...needed].map((name) => keep(PYTHON + lock.packages[name].file_name)));
}

/** Fetch anew what older versions kept, and remove them. */
async function replaceOlder() {
  const names = (await caches.keys()).filter((name) => name.startsWith(MINE));
  for (const name of names.filter((one) => one !== PAGES && one !== PYODIDE)) {
    const cache = await caches.open(name);
    const urls = (await cache.keys()).map((request) => request.url);
    await Promise.all(urls.filter((url) => !isFixed(url)).map((url) => renew(url, cache)));
    await caches.delete(name);
  }
}

async function renew(url, older) {
  try {
    await keep(url);
  } catch {
    await put(await cacheOf(url), url, await older.match(url));
  }
}
