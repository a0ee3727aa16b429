import { covers, expect, failuresOf, test, type PodFault, type Seen } from '../../fixtures/test.ts';

/** A pod is scheduled and started in some seconds; the first probe looks after ten. */
const SOON = 30_000;

test.beforeEach(() => {
  test.setTimeout(4 * 60_000);
});

for (const [workload, healsWithin] of [
  ['frontend', SOON],
  ['backend', SOON],
  // Who exists once serves for almost as long.
  ['mcp-server', 2 * SOON],
] as const) {
  test(`users notice nothing when a ${workload} pod is deleted`, covers('US8.5'), async ({ experiment, faults }) => {
    const fault = await faults.deletePod(workload);
    await experiment({
      scaleDown: false,
      fault,
      healsWithin,
      availability: 100,
      claims: {
        // For whoever has not heard of it yet; an ingress controller may hide that from its users by asking the next pod.
        'it goes on for three seconds after it has left the endpoints': (seen) => {
          expect(wentOnForMs(seen, fault.pod)).toBeGreaterThan(3000);
        },
      },
    });
  });
}

test('Redis is back within 30 s when its pod is deleted', covers('US8.5'), async ({ experiment, faults }) => {
  await experiment({
    fault: await faults.deletePod('redis'),
    healsWithin: SOON,
    // Nobody needs it to go on: limits are counted in each backend meanwhile, and conversations are read from the database.
    availability: 100,
  });
});

test(
  'without the MCP server the chat changes nothing and says so, and the rest goes on',
  covers('FR-061', 'FR-063', 'FR-006'),
  async ({ experiment, faults, api, user, database }) => {
    await experiment({
      fault: await faults.scaleToZero('mcp-server'),
      meanwhile: async () => {
        expect(await api.chat(user, 'Add task to buy groceries')).toHaveStatus(502);
        expect(await database.tasks(user.id)).toEqual([]);
      },
      healsWithin: SOON,
      availability: 50,
      claims: {
        'nothing else fails': ({ users }) => {
          expect(failuresOf(users.during)).toEqual(['chat', 'tasks']);
        },
      },
    });
  },
);

test('pods that are deleted at random come back', covers('US8.5'), async ({ experiment, faults }) => {
  const fault = await faults.deleteRandomPods(['frontend', 'backend', 'mcp-server', 'redis']);
  await experiment({ fault, healsWithin: 2 * SOON, availability: 100 });
});

test('pages go on when all backend pods are deleted', covers('US8.5'), async ({ experiment, faults }) => {
  test.setTimeout(5 * 60_000);
  await experiment({
    fault: await faults.deleteAllPods('backend'),
    // Up to five start at the same time, and the autoscaler may add one.
    healsWithin: 4 * SOON,
    availability: 30,
    claims: {
      'no page fails': ({ users }) => {
        expect(failuresOf(users.during)).not.toEqual(expect.arrayContaining(['/']));
        expect(failuresOf(users.during)).not.toEqual(expect.arrayContaining(['/chat']));
      },
    },
  });
});

test('users notice nothing when every backend pod is evicted', covers('EDGE-6'), async ({ experiment, faults }) => {
  test.setTimeout(6 * 60_000);
  const fault = await faults.evictAllPods('backend');
  // The disruption budget lets the next one go once the one before is replaced; of five that takes some 75 s.
  await experiment({ fault, healsWithin: 5 * SOON, availability: 100 });
});

test(
  'a backend that writes more than it may is evicted by its node, and another comes',
  covers('EDGE-6'),
  async ({ experiment, faults }) => {
    const fault = await faults.overfillDisk('backend');
    await experiment({
      scaleDown: false,
      fault,
      // A node looks at what volumes hold about once a minute.
      healsWithin: 5 * SOON,
      availability: 95,
      claims: {
        'its node says why': ({ records }) => {
          const said = records.events.find(({ reason, uid }) => reason === 'Evicted' && uid === fault.pod.metadata.uid);
          expect(said?.message).toContain('"tmp" exceeds the limit');
          return said?.message;
        },
      },
    });
  },
);

test('chats that are under way when all backend pods are deleted get their answers', async ({
  experiment,
  faults,
  outside,
  api,
  user,
}) => {
  test.skip(!outside.ownsModel, 'The model is not the harness’s to slow down.');
  test.setTimeout(5 * 60_000);
  const [chats, preStopMs] = [4, 5000];
  // All: which pod has which chat is the ingress controller's choice.
  const deletion = await faults.deleteAllPods('backend');
  let answers: ReturnType<typeof api.chatAtOnce> = Promise.resolve([]);
  let answeredAtMs = 0;
  const begin = async (): Promise<void> => {
    await using slow = await outside.slowModel(20_000, { requests: chats });
    answers = api.chatAtOnce(user, 'Hello', chats).finally(() => (answeredAtMs = Date.now()));
    answers.catch(() => undefined);
    await expect.poll(() => slow.left()).toBe(0);
    await deletion.begin();
  };
  await experiment({
    fault: { ...deletion, begin },
    // Those that end keep their places for as long as the chats take; where there are five, some new ones wait for these.
    healsWithin: 4 * SOON,
    // Those who come meanwhile find no backend until there are new ones.
    availability: 30,
    claims: {
      'each of four chats gets its answer, the last long after its process was told to end': async ({ faultAtMs }) => {
        for (const answer of await answers) expect(answer).toHaveStatus(200);
        expect(answeredAtMs - faultAtMs).toBeGreaterThan(2 * preStopMs);
      },
    },
  });
});

/** How long a pod that was deleted was there after it had left the endpoints, in milliseconds. */
function wentOnForMs({ records: { pods, endpoints }, faultAtMs }: Seen, { metadata, status }: PodFault['pod']): number {
  const address = status?.podIP ?? '';
  const own = endpoints.find(({ ready }) => ready.includes(address))?.service;
  const left = endpoints.find(
    ({ service, ready, seenAtMs }) => service === own && seenAtMs > faultAtMs && !ready.includes(address),
  );
  const gone = pods.find(({ uid, state }) => uid === metadata.uid && state === 'gone');
  return (gone?.seenAtMs ?? -Infinity) - (left?.seenAtMs ?? Infinity);
}
