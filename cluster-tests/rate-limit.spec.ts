import { covers, expect, test } from '../fixtures/test.ts';

/** The chart's default, per user and minute. */
const LIMIT = 60;
const MESSAGE = 'Add task to be patient';

test(
  'a user who asks too often is told to wait, and nobody else is',
  covers('EDGE-5'),
  async ({ newUser, api, database, cluster }) => {
    const backends = await cluster.readyPods('backend');
    const [eager, patient] = [await newUser(), await newUser()];
    const answers = [];
    // So many at once that counting is put to the test, and so few that none has to wait for long.
    for (let sent = 0; sent < LIMIT + 10; sent += 10) answers.push(...(await api.chatAtOnce(eager, MESSAGE, 10)));
    // Each backend counts for itself while Redis takes too long to answer; what Redis was told it has counted all the same.
    answers.push(await api.chat(eager, MESSAGE));
    const refused = answers.filter(({ status }) => status === 429);
    // Whatever else went wrong is told by its text.
    const failed = answers.filter(({ status }) => status !== 200 && status !== 429);
    expect(failed.map(({ status, text }) => `${status}: ${text}`)).toEqual([]);
    // When a minute ends meanwhile, a part of them falls into the next.
    const done = answers.length - refused.length;
    expect(done).toBeGreaterThanOrEqual(LIMIT);
    expect(refused).not.toHaveLength(0);
    expect(refused[0]?.json()).toMatchObject({ error: { code: 'rate_limited' } });
    // Each counts what all of them have served: that is shown only where several have.
    // One that an autoscaler has taken away meanwhile has no log any more.
    const present = (await cluster.pods('backend')).map(({ metadata }) => metadata.uid);
    for (const pod of backends.filter(({ metadata }) => present.includes(metadata.uid)))
      expect((await cluster.logs(pod)).includes(`/api/${eager.id}/chat`), `${pod.metadata.name} served some`).toBe(true);
    const waits = refused.map(({ headers }) => Number(headers['retry-after']));
    expect(Math.min(...waits)).toBeGreaterThan(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60);
    const tasks = await database.tasks(eager.id);
    expect(tasks).not.toHaveLength(0);
    expect(tasks.length, 'nothing is done for who is refused').toBeLessThanOrEqual(done);
    expect(await api.chat(patient, MESSAGE)).toHaveStatus(200);
  },
);
