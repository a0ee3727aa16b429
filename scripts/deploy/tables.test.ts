import { afterAll, beforeAll, expect, test } from 'vitest';
import pg from 'pg';
import { startPostgres, type Postgres } from '../../fixtures/services/postgres.ts';
import { findTables } from './tables.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres({ addresses: ['127.0.0.1'] });
});
afterAll(() => postgres[Symbol.asyncDispose]());

test('a database without the application’s tables is told of, with their names and what to look at', async () => {
  await execute('CREATE TABLE messages ()');
  await expect(findTables(postgres.url())).rejects.toThrow(/no table conversations, tasks_phaseiii .*DATABASE_URL/);
  await execute('CREATE TABLE conversations (); CREATE TABLE tasks_phaseiii (); CREATE TABLE others ()');
  expect(await findTables(postgres.url())).toEqual(['conversations', 'messages', 'tasks_phaseiii']);
});

async function execute(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url() });
  await client.connect();
  await client.query(sql);
  await client.end();
}
