// Creates a video, hears of it by callback, polls, downloads: as a program in JavaScript would.
import { createServer } from "node:http";

const [baseUrl, apiKey] = process.argv.slice(2);
const headers = { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json" };

const heard = [];
const receiver = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  heard.push(JSON.parse(Buffer.concat(parts)).task_status);
  response.end();
});
await new Promise((ready) => receiver.listen(0, "127.0.0.1", ready));

async function call(path, options = {}) {
  const response = await fetch(`${baseUrl}${path}`, { headers, ...options });
  const reply = await response.json();
  if (reply.code !== 0) throw new Error(`${response.status} ${reply.code} ${reply.message}`);
  return reply.data;
}

const body = {
  model_name: "kling-v3",
  prompt: "A fox at dawn",
  aspect_ratio: "9:16",
  callback_url: `http://127.0.0.1:${receiver.address().port}/`,
};
let task = await call("/v1/videos/text2video", { method: "POST", body: JSON.stringify(body) });
while (!["succeed", "failed"].includes(task.task_status)) {
  await new Promise((wake) => setTimeout(wake, 50));
  task = await call(`/v1/videos/text2video/${task.task_id}`);
}
const file = await fetch(task.task_result.videos[0].url);
const bytes = Buffer.from(await file.arrayBuffer());
while (!heard.includes("succeed")) await new Promise((wake) => setTimeout(wake, 20));
receiver.close();

const kind = bytes.subarray(4, 8).toString();
console.log(JSON.stringify({ status: task.task_status, heard, kind, size: bytes.length }));
