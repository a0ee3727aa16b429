import { covers, endpointsReady, expect, test } from '../../fixtures/test.ts';

test(
  'a frontend whose process is killed is started again, and counted',
  covers('US5.3', 'FR-039'),
  async ({ experiment, faults }) => {
    test.setTimeout(3 * 60_000);
    const fault = await faults.killProcess('frontend');
    const { records } = await experiment({ fault, healsWithin: 30_000, availability: 80 });
    const counts = records.pods.filter(({ uid }) => uid === fault.pod.metadata.uid).map(({ restarts }) => restarts);
    expect(Math.max(...counts)).toBe(1);
  },
);

test(
  'a backend that hangs gets no request, and is restarted after three failed probes',
  covers('US5.3', 'FR-039', 'FR-040'),
  async ({ experiment, faults, cluster }) => {
    test.setTimeout(5 * 60_000);
    const fault = await faults.freezeProcess('backend');
    const without = fault.pod.status?.podIP ?? '';
    const { recovery, records } = await experiment({
      fault,
      meanwhile: () => cluster.waitFor(endpointsReady('backend-service', { without }), { timeoutMs: 60_000 }),
      healsWithin: 150_000,
      availability: 60,
    });
    const failures = records.events.filter(({ message }) => message.startsWith('Liveness probe failed'));
    expect(failures.length).toBeGreaterThan(0);
    // Three failures lie two periods of 10 s apart, however soon the first one comes.
    expect(recovery.find(({ name }) => name === 'started')?.seenAfterMs).toBeGreaterThan(20_000);
  },
);

test('a backend that runs out of memory is started again', covers('US8.5'), async ({ experiment, faults }) => {
  test.setTimeout(3 * 60_000);
  await experiment({ fault: await faults.runOutOfMemory('backend'), healsWithin: 60_000, availability: 80 });
});
