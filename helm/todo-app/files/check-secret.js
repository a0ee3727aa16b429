// Looks at the keys of a Secret that the chart did not make, as environment variables; RULES says what each must be. Says everything
// that is wrong at once, never a value, and ends with status 1 if anything is. Runs as an ES module from the command line.
/* global console, process */
const rules = JSON.parse(process.env.RULES);
const problems = Object.entries(rules).flatMap(([key, { pattern, hint }]) => {
  const value = process.env[key];
  if (value === undefined) return [`has no key ${key}`];
  return new RegExp(pattern).test(value) ? [] : [`${key} is not ${hint}; was it encoded once, and without a newline at its end?`];
});
for (const problem of problems) console.error(`Secret ${process.env.SECRET_NAME}: ${problem}`);
if (problems.length === Object.keys(rules).length)
  console.error('Is there a Secret of this name in the namespace of the release?');
if (problems.length === 0)
  console.log(`Secret ${process.env.SECRET_NAME}: all ${Object.keys(rules).length} keys are as they should be`);
process.exitCode = problems.length === 0 ? 0 : 1;
