/** The small programs that the chart puts into its pods, run here as they are run there. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../fixtures/settings.ts';

const chart = path.join(projectRoot, 'helm', 'todo-app');
const textOf = (name: string): string => readFileSync(path.join(chart, name), 'utf8');
const searchPath = process.env['PATH'] ?? '';

/** Runs a program to its end, with no more environment than given; gives its status and all it wrote. */
function run(
  program: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { env: { PATH: searchPath, ...env } }, (_error, stdout, stderr) => {
      resolve({ status: child.exitCode, output: stdout + stderr });
    });
  });
}

const node = (name: string, env: Record<string, string>) =>
  run('node', ['--input-type=module', '--eval', textOf(`files/${name}`)], env);

describe('check-secret.js', () => {
  const rules = {
    DATABASE_URL: { pattern: '^postgres(ql)?://[!-~]+$', hint: 'a PostgreSQL URL' },
    REDIS_PASSWORD: { pattern: '^[!-~]+$', hint: 'a password' },
  };
  const check = (env: Record<string, string>) =>
    node('check-secret.js', { RULES: JSON.stringify(rules), SECRET_NAME: 'elsewhere', ...env });

  test('accepts what fits', async () => {
    const { status, output } = await check({ DATABASE_URL: 'postgresql://db/todo', REDIS_PASSWORD: 'p' });
    expect(output).toContain('all 2 keys');
    expect(status).toBe(0);
  });

  test('names each key that is wrong or missing, and shows no value', async () => {
    const { status, output } = await check({ DATABASE_URL: 'postgresql://db/hidden\n' });
    expect(output).toContain('Secret elsewhere: DATABASE_URL is not a PostgreSQL URL');
    expect(output).toContain('Secret elsewhere: has no key REDIS_PASSWORD');
    expect(output).not.toContain('hidden');
    expect(status).toBe(1);
  });

  test('asks for the Secret when all keys are missing', async () => {
    const { status, output } = await check({});
    expect(output).toContain('Is there a Secret of this name');
    expect(status).toBe(1);
  });
});

describe('Redis', () => {
  // Everything that a shell or a configuration file could trip over.
  const password = 'p"a\\s$s \'w#rd';
  const folder = mkdtempSync(path.join(tmpdir(), 'chart-redis-'));
  let port = 0;
  let server: ChildProcess;

  beforeAll(async () => {
    const placeholder = createServer().listen(0, '127.0.0.1');
    await once(placeholder, 'listening');
    port = (placeholder.address() as AddressInfo).port;
    await once(placeholder.close(), 'close');
    const script = textOf('files/redis-start.sh').replace('port 6379', `port ${port}`).replace('bind * -::*', 'bind 127.0.0.1');
    const settings = {
      REDIS_PASSWORD: password,
      REDIS_DATA: folder,
      REDIS_MAX_MEMORY: '64mb',
      REDIS_MAX_MEMORY_POLICY: 'volatile-lru',
    };
    const started = spawn('sh', ['-c', script], { env: { PATH: searchPath, ...settings }, stdio: ['ignore', 'pipe', 'inherit'] });
    server = started;
    for await (const line of createInterface(started.stdout)) if (line.includes('Ready to accept connections')) return;
    throw new Error('Redis ended before it was ready');
  });
  afterAll(async () => {
    if (server.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    rmSync(folder, { recursive: true });
  });

  /** The probe's command, from the template that renders it, at the port of this server. */
  const probe = /^ *- (answer=.*)$/m
    .exec(textOf('templates/redis-statefulset.yaml'))?.[1]
    ?.replace(/timeout \{\{.*?\}\} redis-cli/, 'timeout 1 redis-cli -p "$PORT"');
  const ping = (env: Record<string, string>) => run('sh', ['-c', probe ?? 'no probe found'], { PORT: String(port), ...env });

  test('the password is in no argument, and not in the configuration either', async () => {
    // A stand-in shows both: the real server overwrites its own arguments once it runs.
    writeFileSync(path.join(folder, 'redis-server'), '#!/bin/sh\necho "arguments: $*"\ncat\n', { mode: 0o755 });
    const { output } = await run('sh', ['-c', textOf('files/redis-start.sh')], {
      PATH: `${folder}:${searchPath}`,
      REDIS_PASSWORD: password,
      REDIS_MAX_MEMORY: '64mb',
      REDIS_MAX_MEMORY_POLICY: 'volatile-lru',
    });
    expect(output).toMatch(/^arguments: -\n/);
    expect(output).toContain('\ndir /data\n');
    expect(output).toMatch(/\nuser default on #[0-9a-f]{64} ~\* &\* \+@all\n/);
    expect(output).not.toContain('w#rd');
  });

  test('the probe succeeds with the password', async () => {
    expect(await ping({ REDISCLI_AUTH: password })).toEqual({ status: 0, output: 'PONG\n' });
  });

  test('the probe fails, and says why, where redis-cli itself would not', async () => {
    const refused = await ping({});
    expect(refused.output).toContain('NOAUTH');
    expect(refused.status).toBe(1);
    writeFileSync(path.join(folder, 'redis-cli'), '#!/bin/sh\necho LOADING Redis is loading the dataset in memory\n', {
      mode: 0o755,
    });
    const starting = await ping({ PATH: `${folder}:${searchPath}` });
    expect(starting.output).toContain('LOADING');
    expect(starting.status).toBe(1);
  });

  test('the probe fails when Redis hangs, and leaves nobody who waits for it', async () => {
    server.kill('SIGSTOP');
    try {
      expect(await ping({ REDISCLI_AUTH: password })).toEqual({ status: 1, output: 'redis-cli ended with status 124\n\n' });
    } finally {
      server.kill('SIGCONT');
    }
  });

  test('the probe fails without a server', async () => {
    const { status, output } = await ping({ PORT: '1' });
    expect(output).toContain('Connection refused');
    expect(status).toBe(1);
  });

  test('does not start without a password', async () => {
    const { status, output } = await run('sh', ['-c', textOf('files/redis-start.sh')], { REDIS_PASSWORD: '' });
    expect(output).toContain('REDIS_PASSWORD: is empty');
    expect(status).not.toBe(0);
  });
});
