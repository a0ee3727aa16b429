import { covers, expect, readDocument, test } from '../../fixtures/test.ts';

/** What somebody without experience may need for it all, reading included. */
const NEWCOMER_MINUTES = 30;
const guide = readDocument('guide');
const runbook = readDocument('runbook');

test(
  'a newcomer installs, uses and removes the application by the guide',
  covers('US9.1', 'SC-010'),
  async ({ newcomerShell }) => {
    test.setTimeout(NEWCOMER_MINUTES * 60_000);
    const blocks = guide.blocks.filter(({ treatment }) => treatment.kind !== 'not run');
    expect(blocks.map(({ commands }) => commands).join('\n')).toMatch(/helm install todo-app[^]*helm test todo-app/);
    const begun = performance.now();
    for (const block of blocks)
      await test.step(`line ${block.line}: ${block.commands.split('\n')[0] ?? ''}`, () => newcomerShell.run(block));
    const minutes = (performance.now() - begun) / 60_000;
    test.info().annotations.push({ type: 'the commands of the guide took', description: `${minutes.toFixed(1)} minutes` });
    expect(minutes).toBeLessThan(NEWCOMER_MINUTES);
  },
);

for (const { title, blocks } of runbook.sections) {
  const run = blocks.filter(({ treatment }) => treatment.kind !== 'not run');
  if (!run.some(({ treatment }) => treatment.kind === 'changes')) continue;
  test(`commands that change something, ${runbook.path}: ${title}`, covers('US9.2', 'SC-010'), async ({ operatorShell }) => {
    test.setTimeout(15 * 60_000);
    for (const block of run)
      await test.step(`line ${block.line}: ${block.commands.split('\n')[0] ?? ''}`, () => operatorShell.run(block));
  });
}
