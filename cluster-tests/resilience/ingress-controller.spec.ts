import { covers, expect, test } from '../../fixtures/test.ts';

test(
  'a deleted ingress controller is back within 30 s, and traffic with it',
  covers('EDGE-7'),
  async ({ ingressController, api }) => {
    test.skip(!ingressController.isOurs, 'The ingress controller is not the harness’s to delete.');
    const { readyAfterMs } = await ingressController.deletePod();
    expect(readyAfterMs).toBeLessThan(30_000);
    await api.answers('/api/health', 200, { within: 10_000 });
  },
);
