import { expect, test } from 'vitest'
import type { Code } from '../../../src/core/error-codes.ts'
import type { Fault } from '../../support/fault-server.ts'
import type { Kind } from '../../support/faults.ts'
import { counted, runWithFixture } from './run.ts'
import { creating, reading, type FaultyVendor } from './vendor.ts'
import { operationQuery, shortLimits, type Reply, type Server, type Fixture, type FixtureOptions } from './fixture.ts'

export interface Failure {
  code: Code
  retryable?: boolean
  /** Of a source that shows it; default FAILED. */
  status?: 'FAILED' | 'RATE_LIMITED'
  /** In the problem's message. */
  says?: RegExp
}

export type Outcome = 'SUCCEEDED' | 'REJECTED' | 'NOT_SENT' | 'UNKNOWN'

/** Makes V misbehave for the requests that match, until what it gives is called. `applied`: V does what it is asked. */
export type Spoil = (v: FaultyVendor, match: RegExp, applied: boolean) => (() => unknown) | Promise<() => unknown>

export interface Row {
  /** As in the list of faults, and what is wrong. */
  id: string
  fixture?: FixtureOptions
  spoil: Spoil
  /** Any one of these; no `read`: the row has none. */
  read?: 'data' | Failure | readonly ('data' | Failure)[]
  /** `'RB'`: SUCCEEDED where V did it, UNKNOWN where it did not. No `write`: the row has none. */
  write?: Outcome | 'RB' | readonly Outcome[]
  /** Of a write that was not done: the first problem's code; default the read's, or OUTCOME_UNKNOWN. */
  writeCode?: Code
  /** Of an UNKNOWN that a status was seen of. */
  vendorStatus?: number
  /** Most requests that V's API may see for one read and one mutation. */
  calls: readonly [read: number, write: number]
  /** Most renewals of V's token for each. */
  renewals?: number
  /** False: V stays away for longer than the row runs. */
  recovers?: false
  /** V's token is in hand when the fault begins; default true. */
  warm?: false
}

export const faulty =
  (kind: Kind, more: Partial<Fault> = {}): Spoil =>
  (v, match, applied) =>
    v.spoil({ match, kind, applied, ...more })

/** How late a response may be on a busy machine, in ms: far less than the default limits, which the short ones replace. */
export const lateness = 10_000

export function runRows(rows: readonly Row[]): void {
  for (const row of rows) {
    if (row.read) test.concurrent(`${row.id}: read`, { timeout: 60_000 }, () => counted(() => holdRead(row)))
    for (const applied of row.write === 'RB' ? [true, false] : row.write ? [false] : [])
      test.concurrent(`${row.id}: createConference${applied ? ', done' : ''}`, { timeout: 60_000 }, () =>
        counted(() => holdWrite(row, applied)),
      )
  }
}

const both = ['v', 'w']

const endsInTimeout = ({ read }: Row): boolean =>
  [read ?? []].flat().some((one) => one !== 'data' && one.code === 'VENDOR_TIMEOUT')

const toFixtureOptions = (row: Row): FixtureOptions =>
  endsInTimeout(row) ? { ...row.fixture, limits: { ...shortLimits, ...row.fixture?.limits } } : (row.fixture ?? {})

async function holdRead(row: Row): Promise<void> {
  await runWithFixture(toFixtureOptions(row), async (fixture) => {
    const { v } = fixture
    for (const server of [fixture.first, fixture.last]) {
      if (row.warm !== false) await warm(server, v)
      const undo = await row.spoil(v, reading, false)
      const since = mark(v)
      const reply = await server.read(both)
      const outcome = hold(reply, fixture, server, row)
      expectCalls(v, since, row.calls[0], row.renewals)
      const alone = outcome === 'data' ? null : await server.read(['v'])
      await undo()
      if (alone) holdAlone(alone, row)
      if (outcome !== 'data' && row.recovers !== false) await holdContinuation(reply, fixture, server)
      expectTime(row, reply, alone)
    }
  })
}

