// Creates a video, waits for it and downloads it, with the types that openapi-typescript makes.
import { writeFile } from "node:fs/promises";
import createClient from "openapi-fetch";
import type { components, paths } from "./generated";

const [baseUrl, key, target] = process.argv.slice(2);
const kling = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${key}` } });

type TextToVideoRequest = components["schemas"]["TextToVideoRequest"];
const body: TextToVideoRequest = { model_name: "kling-v3", prompt: "A fox at dawn", duration: "8" };
// @ts-expect-error There is no such duration.
const wrong: TextToVideoRequest = { ...body, duration: "99" };

async function main(): Promise<void> {
  const refused = await kling.POST("/v1/videos/text2video", { body: wrong });
  console.log("refused", refused.response.status, refused.error?.code);

  const created = await kling.POST("/v1/videos/text2video", { body });
  if (created.error) throw new Error(created.error.message);
  let task = created.data.data;
  console.log(task.task_status);
  while (task.task_status !== "succeed" && task.task_status !== "failed") {
    await new Promise((wake) => setTimeout(wake, 20));
    const asked = await kling.GET("/v1/videos/text2video/{id}", {
      params: { path: { id: task.task_id } },
    });
    if (asked.error) throw new Error(asked.error.message);
    if (asked.data.data.task_status !== task.task_status) console.log(asked.data.data.task_status);
    task = asked.data.data;
  }

  const url = task.task_result?.videos?.[0]?.url;
  if (!url) throw new Error("there is no video");
  const file = await fetch(url);
  await writeFile(target, Buffer.from(await file.arrayBuffer()));
}

void main();
