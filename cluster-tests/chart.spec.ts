import { covers, expect, test } from '../fixtures/test.ts';

test('helm lint finds nothing to say about the chart', covers('SC-008'), async ({ chart }) => {
  expect(await chart.lint()).toMatch(/1 chart\(s\) linted, 0 chart\(s\) failed/);
});

test('the chart’s own Redis is the official one, version 7 on Alpine', covers('FR-007'), async ({ chart }) => {
  expect((await chart.render()).container('redis').image).toBe('redis:7-alpine');
});