/** Takes a token for V, so that what fails later is the call itself. */
async function warm(server: Server, { account, userIds }: FaultyVendor): Promise<void> {
  if ('secretKey' in account) return
  const { data, errors } = await readInTime(server, ['v'])
  expect(errors).toBeUndefined()
  expect(data!['users'].nodes).toHaveLength(userIds.length)
}

/** Reads from vendors in good health, again if a busy machine exceeds the short limits: they fail in no other way. */
async function readInTime(server: Server, accounts: readonly string[], more?: object): Promise<Reply> {
  const reply = await server.read(accounts, more)
  const isLate = JSON.stringify(reply).includes('"VENDOR_TIMEOUT"')
  return isLate ? readInTime(server, accounts, more) : reply
}

const mark = (v: FaultyVendor): [number, number] => [v.calls().length, v.tokenRequests().length]

function expectCalls(v: FaultyVendor, [calls, tokens]: [number, number], most: number, renewals?: number): void {
  expect(v.calls().length - calls, 'calls').toBeLessThanOrEqual(most)
  if (renewals !== undefined) expect(v.tokenRequests().length - tokens, 'renewals').toBeLessThanOrEqual(renewals)
}

function expectTime(row: Row, ...replies: (Reply | null)[]): void {
  if (!endsInTimeout(row)) return
  for (const reply of replies) if (reply) expect(reply.took).toBeLessThan(shortLimits.operationDeadline + lateness)
}

const idsOf = (nodes: { vendorId: string; account: { key: string } }[], key: string): string[] =>
  nodes.filter(({ account }) => account.key === key).map(({ vendorId }) => vendorId)

/** Which of the allowed answers it was. */
function hold({ status, data, errors }: Reply, { v, w, first }: Fixture, server: Server, row: Row): 'data' | Failure {
  expect(errors).toBeUndefined()
  expect(status).toBe(200)
  const { nodes, sources, pageInfo } = data!['users']
  expect(idsOf(nodes, 'w')).toEqual(w.userIds)
  const [ofV, ofW] = server === first ? sources : sources.toReversed()
  expect(ofW).toEqual({ account: { key: 'w' }, status: 'OK', nodes: w.userIds.length, problem: null })
  const allowed = [row.read!].flat()
  if (ofV.problem === null) {
    expect(allowed).toContain('data')
    expect(ofV).toMatchObject({ account: { key: 'v' }, status: 'OK', nodes: v.userIds.length })
    expect(idsOf(nodes, 'v').toSorted()).toEqual(v.userIds.toSorted())
    expect(pageInfo.hasNextPage).toBe(false)
    return 'data'
  }
  const failure = failureOf(allowed, ofV.problem)
  expect(ofV).toMatchObject({ account: { key: 'v' }, status: failure.status ?? 'FAILED', nodes: 0 })
  expect(nodes).toHaveLength(w.userIds.length)
  expect(pageInfo).toEqual({ hasNextPage: true, endCursor: expect.any(String) })
  return failure
}

function failureOf(allowed: readonly ('data' | Failure)[], problem: { code: string; message: string }): Failure {
  const failures = allowed.filter((one) => one !== 'data')
  expect(
    failures.map(({ code }) => code),
    problem.message,
  ).toContain(problem.code)
  const failure = failures.find(({ code }) => code === problem.code)!
  expectProblem(problem, failure)
  return failure
}

function expectProblem(problem: object & { message: string }, { code, retryable = true, says }: Failure): void {
  expect(problem).toMatchObject({ code, retryable })
  expect(problem.message.length).toBeLessThanOrEqual(300)
  expect(problem.message).not.toMatch(/https?:|127\.0\.0\.1|<html|secret/i)
  if (says) expect(problem.message).toMatch(says)
}

