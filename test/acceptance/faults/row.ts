import { expect, test } from 'vitest'
import type { Code } from '../../../src/core/error-codes.ts'
import { httpLimits } from '../../../src/http/limits.ts'
import type { Fault } from '../../support/fault-server.ts'
import type { Kind } from '../../support/faults.ts'
import { countRow, runWithFixture } from './run.ts'
import { creating, reading, tokens, type FaultyVendor } from './vendor.ts'
import { fakeCallTimers } from '../../upstream/expire.ts'
import { operationQuery, type Reply, type Server, type Fixture, type FixtureOptions } from './fixture.ts'
import { passTimeouts, type HangingStep } from './pass-timeouts.ts'

export interface Failure {
  code: Code
  retryable?: boolean
  /** Status of the source in `sources`. Default: FAILED. */
  status?: 'FAILED' | 'RATE_LIMITED'
  /** Pattern of the problem's message. */
  message?: RegExp
}

export type Outcome = 'SUCCEEDED' | 'REJECTED' | 'NOT_SENT' | 'UNKNOWN'

/**
 * Injects a fault into the requests of V that match.
 *
 * @param applied Whether V processes the request before the fault.
 * @returns A function that removes the fault.
 */
export type InjectFault = (v: FaultyVendor, match: RegExp, applied: boolean) => (() => unknown) | Promise<() => unknown>

export interface Row {
  /** ID in the list of faults, in brackets, and the fault as a noun phrase. */
  id: string
  fixture?: FixtureOptions
  injectFault: InjectFault
  /** Step of a call at which V hangs, so that the call times out. Undefined if V does not hang. */
  hangsAt?: HangingStep
  /** Allowed results of a read. Undefined if the row tests no read. */
  read?: 'data' | Failure | readonly ('data' | Failure)[]
  /**
   * Allowed outcomes of a mutation. `'RB'`: SUCCEEDED if V executed it, UNKNOWN if it did not. Undefined if the row tests no
   * mutation.
   */
  write?: Outcome | 'RB' | readonly Outcome[]
  /** Code of the first problem of a mutation that was not executed. Default: that of the read, or OUTCOME_UNKNOWN. */
  writeCode?: Code
  /** Status of the response after which the outcome is UNKNOWN. Undefined if there was none. */
  vendorStatus?: number
  /** Maximum numbers of requests to V's API for one read and for one mutation. */
  calls: readonly [read: number, write: number]
  /** Maximum number of renewals of V's token for each. */
  renewals?: number
  /** False if V fails for longer than the row runs. */
  recovers?: false
  /** Whether V's token is cached when the fault begins. Default: true. */
  hasToken?: false
}

export const createFault =
  (kind: Kind, more: Partial<Fault> = {}): InjectFault =>
  (v, match, applied) =>
    v.injectFault({ match, kind, applied, ...more })

export function runRows(rows: readonly Row[]): void {
  // Rows that let time pass run first, and one at a time, because all servers of the process share the time.
  for (const row of rows.toSorted((one, other) => Number(!one.hangsAt) - Number(!other.hangsAt))) {
    const run = row.hangsAt ? test : test.concurrent
    if (row.read) run(nameRead(row), { timeout: 60_000 }, () => countRow(() => testRead(row)))
    for (const applied of row.write === 'RB' ? [true, false] : row.write ? [false] : [])
      run(nameWrite(row, applied), { timeout: 60_000 }, () => countRow(() => testWrite(row, applied)))
  }
}

function nameRead({ id, read }: Row): string {
  const results = [read!].flat()
  if (!results.includes('data')) return nameTest(id, 'reports a failed read after')
  return nameTest(
    id,
    results.length === 1 ? 'completes a read despite' : 'completes a read or reports its failure after',
  )
}

function nameWrite({ id, write }: Row, applied: boolean): string {
  if (write !== 'RB') return nameTest(id, `reports createConference as ${[write!].flat().join(' or ')} after`)
  const condition = applied
    ? 'SUCCEEDED if the vendor executed it before'
    : 'UNKNOWN if the vendor did not execute it because of'
  return nameTest(id, `reports createConference as ${condition}`)
}

function nameTest(id: string, promise: string): string {
  const [, rowId, fault] = /^(\[\w+\]) (.*)$/.exec(id)!
  return `${rowId} ${promise} ${fault}`
}

const bothAccounts = ['v', 'w']

