import { describe, expect, test } from 'vitest'
import { imeetcentral } from '../../src/vendors/imeetcentral/index.ts'
import type { IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import type { TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { mutate, open, type Opened } from './open.ts'

const owner = { vendorId: 'helen' }

const vendors = [
  {
    definition: trueconf,
    input: { account: 'trueconf', title: 'Board', owner, vendorOptions: { id: 'board_room' } },
    path: /\/conferences$/,
    namesOf: (sandbox: unknown) => [...(sandbox as TrueConfSandbox).data.conferences.keys()],
  },
  {
    definition: imeetcentral,
    input: { account: 'imeetcentral', title: 'Board', vendorOptions: { urlShortName: 'board_room' } },
    path: /\/workspaces$/,
    namesOf: (sandbox: unknown) =>
      [...(sandbox as IMeetCentralSandbox).data.workspaces.values()].map(({ urlShortName }) => urlShortName),
  },
]

describe.each(vendors)('a caller-chosen ID at $definition.label', ({ definition, input, path, namesOf }) => {
  const option = Object.keys(input.vendorOptions)[0]!
  const create = (opened: Opened, others: object = {}) =>
    mutate(opened, 'createConference', { ...input, idempotencyKey: 'key', ...others })

  test('reconciles an operation whose response was lost', async () => {
    const opened = await open(definition)
    opened.sandbox.fault({ match: { method: 'POST', path }, kind: 'reset', apply: true, times: 1 })
    const made = await create(opened)
    const settled = made['outcome'] === 'SUCCEEDED' ? made : await create(opened)
    expect(settled).toMatchObject({ outcome: 'SUCCEEDED', conference: { title: 'Board' } })
    expect(namesOf(opened.sandbox).filter((name) => name === 'board_room')).toHaveLength(1)
    expect(opened.sandbox.effects).toHaveLength(1)
  })

  test('is sent again after it was confirmed absent', async () => {
    const opened = await open(definition)
    opened.sandbox.fault({ match: { method: 'POST', path }, kind: 'reset', times: 1 })
    expect(await create(opened)).toMatchObject({ outcome: 'UNKNOWN' })
    opened.clock.advance(61_000)
    expect(await create(opened)).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
    expect(opened.sandbox.effects).toHaveLength(1)
  })

  test('is rejected if another conference has it, even after a lost response', async () => {
    const opened = await open(definition)
    expect(await create(opened, { title: 'Budget', idempotencyKey: 'other' })).toMatchObject({ outcome: 'SUCCEEDED' })
    const rejected = {
      outcome: 'REJECTED',
      conference: null,
      problems: [{ code: 'BAD_USER_INPUT', path: ['input', 'vendorOptions', option] }],
    }
    expect(await create(opened)).toMatchObject(rejected)
    opened.sandbox.fault({ match: { method: 'POST', path }, kind: 'reset', apply: true, times: 1 })
    const lost = await create(opened, { title: 'Bylaws', idempotencyKey: 'third' })
    expect(['REJECTED', 'UNKNOWN']).toContain(lost['outcome'])
    opened.clock.advance(61_000)
    expect(await create(opened, { title: 'Bylaws', idempotencyKey: 'third' })).toMatchObject(rejected)
    expect(opened.sandbox.effects).toHaveLength(1)
  })
})
