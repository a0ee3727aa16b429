// Sends each request of CHECKS, a JSON list of {name, url, method?, headers?, body?, status, type?, json?}, and compares the answer: its
// status, the start of its content type, and its body as JSON. Ends with status 1 if any differs. Runs as an ES module from the command line.
/* global AbortSignal, console, fetch, process */
import { isDeepStrictEqual } from 'node:util';

async function problemOf({ url, method = 'GET', headers = {}, body, status, type, json }) {
  const response = await fetch(url, { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  const seen = `got ${response.status} ${response.headers.get('content-type')}: ${text.slice(0, 500)}`;
  if (response.status !== status) return `expected status ${status}, ${seen}`;
  if (type && !response.headers.get('content-type')?.startsWith(type)) return `expected ${type}, ${seen}`;
  if (json && !isDeepStrictEqual(JSON.parse(text), json)) return `expected ${JSON.stringify(json)}, ${seen}`;
  return undefined;
}

for (const check of JSON.parse(process.env.CHECKS)) {
  const problem = await problemOf(check).catch((error) => `${error.message} (${error.cause?.message ?? error.name})`);
  console.log(
    `${problem ? 'FAILED' : 'ok'}  ${check.name}: ${check.method ?? 'GET'} ${check.url}${problem ? `\n        ${problem}` : ''}`,
  );
  if (problem) process.exitCode = 1;
}
