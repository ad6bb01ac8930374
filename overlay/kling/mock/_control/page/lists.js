// The lists of tasks and requests. Everything that callers sent is shown as text, never as markup.

import {
  byId,
  clock,
  copyOf,
  duration,
  iso,
  keyed,
  make,
  many,
  slot,
  words,
  write,
} from "./parts.js";

export const FINAL = ["succeed", "failed"];
// The HTML element that shows a file, by the suffix of the file. Subtitles only get a link.
const MEDIA = { mp4: "video", png: "img", mp3: "audio", wav: "audio" };
const most = { tasks: 20, requests: 25, wrong: 3 };

/** A restarted mock may use the same ids again, so the id by itself is not a unique key. */
export const taskKey = (task) => `${task.id} ${task.created_at}`;
export const wentWrong = (one) =>
  one.status < 200 || one.status >= 400 || Boolean(one.code || one.fault);

/** Show the tasks of a state; their buttons call `end(task, status, message)`. */
export function showTasks({ tasks, now }, end) {
  keyed(byId("tasks-list"), firstOf("tasks", tasks), {
    key: taskKey,
    create: (task) => createTask(task, end),
    update: (element, task, changed) => {
      updateLife(slot(element, "life"), task.life, now);
      if (changed) updateTask(element, task);
    },
  });
}

/** Show the requests of a state in two lists: the failed ones, and all. */
export function showRequests({ requests }) {
  showRuns("wrong", requests.filter(wentWrong));
  showRuns("requests", requests);
}

/** Show requests in a list; consecutive equal requests become one item. */
function showRuns(name, requests) {
  const runs = [];
  for (const request of requests) {
    const { number, at, request_id: _, ...same } = request;
    const text = JSON.stringify(same);
    const run = runs.at(-1);
    if (run?.text === text) Object.assign(run, { first: number, since: at, count: run.count + 1 });
    else runs.push({ text, newest: request, first: number, since: at, count: 1 });
  }
  keyed(byId(`${name}-list`), firstOf(name, runs), {
    key: (run) => `${run.first} ${run.since}`,
    create: () => copyOf("request"),
    update: (element, run, changed) => changed && updateRequest(element, run),
  });
}

/** Make the buttons below the lists show the rest. */
export function showMoreWith(render) {
  for (const name of Object.keys(most)) {
    byId(`${name}-more`).addEventListener("click", () => {
      const next = byId(`${name}-list`).children.length;
      most[name] = Infinity;
      render();
      byId(`${name}-list`).children[next]?.querySelector("h3, summary").focus();
    });
  }
}

function firstOf(name, entries) {
  const more = byId(`${name}-more`);
  more.hidden = entries.length <= most[name];
  write(more, `Show ${entries.length - most[name]} older`);
  byId(`${name}-empty`).hidden = entries.length > 0;
  return entries.slice(0, most[name]);
}

function createTask(task, end) {
  const element = copyOf("task");
  const form = slot(element, "end");
  write(slot(element, "family"), task.title);
  write(slot(element, "id"), task.id);
  form.elements.message.setAttribute("aria-label", `Why task ${task.id} fails`);
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-label", `${button.textContent} task ${task.id}`);
  }
  form.querySelector("[data-end]").addEventListener("click", () => end(task, "succeed", ""));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    end(task, "failed", form.elements.message.value);
  });
  return element;
}

function updateTask(element, task) {
  const badge = slot(element, "status");
  write(badge, task.status);
  badge.dataset.kind = task.status;
  const about = [
    task.model,
    task.slots !== 1 && many(task.slots, "slot"),
    task.external_task_id && `external id ${task.external_task_id}`,
    task.callback_url && `callbacks to ${task.callback_url}`,
  ];
  slot(element, "prompt").hidden = !task.prompt;
  write(slot(element, "prompt"), task.prompt);
  write(slot(element, "cost"), cost(task));
  write(slot(element, "about"), about.filter(Boolean).join(" · "));
  const message = slot(element, "message");
  message.hidden = !task.message;
  write(message, task.message);
  updateOutputs(slot(element, "outputs"), task);
  updateCallbacks(slot(element, "callbacks"), task.callbacks);
  const form = slot(element, "end");
  const over = FINAL.includes(task.status);
  // The focused form is about to be hidden, so the focus moves to the task.
  if (over && form.contains(document.activeElement)) element.querySelector("h3").focus();
  form.hidden = over;
}

function cost({ status, units, cash, currency }) {
  if (units === null) return "price unknown";
  if (status === "failed") return "nothing charged";
  return cash === null ? many(Number(units), "unit") : `${cash} ${currency}`;
}