/** V alone: one error with the same code, and nothing in the field's place. */
function holdAlone({ status, data, errors }: Reply, row: Row): void {
  expect(status).toBe(200)
  expect(data).toEqual({ users: null })
  expect(errors).toHaveLength(1)
  const [{ message, path, extensions }] = errors! as [NonNullable<Reply['errors']>[number]]
  expect(path).toEqual(['users'])
  expect(extensions).toMatchObject({ account: 'v', requestId: expect.any(String) })
  failureOf([row.read!].flat(), { ...extensions, message } as never)
}

/** The next page takes V up where it stood. */
async function holdContinuation(reply: Reply, { v }: Fixture, server: Server): Promise<void> {
  const after = reply.data!['users'].pageInfo.endCursor
  const { data, errors } = await readInTime(server, both, { after })
  expect(errors).toBeUndefined()
  const { nodes, pageInfo } = data!['users']
  expect(idsOf(nodes, 'v').toSorted()).toEqual(v.userIds.toSorted())
  expect(nodes).toHaveLength(v.userIds.length)
  expect(pageInfo.hasNextPage).toBe(false)
}

let keys = 0

async function holdWrite(row: Row, applied: boolean): Promise<void> {
  await runWithFixture(toFixtureOptions(row), async ({ v, first }) => {
    if (row.warm !== false) await warm(first, v)
    const undo = await row.spoil(v, creating, applied)
    const [calls, tokens] = [writesOf(v), v.tokenRequests().length]
    const input = { account: 'v', title: 'Fault', idempotencyKey: `fault-${++keys}`, ...v.input }
    const reply = await first.create(input)
    expect(reply.errors).toBeUndefined()
    expect(reply.status).toBe(200)
    const payload = reply.data!['createConference']
    const expected = row.write === 'RB' ? [applied ? 'SUCCEEDED' : 'UNKNOWN'] : [row.write!].flat()
    expect(expected, JSON.stringify(payload.problems)).toContain(payload.outcome)
    holdPayload(payload, row, v)
    expect(writesOf(v) - calls, 'writes').toBeLessThanOrEqual(row.calls[1])
    if (row.renewals !== undefined) expect(v.tokenRequests().length - tokens).toBeLessThanOrEqual(row.renewals)
    expectTime(row, reply)
    await holdAnswer(first, payload, input, v)
    await undo()
  })
}

const writesOf = (v: FaultyVendor): number => v.calls().filter(({ method }) => method === 'POST').length

function holdPayload(payload: any, row: Row, v: FaultyVendor): void {
  const { outcome, conference, problems, operation } = payload
  expect(operation.outcome).toBe(outcome)
  if (outcome === 'SUCCEEDED') {
    expect(conference).toMatchObject({ title: 'Fault' })
    expect(v.created()).toBe(1)
    return
  }
  expect(conference).toBeNull()
  if (outcome === 'UNKNOWN') {
    expect(problems[0]).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    if (row.vendorStatus !== undefined) expect(problems[0].vendorStatus).toBe(row.vendorStatus)
    return
  }
  expect(v.created()).toBe(0)
  const failures = [row.read ?? []].flat().filter((one) => one !== 'data')
  const codes = row.writeCode ? [row.writeCode] : failures.map(({ code }) => code)
  expect(codes).toContain(problems[0].code)
}

/** What was answered stays answered; nothing is sent again by itself. */
async function holdAnswer(server: Server, payload: any, input: object, v: FaultyVendor): Promise<void> {
  const { outcome, operation } = payload
  const asked = await server.ask(operationQuery, { id: operation.id })
  expect(asked.data!['operation']).toMatchObject({ id: operation.id, outcome })
  if (outcome === 'NOT_SENT') return
  const calls = writesOf(v)
  const again = await server.create(input)
  // After UNKNOWN the same key looks at the vendor first.
  const settled = outcome === 'UNKNOWN' && v.created() === 1 ? 'SUCCEEDED' : outcome
  expect(again.data!['createConference']).toMatchObject({
    outcome: settled,
    replayed: true,
    operation: { id: operation.id },
  })
  expect(writesOf(v)).toBe(calls)
}
