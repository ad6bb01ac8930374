// The package kling-api of npm as it is published: it creates, waits and downloads.
// It takes neither http nor results on this machine, so Kling's own name leads to the mock here,
// as a hosts file would lead it.
import dns from "node:dns";
import { KlingAPI } from "kling-api";

const [baseUrl, accessKey, secretKey, folder] = process.argv.slice(2);
const host = new URL(baseUrl).hostname;
const lookup = dns.lookup;
dns.lookup = (name, ...rest) => lookup(name === host ? "127.0.0.1" : name, ...rest);

const api = new KlingAPI({ accessKey, secretKey, baseUrl });
const made = await api.textToVideo({ model_name: "kling-v2-6", prompt: "A fox", duration: "5" });
const ask = (id) => api.queryTextToVideoTask(id);
const done = await api.waitForVideoResult(made.data.task_id, ask, { interval: 200 });
const files = await api.saveVideoResult(done, folder, "A fox");
console.log(JSON.stringify({ status: done.data.task_status, files }));
