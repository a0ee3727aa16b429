/** Whether the migrations did what they are for. */
import pg from 'pg';

/** The tables that the requirements name. */
const wanted = ['conversations', 'messages', 'tasks_phaseiii'];

/** @returns the tables that the application needs @throws when one is missing, or the database does not answer */
export async function findTables(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  // A connection that breaks fails the query; without a listener it would end the program.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = ANY($1) ORDER BY 1',
      [wanted],
    );
    const found = rows.map(({ name }) => name);
    const missing = wanted.filter((name) => !found.includes(name));
    if (missing.length > 0)
      throw new Error(
        `The database has no table ${missing.join(', ')} although the Job todo-app-migrations ended well. ` +
          'See whether DATABASE_URL names the same database for this machine as for the pods.',
      );
    return found;
  } finally {
    await client.end().catch(() => undefined);
  }
}