/** Returns a function that waits for a request, and lets time pass if the matching calls to V hang. */
function prepareWait(row: Row, fixture: Fixture, match: RegExp): <T>(request: Promise<T>) => Promise<T> {
  if (!row.hangsAt) return (request) => request
  return passTimeouts(fixture, row.hangsAt, row.hasToken === false ? tokens : match)
}

/** Runs a test of a row with a fixture of its own. */
async function runRow(row: Row, run: (fixture: Fixture) => Promise<void>): Promise<void> {
  if (row.hangsAt) fakeCallTimers()
  await runWithFixture(row.fixture ?? {}, run)
}

async function testRead(row: Row): Promise<void> {
  await runRow(row, async (fixture) => {
    const { v } = fixture
    for (const server of [fixture.first, fixture.last]) {
      if (row.hasToken !== false) await obtainToken(server, v)
      const removeFault = await row.injectFault(v, reading, false)
      const before = countRequests(v)
      const wait = prepareWait(row, fixture, reading)
      const reply = await wait(server.read(bothAccounts))
      const result = expectSources(reply, fixture, server, row)
      expectCalls(v, before, row.calls[0], row.renewals)
      const alone = result === 'data' ? null : await wait(server.read(['v']))
      await removeFault()
      if (alone) expectSingleAccountError(alone, row)
      if (result !== 'data' && row.recovers !== false) await expectContinuation(reply, fixture, server)
      if (row.hangsAt) expectTime(reply, alone)
    }
  })
}

/** Obtains a token for V, so that the fault affects the call itself. */
async function obtainToken(server: Server, { account, userIds }: FaultyVendor): Promise<void> {
  if ('secretKey' in account) return
  const { data, errors } = await server.read(['v'])
  expect(errors).toBeUndefined()
  expect(data!['users'].nodes).toHaveLength(userIds.length)
}

const countRequests = (v: FaultyVendor): [number, number] => [v.calls().length, v.tokenRequests().length]

function expectCalls(v: FaultyVendor, [calls, tokens]: [number, number], maxCalls: number, renewals?: number): void {
  expect(v.calls().length - calls, 'calls').toBeLessThanOrEqual(maxCalls)
  if (renewals !== undefined) expect(v.tokenRequests().length - tokens, 'renewals').toBeLessThanOrEqual(renewals)
}

function expectTime(...replies: (Reply | null)[]): void {
  for (const reply of replies) if (reply) expect(reply.durationMs).toBeLessThanOrEqual(httpLimits.operationDeadline)
}

const listIds = (nodes: { vendorId: string; account: { key: string } }[], key: string): string[] =>
  nodes.filter(({ account }) => account.key === key).map(({ vendorId }) => vendorId)

/** Checks both sources of a page. Returns which of the allowed results of the row it is. */
function expectSources(
  { status, data, errors }: Reply,
  { v, w, first }: Fixture,
  server: Server,
  row: Row,
): 'data' | Failure {
  expect(errors).toBeUndefined()
  expect(status).toBe(200)
  const { nodes, sources, pageInfo } = data!['users']
  expect(listIds(nodes, 'w')).toEqual(w.userIds)
  const [sourceOfV, sourceOfW] = server === first ? sources : sources.toReversed()
  expect(sourceOfW).toEqual({ account: { key: 'w' }, status: 'OK', nodes: w.userIds.length, problem: null })
  const allowed = [row.read!].flat()
  if (sourceOfV.problem === null) {
    expect(allowed).toContain('data')
    expect(sourceOfV).toMatchObject({ account: { key: 'v' }, status: 'OK', nodes: v.userIds.length })
    expect(listIds(nodes, 'v').toSorted()).toEqual(v.userIds.toSorted())
    expect(pageInfo.hasNextPage).toBe(false)
    return 'data'
  }
  const failure = expectFailure(allowed, sourceOfV.problem)
  expect(sourceOfV).toMatchObject({ account: { key: 'v' }, status: failure.status ?? 'FAILED', nodes: 0 })
  expect(nodes).toHaveLength(w.userIds.length)
  expect(pageInfo).toEqual({ hasNextPage: true, endCursor: expect.any(String) })
  return failure
}

function expectFailure(allowed: readonly ('data' | Failure)[], problem: { code: string; message: string }): Failure {
  const failures = allowed.filter((result) => result !== 'data')
  expect(
    failures.map(({ code }) => code),
    problem.message,
  ).toContain(problem.code)
  const failure = failures.find(({ code }) => code === problem.code)!
  expectProblem(problem, failure)
  return failure
}

