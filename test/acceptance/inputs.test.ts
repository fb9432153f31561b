import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectReply, type Row } from './row.ts'
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
let [tried, passed] = [0, 0]
let fields: ReadonlySet<string>

beforeAll(async () => {
  fixture = await startFixture()
  await fetchCursors(fixture)
  await fetchTargets(fixture)
  const { data } = await fixture.query('{ __schema { mutationType { fields { name } } } }', {}, 'explorer')
  fields = new Set(data!['__schema'].mutationType?.fields.map(({ name }: { name: string }) => name))
}, 120_000)
afterAll(async () => {
  process.stdout.write(`inputs: ${tried} rows tried, ${passed} passed\n`)
  await fixture.stop()
})

for (const row of rows.toSorted((a, b) => a.id.localeCompare(b.id))) {
  test(`[${row.id}] ${row.title}`, { timeout: process.env['BIG_UPLOAD'] ? 900_000 : 60_000 }, async ({ skip }) => {
    if (!(row.needs ?? []).every((field) => fields.has(field))) skip(`needs ${row.needs?.join(', ')}`)
    tried += 1
    for (const input of row.cases ?? []) {
      const [calls, effects] = [fixture.countCalls(), fixture.countEffects()]
      const [reply, concurrent] = await Promise.all([input.send(fixture), fixture.query('{ accounts { key } }')])
      expectReply(reply, input)
      expect(concurrent.data, input.name).toEqual({
        accounts: [{ key: 'zoom' }, { key: 'berlin' }, { key: 'central' }],
      })
      if (input.level !== 'works' && !input.startsCall)
        expect(fixture.countCalls(), `calls of ${input.name}`).toBe(calls)
      if (input.level !== 'works') expect(fixture.countEffects(), `effects of ${input.name}`).toBe(effects)
    }
    await row.check?.(fixture)
    for (const server of [fixture.guarded, fixture.open, fixture.limited]) expect(server.isRunning).toBe(true)
    expect(fixture.guarded.stderr()).not.toContain('"internal error"')
    passed += 1
  })
}
