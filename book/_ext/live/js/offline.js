// Register the worker that keeps visited pages for use without internet, or remove it again.

import { address, root, wheelsOf, workerOf } from "./course.js";

const SCRIPT = address("service-worker.js");

/** Keep this page once it is shown, and Python with it where the page has code to run. */
export async function keepOffline(course, hasCode) {
  if (!("serviceWorker" in navigator)) return;
  try {
    await (course.offline ? start(course, hasCode) : forget());
  } catch (error) {
    // The page works all the same, and only as long as there is a network.
    console.warn(`This page is not kept for use offline: ${error.message}`);
  }
}

async function start(course, hasCode) {
  await idle();
  const { version, release } = course.offline;
  const options = new URLSearchParams({ version, release, python: address(course.pyodide) });
  const settings = { updateViaCache: "none" };
  const known = await navigator.serviceWorker.register(`${SCRIPT}?${options}`, settings);
  const worker = known.installing || known.waiting || known.active;
  await activated(worker);
  const channel = new MessageChannel();
  channel.port1.onmessage = () => (document.documentElement.dataset.kept = version);
  const files = [...loaded(), ...course.offline.files.map(address)];
  const python = hasCode && !navigator.connection?.saveData;
  if (python) files.push(workerOf(course), ...wheelsOf(course), ...coreOf(course));
  const packages = python ? course.packages : null;
  worker.postMessage({ type: "keep", files, packages }, [channel.port2]);
}

/** Wait for this worker, not for the one of an older site that may still be there. */
async function activated(worker) {
  while (worker.state !== "activated") {
    if (worker.state === "redundant") throw new Error("another version took its place");
    await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
  }
}

/** Wait until the page is shown: nobody waits for what is kept for later. */
async function idle() {
  if (document.readyState !== "complete") {
    await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  }
  await new Promise((resolve) => (globalThis.requestIdleCallback || setTimeout)(resolve));
}

/** The page, what it has loaded of the site so far, and the pictures that still wait. */
function loaded() {
  const names = performance.getEntriesByType("resource").map((entry) => entry.name);
  names.push(...Array.from(document.images, (one) => one.src));
  const own = names.filter((name) => name.startsWith(root.href) && !name.startsWith(SCRIPT));
  return [...new Set([location.href.split("#")[0], ...own])];
}

const coreOf = (course) => course.offline.core.map((name) => address(course.pyodide) + name);

/** Remove what the site kept when it was built to keep itself. */
async function forget() {
  const known = await navigator.serviceWorker.getRegistration(root.href);
  if (!known?.active?.scriptURL.startsWith(SCRIPT)) return;
  await known.unregister();
  const names = await caches.keys();
  const ours = names.filter((name) => name.startsWith(`cnn-by-hand ${root.href} `));
  await Promise.all(ours.map((name) => caches.delete(name)));
}
