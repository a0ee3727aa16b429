import { covers, expect, test } from '../fixtures/test.ts';

test(
  'Redis’ claim is bound to a ReadWriteOnce volume of 1 Gi of class standard',
  covers('US4.1', 'US4.5', 'FR-025', 'FR-026', 'FR-027', '@redis'),
  async ({ cluster }) => {
    const { spec, status } = await cluster.get('PersistentVolumeClaim', 'redis-data-pvc');
    expect(spec).toMatchObject({ accessModes: ['ReadWriteOnce'], storageClassName: 'standard' });
    expect(spec?.resources?.requests).toEqual({ storage: '1Gi' });
    expect(status).toMatchObject({ phase: 'Bound', capacity: { storage: '1Gi' } });
  },
);

test(
  'Redis has its volume at /data, and its append-only file on it',
  covers('US4.5', 'FR-028', 'FR-029', '@redis'),
  async ({ redis }) => {
    expect(await redis.mountedAt('redis-data-pvc')).toBe('/data');
    expect(await redis.info('persistence')).toMatchObject({ aof_enabled: '1', aof_last_write_status: 'ok' });
    // To the disk each second; and what has no expiry is never given up for what is new.
    expect(await redis.command('CONFIG', 'GET', 'appendfsync')).toContain('everysec');
    expect(await redis.command('CONFIG', 'GET', 'maxmemory-policy')).toContain('volatile-lru');
    const before = await redis.bytesOnVolume('appendonlydir');
    await redis.command('SET', redis.key('appended'), 'x'.repeat(1000));
    await expect.poll(() => redis.bytesOnVolume('appendonlydir')).toBeGreaterThan(before + 1000);
  },
);