function updateLife(list, life, now) {
  const stages = life.map((stage, index) => ({ ...stage, index }));
  const current = stages.findLastIndex((stage) => stage.at <= now);
  keyed(list, stages, {
    key: (stage) => `${stage.index} ${stage.status}`,
    create: () => make("li", {}, make("span"), " ", make("time")),
    update: (item, { status, at, index }) => {
      const [name, time] = item.children;
      write(name, status);
      time.dateTime = iso(at);
      write(time, at > now ? `in ${duration(at - now)}` : clock(at));
      item.dataset.kind = status;
      item.classList.toggle("ahead", at > now);
      if (index === current) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    },
  });
}

/** The URL from which the page loads a file; it does not use up a fault planned for a download. */
function urlForPage(url) {
  const path = url.split("/_mock/media/")[1];
  return path === undefined ? "" : `files/${path}`;
}

function updateOutputs(box, task) {
  box.hidden = task.outputs.length === 0;
  const outputs = task.outputs.map((output, index) => ({ ...output, number: index + 1 }));
  keyed(box, outputs, {
    key: (output) => `${output.number} ${output.url}`,
    create: ({ kind, number, url }) => {
      const name = `${kind} ${number} of task ${task.id}`;
      const figure = make("figure", {}, make("figcaption", {}, `${words(kind)} ${number} `));
      if (!urlForPage(url)) return figure;
      figure.lastElementChild.append(
        make("a", { href: urlForPage(url), "aria-label": `Open ${name}` }, "open"),
      );
      const element = MEDIA[url.split(".").at(-1)];
      if (!element) return figure;
      const media = make(
        element,
        element === "img"
          ? { alt: words(name) }
          : { "aria-label": words(name), controls: "", preload: "metadata", playsinline: "" },
      );
      media.addEventListener("error", () =>
        media.replaceWith(make("p", {}, "This file cannot be shown.")),
      );
      media.src = urlForPage(url);
      figure.prepend(media);
      return figure;
    },
  });
}

function updateCallbacks(details, callbacks) {
  details.hidden = callbacks.length === 0;
  write(details.firstElementChild, many(callbacks.length, "callback"));
  const lines = callbacks.map((one) =>
    make("li", {}, `${clock(one.at)} ${one.status}: ${one.outcome}`),
  );
  details.lastElementChild.replaceChildren(...lines);
}

function updateRequest(element, { newest, first, count }) {
  const wrong = wentWrong(newest);
  const badge = slot(element, "verdict");
  write(badge, [newest.status || "no reply", newest.code].filter(Boolean).join(" · "));
  badge.dataset.kind = wrong ? "failed" : "succeed";
  write(slot(element, "method"), newest.method);
  write(slot(element, "path"), newest.path);
  write(slot(element, "times"), count > 1 ? ` × ${count}` : "");
  const time = slot(element, "at");
  write(time, clock(newest.at));
  time.dateTime = iso(newest.at);
  const facts = {
    Number: count > 1 ? `${first} to ${newest.number}` : newest.number,
    Operation: newest.operation,
    Body: newest.body && JSON.stringify(newest.body),
    Task: newest.task,
    "Request id": newest.request_id,
    Received: iso(newest.at),
  };
  const known = Object.entries(facts).filter(([, value]) => value);
  const cells = known.flatMap(([name, value]) => [
    make("dt", {}, name),
    make("dd", {}, `${value}`),
  ]);
  slot(element, "facts").replaceChildren(...cells);

  const why = wrong ? problems(newest) : [];
  if (newest.fault) why.push(make("p", {}, `Planned fault: ${newest.fault}`));
  if (newest.notes) why.push(make("p", {}, `Allowed: ${newest.notes}`));
  slot(element, "why").hidden = why.length === 0;
  slot(element, "why").replaceChildren(...why);
}

/** The message of a refusal, with each sentence that names a rule as an item of a list. */
function problems({ message, rules }) {
  const named = [];
  // Kling's message comes first, then the mock's explanation in brackets.
  const [, said, own] = message.match(/^(.*?) \((.*\])\)$/s) ?? ["", "", message];
  const left = own.replaceAll(/(.*?)\s*\[([\w.-]+)\]\s*/g, (all, sentence, rule) => {
    if (!rules.includes(rule)) return all;
    named.push([sentence, rule]);
    return "";
  });
  const rest = [said, left].filter(Boolean).join(" ");
  const unnamed = rules.filter((rule) => !named.some(([, one]) => one === rule));
  const lines = [...named, ...unnamed.map((rule) => ["", rule])];
  const items = lines.map(([text, rule]) => make("li", {}, `${text} `, make("code", {}, rule)));
  const list = make("ul", { class: "plain rules", "aria-label": "Broken rules" }, ...items);
  return [rest && make("p", {}, rest), items.length > 0 && list].filter(Boolean);
}
