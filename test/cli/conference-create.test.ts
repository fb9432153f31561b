import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { formatRerun } from '../../src/cli/rerun.ts'
import type { ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'
import { run } from './run.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

let sandbox: ZoomSandbox
let server: OpenServer
let cwd: string
let base: string[]

beforeAll(async () => {
  sandbox = await startSandbox('zoom')
  server = await openServer({ accounts: { zoom: sandbox.account } })
  cwd = await mkdtemp(join(tmpdir(), 'parley-create-'))
  base = ['conference', 'create', '--account', 'zoom', '--title', 'Standup', '--owner', sandbox.data.users[0]!.email]
})
afterAll(async () => {
  await server?.close()
  await sandbox?.close()
  await rm(cwd, { recursive: true })
})
beforeEach(() => void (sandbox.effects.length = 0))

const create = (options: string[], input?: string) =>
  run([...base, ...options], { env: { PARLEY_URL: server.graphqlUrl }, cwd, ...(input !== undefined && { input }) })

/** Returns the meeting that the last create has created at the vendor. */
const findCreated = () => [...sandbox.data.meetings.values()].at(-1)!

const times = ['--starts-at', '2027-01-04T09:00:00Z', '--duration', '15', '--time-zone', 'Europe/Berlin']
const series = [...times, '--recurrence', 'FREQ=WEEKLY;BYDAY=MO,TH;COUNT=6']

describe('conference create', () => {
  test('creates a series with a passcode and settings of the vendor', async () => {
    const more = ['--passcode', 'Secret1', '--vendor-options', '{"settings":{"waiting_room":true}}']
    const ran = await create([...series, ...more])
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(sandbox.effects.map(({ kind }) => kind)).toEqual(['createConference'])
    const { type, password, duration, timezone, settings, recurrence } = findCreated()
    expect({ type, password, duration, timezone }).toEqual({
      type: 8,
      password: 'Secret1',
      duration: 15,
      timezone: 'Europe/Berlin',
    })
    expect(settings).toMatchObject({ waiting_room: true })
    expect(recurrence).toMatchObject({ type: 2, weekly_days: '2,5', end_times: 6 })
    expect(ran.stdout).not.toContain('Secret1')
  })

  test.each([
    ['a file', ['--passcode-file', 'passcode.txt'], undefined],
    ['standard input', ['--passcode-file', '-'], 'Secret2\n'],
  ])('reads the passcode from %s', async (_, options, input) => {
    writeFileSync(join(cwd, 'passcode.txt'), 'Secret2\n')
    expect(await create(options, input)).toMatchObject({ code: 0 })
    expect(findCreated().password).toBe('Secret2')
  })

  test.each([
    [['--recurrence', 'FREQ=DAILY'], /"--recurrence" requires "--starts-at"/],
    [['--recurrence', 'FREQ=DAILY', '--starts-at', '2027-01-04T09:00:00Z'], /"--recurrence" requires "--time-zone"/],
    [['--passcode', 'a', '--passcode-file', 'b'], /"--passcode" cannot be combined/],
    [['--passcode-file', 'missing.txt'], /missing\.txt cannot be read/],
    [['--passcode-file', '/dev/zero'], /\/dev\/zero cannot be read \(EFBIG\)/],
    [['--vendor-options', '[1]'], /must be a JSON object/],
    [['--vendor-options', '{'], /must be a JSON object/],
  ])('rejects %j before a request', async (options, message) => {
    const before = sandbox.ledger.length
    expect(await create(options)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) })
    expect(sandbox.ledger).toHaveLength(before)
  })

  test('does not print the passcode after an unknown outcome', async () => {
    sandbox.fault({ match: { method: 'POST', path: /\/meetings$/ }, kind: 'reset', times: 1 })
    const ran = await create(['--passcode', 'Secret3'])
    expect(ran.code).toBe(3)
    expect(ran.stderr).toMatch(/--passcode PASSCODE .*--idempotency-key /)
    expect(ran.stdout + ran.stderr + server.stderr()).not.toContain('Secret3')
  })
})

test('formatRerun hides a passcode in both forms of an option', () => {
  expect(formatRerun(['conference', 'create', '--passcode=Secret', '--title', 'a'], null)).toBe(
    'parley conference create --passcode=PASSCODE --title a',
  )
})
