// Says of each body in fixtures.json what ajv makes of it, a line each.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const [description, rules, fixtures] = process.argv
  .slice(2)
  .map((path) => JSON.parse(readFileSync(path, "utf8")));

// An OpenAPI description has keywords that are none of JSON Schema's.
const ajv = addFormats(new Ajv({ strict: false }));
ajv.addSchema(description, "kling");
const schemas = rules
  .filter((rule) => rule.kind === "schema")
  .map((rule) => ({ ...rule, keeps: ajv.compile(rule.schema) }));

for (const { request, canonical: body } of fixtures) {
  const isValid = ajv.validate({ $ref: `kling#/components/schemas/${request}` }, body);
  const broken = schemas.filter((rule) => rule.request === request && !rule.keeps(body));
  const ids = [...new Set(broken.map((rule) => rule.id))].sort();
  console.log(JSON.stringify({ valid: isValid, rules: ids }));
}
