import { afterAll, beforeAll, expect, test } from 'vitest'
import { hold, type Row } from './row.ts'
import { credentialRows } from './rows/credentials.ts'
import { cursorRows, fetchCursors } from './rows/cursors.ts'
import { documentRows } from './rows/documents.ts'
import { fileRows } from './rows/files.ts'
import { httpRows } from './rows/http.ts'
import { idRows } from './rows/ids.ts'
import { keyRows } from './rows/keys.ts'
import { mutationRows } from './rows/mutations.ts'
import { shapeRows } from './rows/shape.ts'
import { socketRows } from './rows/sockets.ts'
import { streamRows } from './rows/streams.ts'
import { fetchTargets } from './rows/uploads.ts'
import { startFixture, type Fixture } from './fixture.ts'

const rows: Row[] = [
  ...cursorRows,
  ...idRows,
  ...shapeRows,
  ...documentRows,
  ...httpRows,
  ...credentialRows,
  ...socketRows,
  ...fileRows,
  ...streamRows,
  ...keyRows,
  ...mutationRows,
]

let fixture: Fixture
let [tried, held] = [0, 0]
let fields: ReadonlySet<string>

beforeAll(async () => {
  fixture = await startFixture()
  await fetchCursors(fixture)
  await fetchTargets(fixture)
  const { data } = await fixture.query('{ __schema { mutationType { fields { name } } } }', {}, 'explorer')
  fields = new Set(data!['__schema'].mutationType?.fields.map(({ name }: { name: string }) => name))
}, 120_000)
afterAll(async () => {
  process.stdout.write(`inputs: ${tried} rows tried, ${held} held\n`)
  await fixture.stop()
})

for (const row of rows.toSorted((one, other) => one.id.localeCompare(other.id))) {
  test(`[${row.id}] ${row.title}`, { timeout: process.env['BIG_UPLOAD'] ? 900_000 : 60_000 }, async ({ skip }) => {
    if (!(row.needs ?? []).every((field) => fields.has(field))) skip(`needs ${row.needs?.join(', ')}`)
    tried += 1
    for (const each of row.cases ?? []) {
      const [calls, effects] = [fixture.calls(), fixture.effects()]
      const [reply, beside] = await Promise.all([each.send(fixture), fixture.query('{ accounts { key } }')])
      hold(reply, each)
      expect(beside.data, each.what).toEqual({ accounts: [{ key: 'zoom' }, { key: 'berlin' }, { key: 'central' }] })
      if (each.level !== 'works' && !each.begun) expect(fixture.calls(), `calls of ${each.what}`).toBe(calls)
      if (each.level !== 'works') expect(fixture.effects(), `effects of ${each.what}`).toBe(effects)
    }
    await row.check?.(fixture)
    for (const server of [fixture.guarded, fixture.open, fixture.hasty]) expect(server.isRunning).toBe(true)
    expect(fixture.guarded.stderr()).not.toContain('"internal error"')
    held += 1
  })
}
