/** Prints the path of a program that the project pins, compiling it on first use. Usage: npx tsx scripts/tool.ts helm|kubectl */
import { toolPath, type Tool } from '../fixtures/cluster/tools.ts';
import { messageOf } from '../fixtures/errors.ts';
import { terminalProgress } from './progress.ts';

const [tool] = process.argv.slice(2);
if (tool !== 'helm' && tool !== 'kubectl') {
  console.error('Usage: npx tsx scripts/tool.ts helm|kubectl');
  process.exit(2);
}
try {
  console.log(await toolPath(tool satisfies Tool, terminalProgress(process.stderr)));
} catch (error) {
  console.error(`error: ${messageOf(error)}`);
  process.exitCode = 1;
}
