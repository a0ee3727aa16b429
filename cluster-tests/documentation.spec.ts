import { covers, expect, problemsOf, readDocument, test } from '../fixtures/test.ts';

const guide = readDocument('guide');
const runbook = readDocument('runbook');
const readme = readDocument('chart');
const titles = ({ sections }: typeof guide): string[] => sections.map(({ title }) => title);

test('the guide leads from the prerequisites to troubleshooting', covers('US9.1', 'SC-010'), () => {
  expect(titles(guide)).toEqual(
    expect.arrayContaining([
      'Prerequisites',
      'Choosing a cluster',
      'Installing Helm and kubectl',
      'Deploying step by step',
      'Testing',
      'Troubleshooting',
    ]),
  );
  expect(guide.text).toMatch(/^### Minikube\n(?:(?!^#)[^])*^\.\/scripts\/setup-minikube\.sh$/m);
  for (const { title, text } of guide.sections) expect(text.length, `something is said about ${title}`).toBeGreaterThan(200);
});

test('the runbook says how to scale replicas', covers('US9.2'), () => {
  const scaling = runbook.sections.find(({ title }) => /scale replicas/i.test(title));
  const lines = scaling?.blocks.flatMap(({ commands }) => commands.split('\n'));
  expect(lines).toContain('kubectl scale deployment frontend -n todo-phaseiv --replicas=3');
});

test('the chart’s README describes it: what it needs, how to install it, its values, examples', covers('US9.3'), () => {
  expect(readme.text).toMatch(/^# todo-app\n\n\w{3}/);
  expect(titles(readme)).toEqual(expect.arrayContaining(['Requirements', 'Install', 'Values', 'Examples']));
  expect(readme.text).toContain('helm install todo-app ./helm/todo-app');
});

test('the chart’s README explains every value', covers('US9.3'), ({ chartValueNames }) => {
  const values = readme.sections.find(({ title }) => title === 'Values')?.text ?? '';
  const explained = [...values.matchAll(/^\| `([\w.]+)` \|/gm)].map(([, name]) => name);
  expect(chartValueNames.length).toBeGreaterThan(70);
  expect(chartValueNames.filter((name) => !explained.some((each) => each && `${name}.`.startsWith(`${each}.`)))).toEqual([]);
});

test(
  'the chart’s README has the secrets written that the guide has, and its examples are values',
  covers('US9.3'),
  async ({ chart, chartExamples }) => {
    const written = ({ text }: typeof guide): string[] => text.match(/^ {2}\w+: \$\(encode /gm) ?? [];
    expect(written(guide)).toHaveLength(5);
    expect(written(readme)).toEqual(written(guide));
    expect(chartExamples).not.toHaveLength(0);
    for (const example of chartExamples) expect((await chart.render(example)).objects).not.toHaveLength(0);
  },
);

test('the commands of guide and runbook say what they do to the cluster', covers('SC-010'), () => {
  for (const { blocks } of [guide, runbook])
    for (const block of blocks) expect(problemsOf(block), `${block.document}:${block.line}`).toEqual([]);
});

test('the picture shows the services, the way in, the volume and the database, with arrows', covers('US9.4'), ({ picture }) => {
  for (const part of [
    'frontend',
    'backend',
    'mcp-server',
    'redis',
    'Ingress',
    'redis-data-pvc',
    'PostgreSQL',
    ':3000',
    ':8000',
    ':8001',
    ':6379',
  ])
    expect(picture.words).toContain(part);
  expect(picture.arrows).toEqual(
    expect.arrayContaining([
      'browser->ingress',
      'ingress->frontend',
      'ingress->backend',
      'backend->mcp',
      'backend->redis',
      'backend->postgres',
      'mcp->postgres',
      'frontend->postgres',
      'redis->pvc',
    ]),
  );
  expect(picture.drawnFrom, 'drawn from its present source').toBe(picture.sourceDigest);
  expect(guide.text).toContain('](architecture.svg)');
});

/** Troubles, each with something that helps. */
for (const [trouble, cure, ...ids] of [
  ['Pods stay Pending', 'values-small.yaml', 'EDGE-1'],
  ['The Ingress does not route', 'addons enable ingress'],
  ['The HPA does not scale', 'addons enable metrics-server'],
  ['An upgrade fails', 'helm rollback', 'EDGE-2'],
  ['The database is unreachable', 'Bring the database back', 'EDGE-3'],
  ['The Redis StatefulSet was deleted', 'helm upgrade', 'EDGE-4'],
  ['Requests are answered with 429', 'chatRateLimit', 'EDGE-5'],
  ['Pods are evicted', '--field-selector=status.phase=Failed', 'EDGE-6'],
  ['The ingress controller is down', 'rollout restart deployment -n ingress-nginx', 'EDGE-7'],
  ['Names are taken when installing', 'helm upgrade --install', 'EDGE-8'],
] as const) {
  test(`the runbook knows what to do when: ${trouble}`, covers('US9.5', ...ids), () => {
    const section = runbook.sections.find(({ title }) => title === trouble);
    expect(titles(runbook)).toContain(trouble);
    for (const part of ['**Symptom', '**Diagnosis', '**Resolution']) expect(section?.text).toContain(part);
    expect(section?.text.split('**Resolution')[1]).toContain(cure);
    expect(section?.blocks.length, 'commands for the diagnosis').toBeGreaterThan(0);
  });
}

test('the runbook says how to give the cluster more room', covers('EDGE-1'), () => {
  const text = runbook.sections.find(({ title }) => title === 'Pods stay Pending')?.text;
  expect(text).toContain('minikube config set cpus 8');
  expect(text).toContain('minikube config set memory 16384');
});

for (const { path, sections } of [guide, runbook]) {
  for (const { title, blocks } of sections) {
    const looking = blocks.filter(({ treatment }) => treatment.kind === 'looks');
    if (looking.length === 0) continue;
    test(`commands that look, ${path}: ${title}`, covers('SC-010'), async ({ documentShell }) => {
      test.setTimeout(5 * 60_000);
      for (const block of looking)
        await test.step(`line ${block.line}: ${block.commands.split('\n')[0] ?? ''}`, () => documentShell.run(block));
    });
  }
}
