// Sends without leaving the page, adds what is new, keeps the focus. Without it every form works by itself.
"use strict";

const talk = document.getElementById("talk");
const field = document.getElementById("text");
const status_line = document.getElementById("status");
const EVERY = 2000, HIDDEN = 20000;  // ms between looks
let sending = false, looking = null, timer = 0, nonce = fresh();

function fresh() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), b => b.toString(16).padStart(2, "0")).join("");
}

function tell(words) { status_line.textContent = words || ""; }

function atEnd() {
  return window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 160;
}

function toEnd() { window.scrollTo(0, document.documentElement.scrollHeight); }

// A bubble that only lost its buttons is not spoken again: its words stay in place.
function redraw(old, made) {
  const was = old.querySelector(".words"), is = made.querySelector(".words");
  if (!was || !is || was.textContent !== is.textContent) { old.replaceWith(made); return; }
  const before = old.querySelector("form"), after = made.querySelector("form");
  if (before && after) before.replaceWith(after);
  else if (before) before.remove();
  else if (after) was.after(after);
  old.dataset.mark = made.dataset.mark;
}

function take(html) {
  const came = new DOMParser().parseFromString(html, "text/html").getElementById("log");
  const log = document.getElementById("log");
  if (!came || !log) return;
  const stay = atEnd(), held = log.contains(document.activeElement);
  const ids = new Set();
  for (const made of Array.from(came.children)) {
    ids.add(made.id);
    const old = made.id && document.getElementById(made.id);
    if (!old) log.append(made);
    else if (old.dataset.mark !== made.dataset.mark) redraw(old, made);
  }
  for (const old of Array.from(log.children)) if (!ids.has(old.id)) old.remove();
  log.dataset.stamp = came.dataset.stamp;
  if (held && !log.contains(document.activeElement)) refocus();
  if (stay) toEnd();
}

// A pressed button is gone: on to the field, but on a phone that would open the keyboard.
function refocus() {
  const last = document.getElementById("log").lastElementChild;
  if (last && matchMedia("(pointer: coarse)").matches) {
    last.tabIndex = -1;
    last.focus({ preventScroll: true });
  } else field.focus({ preventScroll: true });
}

async function look() {
  if (looking) return looking;
  looking = (async () => {
    try {
      const stamp = document.getElementById("log").dataset.stamp;
      const answer = await fetch(`${talk.dataset.log}?stamp=${stamp}`, { cache: "no-store" });
      if (answer.status === 200) take(await answer.text());
      if (answer.status === 404) location.reload();
    } catch { /* no network: the next look tries again */ }
  })();
  await looking;
  looking = null;
}

async function tick() {
  clearTimeout(timer);
  if (!sending) await look();
  clearTimeout(timer);
  timer = setTimeout(tick, document.hidden ? HIDDEN : EVERY);
}

async function send(form, button) {
  if (sending) return;
  const body = new URLSearchParams(new FormData(form));
  if (button && button.name) body.set(button.name, button.value);
  body.set("nonce", nonce);  // stays until it went through: trying again does nothing twice
  const typed = form.contains(field);
  if (typed && !field.value.trim()) return;
  sending = true;
  tell(status_line.dataset.sending);
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, redirect: "manual" });
    if (answer.status === 429) tell(status_line.dataset.slow);
    else if (answer.type !== "opaqueredirect" && !answer.ok) tell(status_line.dataset.failed);
    else {
      nonce = fresh();
      if (typed) field.value = "";
      if (looking) await looking;
      await look();
      tell("");
      toEnd();
    }
  } catch {
    tell(status_line.dataset.failed);
  }
  sending = false;
}

document.addEventListener("submit", event => {
  event.preventDefault();
  send(event.target, event.submitter);
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
document.body.classList.add("alive");
toEnd();
tick();
