// Buttons and forms: the clock, plans, and the reset.

import { byId, make, many, words, write } from "./parts.js";

const LIVES = {
  succeed: ["submitted", "processing", "succeed"],
  failed: ["submitted", "processing", "failed"],
  stuck: ["submitted", "processing"],
};
const CALLS = {
  create: "creates",
  get: "queries for one task or resource",
  list: "queries for a list",
  download: "downloads of results",
  any: "every call",
  callback: "callbacks",
};
const WHEN = {
  before: "before the call is carried out",
  after: "after the call is carried out",
};
// Labels of fields whose names are not clear enough.
const LABELS = {
  code: "Kling's code",
  status: "HTTP status",
  bytes: "After how many bytes",
  when: "When it goes wrong",
};
// Initial values of fields.
const FIRST = { code: 1303, seconds: 30, bytes: 100, bytes_per_second: 50 };
let faults = {};
let codes = {};
let operations = [];

const option = ([value, text]) => make("option", { value }, text);

/** Describe a plan in the words of the form. */
export function planText({ fault, on, statuses, message, times, when, ...fields }) {
  const kind = faults[fault];
  const what = fault
    ? `${CALLS[on] ? words(CALLS[on]) : on}: ${kind?.meaning ?? fault}`
    : `Next task: ${statuses?.join(" → ") ?? "as usual"}`;
  const details = Object.entries(fields).map(
    ([name, value]) =>
      `${name.replaceAll("_", " ")} ${typeof value === "object" ? JSON.stringify(value) : value}`,
  );
  const often = times === null ? "until cleared" : times > 1 && many(times, "time");
  const quoted = message && `“${message}”`;
  const parts = [what, ...details, quoted, kind?.fields.when && WHEN[when], often];
  return parts.filter(Boolean).join(", ");
}

/**
 * Make the controls work.
 *
 * `send(path, body, done)` posts to the mock, and announces `done` after success. `counts()` returns
 * how many tasks, requests and plans a reset would forget.
 */
export function start(send, counts) {
  const advance = (seconds) =>
    send("clock", { advance: seconds }, `The clock was moved forward by ${seconds} s.`);
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

  byId("plan-fault").elements.fault.addEventListener("change", showFault);
  loadCodesAndOperations();
  onSubmit("plan-fault", (elements) => send("plan", faultOf(elements), "The fault is planned."));
  byId("forget").addEventListener("click", () => send("plans/clear", {}, "All plans were cleared."));

  const dialog = byId("confirm");
  byId("reset").addEventListener("click", () => {
    const { tasks, requests, plans } = counts();
    const what = `${many(tasks, "task")}, ${many(requests, "request")} and ${many(plans, "plan")}`;
    write(byId("confirm-what"), what);
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "reset") send("reset", {}, "The mock was reset.");
  });
}

/** Show the faults that the mock knows in the form. */
export function showFaults(known) {
  if (JSON.stringify(known) === JSON.stringify(faults)) return;
  faults = known;
  const options = Object.entries(faults).map(([name, { meaning }]) => option([name, meaning]));
  byId("plan-fault").elements.fault.replaceChildren(...options);
  showFault();
}

function onSubmit(id, action) {
  byId(id).addEventListener("submit", (event) => {
    event.preventDefault();
    action(event.target.elements);
  });
}

/** Load the codes and operations of the description, and show them in the form. */
async function loadCodesAndOperations() {
  const { components, paths } = await (await fetch("openapi.json")).json();
  const known = components.schemas.ErrorCode["x-kling-error"];
  codes = Object.fromEntries(known.map(({ code, meaning }) => [code, `${code}: ${meaning}`]));
  const calls = Object.values(paths).flatMap((methods) => Object.values(methods));
  operations = calls.flatMap(({ operationId }) => operationId ?? []).sort();
  showFault();
}

function showFault() {
  const kind = faults[byId("plan-fault").elements.fault.value];
  if (!kind) return;
  showCalls(kind);
  const labels = Object.entries(kind.fields).map(([name, field]) => {
    const label = LABELS[name] ?? words(name);
    return make("label", {}, `${label}${field.needed ? "" : " (optional)"} `, inputFor(name, field));
  });
  byId("fault-fields").replaceChildren(...labels);
}

function inputFor(name, { needed, least, most, whole }) {
  if (name === "when") return choice(name, { "": "as usual", ...WHEN });
  if (name === "code") return choice(name, codes);
  const about = { name, ...(needed ? { required: "", value: FIRST[name] ?? "" } : {}) };
  if (least === undefined) return make("input", { ...about, autocomplete: "off" });
  const number = { type: "number", min: least, max: most, step: whole ? 1 : "any" };
  return make("input", { ...about, ...number });
}

function choice(name, options) {
  const select = make("select", { name }, ...Object.entries(options).map(option));
  if (FIRST[name] in options) select.value = FIRST[name];
  return select;
}

function showCalls({ only_on: only }) {
  const { on } = byId("plan-fault").elements;
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
    const number = "least" in faults[fault.value].fields[name];
    if (value) plan[name] = number ? Number(value) : value;
  }
  return plan;
}