function expectProblem(problem: object & { message: string }, { code, retryable = true, message }: Failure): void {
  expect(problem).toMatchObject({ code, retryable })
  expect(problem.message.length).toBeLessThanOrEqual(300)
  expect(problem.message).not.toMatch(/https?:|127\.0\.0\.1|<html|secret/i)
  if (message) expect(problem.message).toMatch(message)
}

/** Checks a read of V alone, which has one error with the same code and no data. */
function expectSingleAccountError({ status, data, errors }: Reply, row: Row): void {
  expect(status).toBe(200)
  expect(data).toEqual({ users: null })
  expect(errors).toHaveLength(1)
  const [{ message, path, extensions }] = errors! as [NonNullable<Reply['errors']>[number]]
  expect(path).toEqual(['users'])
  expect(extensions).toMatchObject({ account: 'v', requestId: expect.any(String) })
  expectFailure([row.read!].flat(), { ...extensions, message } as never)
}

/** Checks that the next page resumes V from the same position. */
async function expectContinuation(reply: Reply, { v }: Fixture, server: Server): Promise<void> {
  const after = reply.data!['users'].pageInfo.endCursor
  const { data, errors } = await server.read(bothAccounts, { after })
  expect(errors).toBeUndefined()
  const { nodes, pageInfo } = data!['users']
  expect(listIds(nodes, 'v').toSorted()).toEqual(v.userIds.toSorted())
  expect(nodes).toHaveLength(v.userIds.length)
  expect(pageInfo.hasNextPage).toBe(false)
}

let keyCount = 0

async function testWrite(row: Row, applied: boolean): Promise<void> {
  await runRow(row, async (fixture) => {
    const { v, first } = fixture
    if (row.hasToken !== false) await obtainToken(first, v)
    const removeFault = await row.injectFault(v, creating, applied)
    const [calls, tokens] = [countWrites(v), v.tokenRequests().length]
    const input = { account: 'v', title: 'Fault', idempotencyKey: `fault-${++keyCount}`, ...v.input }
    const reply = await prepareWait(row, fixture, creating)(first.create(input))
    expect(reply.errors).toBeUndefined()
    expect(reply.status).toBe(200)
    const payload = reply.data!['createConference']
    const expected = row.write === 'RB' ? [applied ? 'SUCCEEDED' : 'UNKNOWN'] : [row.write!].flat()
    expect(expected, JSON.stringify(payload.problems)).toContain(payload.outcome)
    expectPayload(payload, row, v)
    expect(countWrites(v) - calls, 'writes').toBeLessThanOrEqual(row.calls[1])
    if (row.renewals !== undefined) expect(v.tokenRequests().length - tokens).toBeLessThanOrEqual(row.renewals)
    if (row.hangsAt) expectTime(reply)
    await expectStoredResult(first, payload, input, v)
    await removeFault()
  })
}

const countWrites = (v: FaultyVendor): number => v.calls().filter(({ method }) => method === 'POST').length

function expectPayload(payload: any, row: Row, v: FaultyVendor): void {
  const { outcome, conference, problems, operation } = payload
  expect(operation.outcome).toBe(outcome)
  if (outcome === 'SUCCEEDED') {
    expect(conference).toMatchObject({ title: 'Fault' })
    expect(v.countCreated()).toBe(1)
    return
  }
  expect(conference).toBeNull()
  if (outcome === 'UNKNOWN') {
    expect(problems[0]).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    if (row.vendorStatus !== undefined) expect(problems[0].vendorStatus).toBe(row.vendorStatus)
    return
  }
  expect(v.countCreated()).toBe(0)
  const failures = [row.read ?? []].flat().filter((result) => result !== 'data')
  const codes = row.writeCode ? [row.writeCode] : failures.map(({ code }) => code)
  expect(codes).toContain(problems[0].code)
}

/** Checks that the result was stored, and that nothing is sent again automatically. */
async function expectStoredResult(server: Server, payload: any, input: object, v: FaultyVendor): Promise<void> {
  const { outcome, operation } = payload
  const stored = await server.send(operationQuery, { id: operation.id })
  expect(stored.data!['operation']).toMatchObject({ id: operation.id, outcome })
  if (outcome === 'NOT_SENT') return
  const calls = countWrites(v)
  const repeated = await server.create(input)
  // After UNKNOWN, a mutation with the same key is reconciled with the vendor first.
  const reconciled = outcome === 'UNKNOWN' && v.countCreated() === 1 ? 'SUCCEEDED' : outcome
  expect(repeated.data!['createConference']).toMatchObject({
    outcome: reconciled,
    replayed: true,
    operation: { id: operation.id },
  })
  expect(countWrites(v)).toBe(calls)
}
