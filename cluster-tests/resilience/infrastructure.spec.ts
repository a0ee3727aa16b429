import { covers, expect, test } from '../../fixtures/test.ts';

const DNS = { namespace: 'kube-system', workload: 'coredns' };

test(
  'a deleted ingress controller is back within 30 s, and traffic with it',
  covers('EDGE-7'),
  async ({ experiment, faults, ingressController }) => {
    test.skip(!ingressController.isOurs, 'The ingress controller is not the harness’s to delete.');
    test.setTimeout(3 * 60_000);
    const { namespace, name } = ingressController;
    const fault = await faults.deletePodsOf(namespace, name);
    // There is no other way in: what counts is how soon it is back.
    await experiment({ fault, healsWithin: 30_000, namespaces: [namespace] });
  },
);

test(
  'an ingress controller that crashes is started again within 30 s, and traffic with it',
  covers('EDGE-7'),
  async ({ experiment, ingressController, nodes }) => {
    test.setTimeout(3 * 60_000);
    const fault = await nodes.crashIngressController(ingressController);
    await experiment({ fault, healsWithin: 30_000, namespaces: [ingressController.namespace] });
  },
);

test('users hardly notice when all of cluster DNS is restarted', async ({ experiment, faults, isOurs }) => {
  test.skip(!(await isOurs(DNS.namespace)), 'Cluster DNS is not the harness’s to restart.');
  test.setTimeout(3 * 60_000);
  const fault = await faults.deletePodsOf(DNS.namespace, DNS.workload);
  await experiment({ fault, healsWithin: 60_000, availability: 98, namespaces: [DNS.namespace] });
});

test('users notice nothing when the API server is restarted', async ({ experiment, nodes }) => {
  test.setTimeout(5 * 60_000);
  await experiment({
    scaleDown: false,
    fault: await nodes.crashApiServer(),
    healsWithin: 90_000,
    availability: 100,
    claims: {
      // An autoscaler's figures change on their own, and the next ones say all.
      'nothing of pods, endpoints and events is missing from what was recorded': ({ records }) => {
        expect(records.gaps.filter((gap) => !gap.startsWith('HorizontalPodAutoscalers of'))).toEqual([]);
      },
    },
  });
});
