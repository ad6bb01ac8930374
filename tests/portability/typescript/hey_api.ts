// Creates a video, waits for it and downloads it, with the client that @hey-api/openapi-ts makes.
import { writeFile } from "node:fs/promises";
import { createTextToVideoTask, getTextToVideoTask, type TextToVideoRequest } from "./generated";
import { client } from "./generated/client.gen";

const [baseUrl, key, target] = process.argv.slice(2);
client.setConfig({ baseUrl, auth: key });

const body: TextToVideoRequest = { model_name: "kling-v3", prompt: "A fox at dawn", duration: "8" };
// @ts-expect-error There is no such duration.
const wrong: TextToVideoRequest = { ...body, duration: "99" };

async function main(): Promise<void> {
  const refused = await createTextToVideoTask({ body: wrong });
  console.log("refused", refused.response?.status, refused.error?.code);

  const created = await createTextToVideoTask({ body, throwOnError: true });
  let task = created.data.data;
  console.log(task.task_status);
  while (task.task_status !== "succeed" && task.task_status !== "failed") {
    await new Promise((wake) => setTimeout(wake, 20));
    const asked = await getTextToVideoTask({ path: { id: task.task_id }, throwOnError: true });
    if (asked.data.data.task_status !== task.task_status) console.log(asked.data.data.task_status);
    task = asked.data.data;
  }

  const url = task.task_result?.videos?.[0]?.url;
  if (!url) throw new Error("there is no video");
  const file = await fetch(url);
  await writeFile(target, Buffer.from(await file.arrayBuffer()));
}

void main();
