import { access, mkdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../fixtures/settings.ts';
import { Stubs, type Answers } from '../fixtures/testing/stubs.ts';

let stubs: Stubs;
beforeEach(async () => {
  stubs = await Stubs.make('chmod', 'cut', 'gzip', 'head', 'mkdir', 'mktemp', 'mv', 'sha256sum');
  await stubs.program('uname', [
    ['-s', 'echo Linux'],
    ['-m', 'echo x86_64'],
  ]);
  await stubs.program('id', [['-u', 'echo 1000']]);
  await stubs.program('nproc', [['""', 'echo 8']]);
  await stubs.program('sed', [['*MemTotal*/proc/meminfo', 'echo 16777216']]);
  await stubs.program('docker', [['info', ':']]);
  await stubs.program('kubectl', kubectl());
  await stubs.program('helm', []);
});
afterEach(async () => {
  await stubs[Symbol.asyncDispose]();
});

const minikube = (first: Answers = [], { cpus = 4, memory = 8192 } = {}): Answers => [
  ...first,
  ['*"profile list --output json"', `echo '${profiles(cpus, memory)}'`],
  ['*status', '[ -e $here/up ]'],
  ['*" start "*', 'touch $here/up'],
  ['*"addons enable "*', ':'],
  ['*" ip"', 'echo 192.168.49.2'],
];
const profiles = (cpus: number, memory: number): string =>
  JSON.stringify({
    invalid: [],
    valid: ['minikube', 'kubewright'].map((Name, index) => ({
      ...{ Name, Status: 'Running' },
      Config: { Name, KeepContext: false, Memory: index * memory, CPUs: index * cpus, KubernetesConfig: { ClusterName: Name } },
    })),
  });
const kubectl = (): Answers => [
  ['*"rollout status"*', ':'],
  ['*"wait "*', ':'],
];

interface Ended {
  exitCode?: number | undefined;
  stdout: string;
  stderr: string;
}

async function setup(...args: string[]): Promise<Ended> {
  return execa(
    path.join(projectRoot, 'scripts/setup-minikube.sh'),
    ['--bin-dir', path.join(stubs.folder, 'installed'), ...args],
    {
      env: { PATH: stubs.path, HOME: stubs.folder },
      extendEnv: false,
      reject: false,
    },
  );
}

/** The commands of one program. */
async function calls(program: string): Promise<string[]> {
  return (await stubs.calls()).filter((call) => call.startsWith(`${program} `)).map((call) => call.slice(program.length + 1));
}

describe('the cluster', () => {
  test('has 4 CPUs and 8 GB, the two addons, and an address for the hosts file', async () => {
    await stubs.program('minikube', minikube());
    const { exitCode, stdout, stderr } = await setup();
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(await calls('minikube')).toEqual([
      '--profile kubewright status',
      '--profile kubewright start --cpus 4 --memory 8192 --wait all --interactive=false --keep-context',
      '--profile kubewright profile list --output json',
      '--profile kubewright addons enable ingress',
      '--profile kubewright addons enable metrics-server',
      '--profile kubewright ip',
    ]);
    expect(await calls('kubectl')).toEqual([
      expect.stringMatching(
        /^--context kubewright --namespace ingress-nginx rollout status deployment\/ingress-nginx-controller --timeout=\d+s$/,
      ),
      expect.stringMatching(
        /^--context kubewright wait --for=condition=Available apiservice\/v1beta1.metrics.k8s.io --timeout=\d+s$/,
      ),
    ]);
    expect(stdout).toContain('  192.168.49.2 todo-app.local\n');
  });

  test('is left as it is when it runs', async () => {
    await stubs.program('minikube', minikube());
    await setup();
    const before = (await stubs.calls()).length;
    expect((await setup()).exitCode).toBe(0);
    expect((await stubs.calls()).slice(before).filter((call) => call.includes(' start '))).toEqual([]);
  });

  test('can be larger, and of another driver', async () => {
    await stubs.program('minikube', minikube([], { cpus: 6, memory: 9000 }));
    const { stdout } = await setup('--cpus', '6', '--memory', '9000', '--driver', 'kvm2');
    expect(stdout).toContain('ready: 6 CPUs, 9000 MiB');
    expect(await calls('minikube')).toContain(
      '--profile kubewright start --cpus 6 --memory 9000 --wait all --interactive=false --keep-context --driver kvm2',
    );
  });
});

describe('what comes next', () => {
  const refused = /scripts\/deploy\.sh cannot deploy to this cluster: .* root, and Debian 12 on x86-64/;

  test('is to deploy, for root on Debian', async () => {
    await stubs.program('minikube', minikube());
    await stubs.program('id', [['-u', 'echo 0']]);
    const { stdout } = await setup();
    expect(stdout).toContain('\nNext: scripts/deploy.sh\n');
    // Or Minikube refuses Docker to root.
    expect(await calls('minikube')).toContainEqual(expect.stringMatching(/ start .* --force$/));
    expect(stdout).not.toMatch(refused);
  });

  test.each([
    ['a user', { id: [['-u', 'echo 1000']] as Answers }],
    [
      'root on another processor',
      { id: [['-u', 'echo 0']] as Answers, uname: [['-s', 'echo Linux'] as const, ['-m', 'echo aarch64'] as const] },
    ],
    [
      'a Mac',
      { uname: [['-s', 'echo Darwin'] as const, ['-m', 'echo arm64'] as const], sysctl: [['*', 'echo 17179869184']] as Answers },
    ],
  ])('%s is told before anything is done that images cannot be built there', async (_case, programs: Record<string, Answers>) => {
    for (const [name, answers] of Object.entries({ minikube: minikube(), ...programs })) await stubs.program(name, answers);
    const { stdout } = await setup();
    expect(stdout).toMatch(new RegExp(`^▸ ${refused.source}`));
    expect(stdout).toMatch(new RegExp(`todo-app\\.local\\n${refused.source}`));
    expect(stdout).not.toContain('Next:');
  });
});

describe('an error says what is wrong and what to do', () => {
  test.each([
    ['too few cores', ['--cpus', '64'], {}, /to have 64 CPUs, and this machine has 8;.*--cpus/],
    ['too little memory', ['--memory', '99999999'], {}, /to have 99999999 MiB of memory, and this machine has 16384;/],
    ['Docker does not run', [], { docker: [['info', 'exit 1']] as Answers }, /Docker is installed and does not answer: start it/],
    [
      'Minikube cannot start',
      [],
      { minikube: minikube([['*" start "*', 'echo "X Exiting due to GUEST" >&2; exit 80']]) },
      /X Exiting due to GUEST[^]*did not start; .*logs.*delete/,
    ],
    ['an addon fails', [], { minikube: minikube([['*"enable metrics-server"*', 'exit 1']]) }, /addon metrics-server could not/],
    [
      'the controller is not ready',
      [],
      { kubectl: [['*rollout*', 'exit 1'] as const, ...kubectl()] },
      /ingress controller is not/,
    ],
    [
      'a cluster of fewer cores',
      [],
      { minikube: minikube([], { cpus: 2 }) },
      /was made with 2 CPUs and 8192 MiB; to make it anew with 4 and 8192: .*delete/,
    ],
    ['a cluster of less memory', [], { minikube: minikube([], { memory: 4096 }) }, /was made with 4 CPUs and 4096 MiB; .*delete/],
    [
      'a profile that Minikube does not know',
      [],
      { minikube: minikube([['*"profile list"*', `echo '{"invalid":[],"valid":[]}'`]]) },
      /does not say how large its profile kubewright is; see: minikube profile list/,
    ],
    ['a wrong option', ['--cpu', '4'], {}, /no option "--cpu"/],
    ['a wrong number', ['--cpus', 'four'], {}, /--cpus needs a number of at least 2, not "four"/],
    ['an option without value', ['--cpus'], {}, /--cpus needs a value/],
  ])('%s', async (_case, args, programs: Record<string, Answers>, said) => {
    for (const [name, answers] of Object.entries({ minikube: minikube(), ...programs })) await stubs.program(name, answers);
    const { exitCode, stderr } = await setup(...args);
    expect(stderr).toMatch(said);
    expect(stderr).toContain('error: ');
    expect(exitCode).toBe(1);
  });

  test('what the machine lacks is told before anything is installed', async () => {
    await stubs.program('curl', []);
    await stubs.program('docker', [['info', 'exit 1']]);
    expect((await setup()).stderr).toMatch(/Docker is installed and does not answer/);
    expect(await calls('curl')).toEqual([]);
  });

  test('nothing to download with', async () => {
    const { exitCode, stderr } = await setup();
    expect(stderr).toMatch(/curl is needed for downloading; install it/);
    expect(exitCode).toBe(1);
  });

  test('nothing to run a cluster in', async () => {
    await stubs.program('minikube', minikube());
    await rename(path.join(stubs.path, 'docker'), path.join(stubs.folder, 'docker'));
    expect((await setup()).stderr).toMatch(/nothing that a cluster could run in: install Docker/);
  });
});

describe('a program that is missing', () => {
  /** What the projects publish, and where: programs that are stubs themselves, and their checksums. */
  async function publish({ checksum, arch = 'amd64' }: { checksum?: string; arch?: string } = {}): Promise<void> {
    const platform = `linux-${arch}`;
    for (const name of ['kubectl', 'helm']) await rename(path.join(stubs.path, name), path.join(stubs.folder, name));
    await stubs.program('minikube', minikube());
    await rename(path.join(stubs.path, 'minikube'), path.join(stubs.folder, 'minikube'));
    await mkdir(path.join(stubs.folder, platform));
    await rename(path.join(stubs.folder, 'helm'), path.join(stubs.folder, platform, 'helm'));
    await execa('tar', ['-czf', path.join(stubs.folder, 'helm.tar.gz'), '-C', stubs.folder, `${platform}/helm`]);
    const sum = (file: string): string => (checksum === undefined ? `sha256sum $here/${file}` : `echo ${checksum}`);
    const minikubes = `*" https://storage.googleapis.com/minikube/releases/latest/minikube-${platform}`;
    const kubernetes = '*" https://dl.k8s.io/release/';
    const helms = '*" https://get.helm.sh/helm-';
    await stubs.program('curl', [
      [`${minikubes}"`, 'cat $here/minikube'],
      [`${minikubes}.sha256"`, sum('minikube')],
      [`${kubernetes}stable.txt"`, 'echo v1.36.1'],
      [`${kubernetes}v1.36.1/bin/linux/${arch}/kubectl"`, 'cat $here/kubectl'],
      [`${kubernetes}v1.36.1/bin/linux/${arch}/kubectl.sha256"`, sum('kubectl')],
      [`${helms}latest-version"`, 'echo v4.1.0'],
      [`${helms}v4.1.0-${platform}.tar.gz"`, 'cat $here/helm.tar.gz'],
      [`${helms}v4.1.0-${platform}.tar.gz.sha256sum"`, sum('helm.tar.gz')],
    ]);
  }

  test.each([
    ['x86_64', 'amd64'],
    ['aarch64', 'arm64'],
  ])('is downloaded from its own project for %s, and used', async (machine, arch) => {
    await publish({ arch });
    await stubs.program('uname', [
      ['-s', 'echo Linux'],
      ['-m', `echo ${machine}`],
    ]);
    const { exitCode, stdout, stderr } = await setup();
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    for (const name of ['minikube', 'kubectl', 'helm']) {
      await access(path.join(stubs.folder, 'installed', name));
      expect(stdout).toContain(`Install ${name} into`);
    }
    expect(await calls('minikube')).toContainEqual(expect.stringContaining(' start '));
    expect(stdout).toMatch(/not on your PATH; add it/);
  });

  test('is not installed when its checksum is another', async () => {
    await publish({ checksum: 'f00d' });
    const { exitCode, stderr } = await setup();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/minikube-linux-amd64 has the checksum \w+, and its project published f00d; it was not installed/);
    await expect(access(path.join(stubs.folder, 'installed/minikube'))).rejects.toThrow('ENOENT');
  });

  test('is asked for by its name when it cannot be downloaded', async () => {
    await publish();
    await stubs.program('curl', [['*', 'echo "curl: (6) Could not resolve host" >&2; exit 6']]);
    const { exitCode, stderr } = await setup();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/could not download https:\/\/\S+minikube-linux-amd64: .*internet/);
  });
});

test('--help says what it does and changes nothing', async () => {
  const { exitCode, stdout } = await setup('--help');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/--cpus N .*default: 4[^]*--memory MIB .*default: 8192/);
  expect(await stubs.calls()).toEqual([]);
});

test('the provider and the script mean the same cluster', async () => {
  const script = await readFile(path.join(projectRoot, 'scripts/setup-minikube.sh'), 'utf8');
  const provider = await readFile(path.join(projectRoot, 'fixtures/cluster/providers/minikube/index.ts'), 'utf8');
  const [, profile, cpus, memory] = /^profile=(\w+)\nhost=.*\ncpus=(\d+)\nmemory=(\d+)$/m.exec(script) ?? [];
  expect(provider).toContain(`const profile = '${profile ?? '?'}';`);
  expect(provider).toContain(`const size = { cpus: ${cpus ?? '?'}, memory: ${memory ?? '?'} };`);
});
