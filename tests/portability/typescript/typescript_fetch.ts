// Creates a video, waits for it and downloads it, with openapi-generator's typescript-fetch.
import { writeFile } from "node:fs/promises";
import {
  Configuration,
  ElementReferenceToJSON,
  ResponseError,
  TextToVideoApi,
  type ElementReference,
  type TextToVideoRequest,
} from "./generated";

const [basePath, accessToken, target] = process.argv.slice(2);
const kling = new TextToVideoApi(new Configuration({ basePath, accessToken }));

const body: TextToVideoRequest = { modelName: "kling-v3", prompt: "A fox at dawn", duration: "8" };
// @ts-expect-error There is no such duration.
const wrong: TextToVideoRequest = { ...body, duration: "99" };
const elements: ElementReference[] = [{ elementId: 160 }, { elementId: "160" }];
// @ts-expect-error An id is a number or a string.
const nothing: ElementReference = { elementId: {} };

async function main(): Promise<void> {
  const sent = JSON.stringify(elements.map(ElementReferenceToJSON));
  if (sent !== '[{"element_id":160},{"element_id":"160"}]') throw new Error(`ids become ${sent}`);

  try {
    await kling.createTextToVideoTask({ textToVideoRequest: wrong });
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    console.log("refused", error.response.status, (await error.response.json()).code);
  }

  let { data: task } = await kling.createTextToVideoTask({ textToVideoRequest: body });
  console.log(task.taskStatus);
  while (task.taskStatus !== "succeed" && task.taskStatus !== "failed") {
    await new Promise((wake) => setTimeout(wake, 20));
    const asked = await kling.getTextToVideoTask({ id: task.taskId });
    if (asked.data.taskStatus !== task.taskStatus) console.log(asked.data.taskStatus);
    task = asked.data;
  }

  const url = task.taskResult?.videos?.[0]?.url;
  if (!url) throw new Error("there is no video");
  const file = await fetch(url);
  await writeFile(target, Buffer.from(await file.arrayBuffer()));
}

void main();
