// The page of the mock. It fetches the state once a second, and updates only what has changed, so
// that playing videos, open <details> and the keyboard focus are kept. URLs are relative, because
// the mock may be served below a prefix.

import { planText, showFaults, start } from "./controls.js";
import { FINAL, showMoreWith, showRequests, showTasks, taskKey, wentWrong } from "./lists.js";
import { SECOND, byId, clock, iso, items, many, rows, write } from "./parts.js";

const PATIENCE = 5 * SECOND;
let state = null;

function render() {
  const now = byId("now");
  now.dateTime = iso(state.now);
  write(now, `${iso(state.now).slice(0, 10)} ${clock(state.now)} UTC`);
  const facts = [
    `speed × ${state.speed}`,
    state.strict ? "strict" : "lenient",
    state.exact ? "exact" : "",
    state.as_of && `as of ${state.as_of}`,
  ];
  write(byId("facts"), facts.filter(Boolean).join(" · "));
  write(byId("curl"), curlLine(state));
  write(byId("tasks-count"), `${state.counts.tasks}`);
  write(byId("requests-count"), `${state.counts.requests}`);
  const codes = Object.entries(state.refusals).map(([code, count]) => `${code} × ${count}`);
  write(byId("wrong-count"), codes.join(" · "));
  showTasks(state, (task, status, message) =>
    send(
      `tasks/${encodeURIComponent(task.id)}`,
      { status, message },
      `Task ${task.id}: ${status}.`,
    ),
  );
  showRequests(state);
  showFaults(state.faults);
  showPlans(state.plans);
  showQuota(state);
  items(byId("limits-list"), state.limits);
}

function curlLine({ api_key: key }) {
  return [
    `curl ${new URL("../v1/videos/text2video", location.href).href}`,
    `  -H "Authorization: Bearer ${key}"`,
    '  -H "Content-Type: application/json"',
    `  -d '{"model_name": "kling-v3", "prompt": "A fox at dawn"}'`,
  ].join(" \\\n");
}

function showPlans(plans) {
  items(byId("plans-list"), plans.map(planText));
  const forget = byId("forget");
  if (plans.length === 0 && document.activeElement === forget) byId("plan").focus();
  forget.hidden = plans.length === 0;
  byId("plans-empty").hidden = plans.length > 0;
}

function showQuota({ packages, slots }) {
  const units = packages.map((one) => [
    one.name,
    `${one.left} of ${one.units}`,
    `${one.concurrency}`,
  ]);
  rows(byId("packages"), units);
  rows(
    byId("slots"),
    slots.map((one) => [
      one.package,
      one.model ?? "any",
      [one.used, one.of].filter((n) => n != null).join(" of "),
    ]),
  );
  byId("quota").hidden = packages.length + slots.length === 0;
}

// Announcements for screen readers. The effect of a button is announced at once. Other news are
// announced every five seconds at most.

const nothing = () => ({ tasks: 0, succeed: 0, failed: 0, wrong: 0 });
const news = nothing();
let saidAt = 0;
let silence = 0;

function say(text, kind = "done") {
  const line = byId("status");
  line.dataset.kind = kind;
  line.textContent = text;
  saidAt = Date.now();
  clearTimeout(silence);
  silence = setTimeout(() => (line.textContent = ""), (kind === "error" ? 12 : 6) * SECOND);
}

/** Add to the news what has happened between two states. */
function collectNews(before, after) {
  const known = new Map(before.tasks.map((task) => [taskKey(task), task.status]));
  for (const task of after.tasks) {
    const was = known.get(taskKey(task));
    if (was === undefined) news.tasks += 1;
    if (was !== task.status && FINAL.includes(task.status)) news[task.status] += 1;
  }
  const last = before.requests[0]?.number ?? 0;
  news.wrong += after.requests.filter((one) => one.number > last && wentWrong(one)).length;
}

function sayNews() {
  const parts = [
    news.tasks && many(news.tasks, "new task"),
    news.succeed && `${news.succeed} succeeded`,
    news.failed && `${news.failed} failed`,
    news.wrong && `${many(news.wrong, "request")} failed`,
  ].filter(Boolean);
  if (parts.length === 0 || Date.now() - saidAt < PATIENCE) return;
  say(`${parts.join(", ")}.`);
  Object.assign(news, nothing());
}

// Talking to the mock

let timer = 0;
let polling = false;

async function poll() {
  clearTimeout(timer);
  if (polling) return;
  polling = true;
  try {
    const next = await newState();
    showConnection(next !== null);
    if (next === null) return;
    if (state) collectNews(state, next);
    state = next;
    render();
    sayNews();
  } finally {
    polling = false;
    if (!document.hidden) timer = setTimeout(poll, SECOND);
  }
}

/** Fetch the state; null if the mock is not reachable. */
async function newState() {
  try {
    const reply = await fetch("state", {
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return reply.ok ? await reply.json() : null;
  } catch {
    return null;
  }
}

function showConnection(isThere) {
  byId("connection").dataset.state = isThere ? "live" : "lost";
  write(byId("connection"), isThere ? "Live" : "Mock not reachable; retrying");
  document.title = isThere ? "Kling mock" : "Not reachable · Kling mock";
}

async function send(path, body, done) {
  let reply;
  try {
    const headers = { "Content-Type": "application/json" };
    const signal = AbortSignal.timeout(PATIENCE);
    reply = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal });
  } catch {
    say("Not done: the mock is not reachable.", "error");
    return;
  }
  if (!reply.ok) {
    const { message } = await reply.json().catch(() => ({ message: `HTTP ${reply.status}` }));
    say(`Not done: ${message.replace(/\.$/, "")}.`, "error");
    return;
  }
  await poll();
  Object.assign(news, nothing()); // the effect of the button is announced only once
  say(done);
}

start(send, () => ({ tasks: 0, requests: 0, ...state?.counts, plans: state?.plans.length ?? 0 }));
showMoreWith(render);
// Browsers offer the clipboard only to pages from localhost and from https.
byId("copy").hidden = !navigator.clipboard;
byId("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(byId("curl").textContent);
  say("Copied.");
});
document.addEventListener("visibilitychange", () => !document.hidden && poll());
poll();
