// Buttons and forms: the clock, plans, and beginning again.

import { byId, make, many, words, write } from "./parts.js";

const LIVES = {
  succeed: ["submitted", "processing", "succeed"],
  failed: ["submitted", "processing", "failed"],
  stuck: ["submitted", "processing"],
};
const CALLS = {
  create: "creates",
  get: "queries of one thing",
  list: "lists",
  download: "downloads of results",
  any: "every call",
  callback: "callbacks",
};
const WHEN = {
  label: "The call is",
  options: { before: "not carried out", after: "carried out all the same" },
};
const FAULTS = {
  refuse: {
    label: "a refusal",
    fields: {
      code: { label: "Kling's code", value: "1303", options: { 1303: "1303" } },
      message: { label: "Message (optional)" },
      when: WHEN,
    },
  },
  stall: {
    label: "silence, then the reply",
    fields: {
      seconds: { label: "Seconds", value: 30 },
      when: {
        label: "It is silent",
        options: {
          before: "before it carries the call out",
          after: "once the call is carried out",
        },
      },
    },
  },
  "hang-up": { label: "no reply: it hangs up", fields: { when: WHEN } },
  html: {
    label: "a gateway's HTML page",
    fields: { status: { label: "HTTP status", value: 502 }, when: WHEN },
  },
  empty: { label: "a reply without a body" },
  malformed: { label: "JSON that ends in the middle" },
  cut: {
    label: "a body that is cut off",
    fields: { bytes: { label: "After how many bytes", value: 100 } },
  },
  drip: {
    label: "a body that drips",
    fields: { bytes_per_second: { label: "Bytes a second", value: 50 } },
  },
  expire: { label: "an expired file", on: "download" },
  lose: { label: "a lost callback", on: "callback" },
  duplicate: { label: "a callback that comes twice", on: "callback" },
  delay: {
    label: "a callback that comes late",
    on: "callback",
    fields: { seconds: { label: "Seconds", value: 30 } },
  },
};
// Fields of a fault that are no numbers.
const TEXTS = ["message", "when"];
let operations = [];

const option = ([value, text]) => make("option", { value }, text);

/** Say a plan in words, those of the form. */
export function planText({ fault, on, statuses, message, times, when, ...fields }) {
  const kind = FAULTS[fault];
  const what = statuses
    ? `Next task: ${statuses.join(" → ")}`
    : `${CALLS[on] ? words(CALLS[on]) : on}: ${kind?.label ?? fault}`;
  const details = Object.entries(fields).map(
    ([name, value]) => `${name.replaceAll("_", " ")} ${value}`,
  );
  const often = times === null ? "until forgotten" : times > 1 && many(times, "time");
  const quoted = message && `“${message}”`;
  const parts = [what, ...details, quoted, kind?.fields?.when?.options[when], often];
  return parts.filter(Boolean).join(", ");
}

/**
 * Make the controls work.
 *
 * `send(path, body, done)` tells the mock, and says `done` once it is; `counts()` are those of
 * what a reset forgets.
 */
export function start(send, counts) {
  const advance = (seconds) =>
    send("clock", { advance: seconds }, `The clock went on by ${seconds} s.`);
  for (const button of document.querySelectorAll("[data-advance]")) {
    button.addEventListener("click", () => advance(Number(button.dataset.advance)));
  }
  onSubmit("advance", ({ seconds }) => advance(Number(seconds.value)));

  const life = byId("plan-life").elements;
  life.life.addEventListener("change", () => {
    life.message.parentElement.hidden = life.life.value !== "failed";
  });
  onSubmit("plan-life", () => {
    const message =
      life.life.value === "failed" ? life.message.value || life.message.placeholder : "";
    send("plan", { statuses: LIVES[life.life.value], message }, "Planned for the next task.");
  });

  const { fault } = byId("plan-fault").elements;
  fault.append(...Object.entries(FAULTS).map(([name, { label }]) => option([name, label])));
  fault.addEventListener("change", showFault);
  showFault();
  learn();
  onSubmit("plan-fault", (elements) => send("plan", faultOf(elements), "The fault is planned."));
  byId("forget").addEventListener("click", () => send("plans/clear", {}, "No plan is left."));

  const dialog = byId("confirm");
  byId("reset").addEventListener("click", () => {
    const { tasks, requests, plans } = counts();
    const what = `${many(tasks, "task")}, ${many(requests, "request")} and ${many(plans, "plan")}`;
    write(byId("confirm-what"), what);
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "reset") send("reset", {}, "Everything is forgotten.");
  });
}

function onSubmit(id, action) {
  byId(id).addEventListener("submit", (event) => {
    event.preventDefault();
    action(event.target.elements);
  });
}

/** Offer the codes and operations of the description, which come a moment later. */
async function learn() {
  const { components, paths } = await (await fetch("openapi.json")).json();
  const known = components.schemas.ErrorCode["x-kling-error"];
  const codes = known.map(({ code, meaning }) => [code, `${code}: ${meaning}`]);
  FAULTS.refuse.fields.code.options = Object.fromEntries(codes);
  const calls = Object.values(paths).flatMap((methods) => Object.values(methods));
  operations = calls.flatMap(({ operationId }) => operationId ?? []).sort();
  showFault();
}

function showFault() {
  showCalls();
  const { fields = {} } = FAULTS[byId("plan-fault").elements.fault.value];
  const labels = Object.entries(fields).map(([name, field]) =>
    make("label", {}, `${field.label} `, inputFor(name, field)),
  );
  byId("fault-fields").replaceChildren(...labels);
}

function inputFor(name, { value, options }) {
  if (options) {
    const select = make("select", { name }, ...Object.entries(options).map(option));
    if (value) select.value = value;
    return select;
  }
  const number = { type: "number", min: "0", step: "any", required: "", value };
  return make("input", { name, ...(TEXTS.includes(name) ? { autocomplete: "off" } : number) });
}

function showCalls() {
  const { fault, on } = byId("plan-fault").elements;
  const only = FAULTS[fault.value].on;
  const calls = only
    ? [[only, CALLS[only]]]
    : [
        ...Object.entries(CALLS).filter(([name]) => name !== "callback"),
        ...operations.map((name) => [name, name]),
      ];
  const chosen = on.value;
  on.replaceChildren(...calls.map(option));
  if (calls.some(([name]) => name === chosen)) on.value = chosen;
}

function faultOf({ fault, on, times }) {
  const plan = {
    fault: fault.value,
    on: on.value,
    times: times.value ? Number(times.value) : null,
  };
  for (const input of byId("fault-fields").querySelectorAll("input, select")) {
    const { name, value } = input;
    if (value) plan[name] = TEXTS.includes(name) ? value : Number(value);
  }
  return plan;
}
