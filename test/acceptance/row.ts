import { expect } from 'vitest'
import type { Code } from '../../src/core/error-codes.ts'
import type { Payload, Reply } from './reply.ts'
import type { Fixture } from './fixture.ts'

/** Where a refusal stands: before execution, at a field, in a mutation's payload; or there is none. */
export type Level = 'request' | 'field' | 'payload' | 'works'

/** One input and what must become of it. */
export interface Case {
  what: string
  send(fixture: Fixture): Promise<Reply> | Reply
  status: number
  level: Level
  code?: Code
  /** In the message: the argument at fault and what is accepted. */
  says?: RegExp
  /** Of the payload's problem. */
  path?: string[]
  /** The fault stands behind the file: the vendor's call has begun by then, and is cut. */
  begun?: true
}

export interface Row {
  /** As in the list of bad inputs. */
  id: string
  title: string
  /** Fields that the schema must have. */
  needs?: string[]
  cases?: Case[]
  /** What cannot be said of one answer; `cases` come first. */
  check?(fixture: Fixture): Promise<void>
}

const leaks =
  /https?:\/\/|127\.0\.0\.1|\bat [\w.<>]+ \(|node_modules|\.ts\b|\/(tmp|home|usr|etc)\/|Bearer [A-Za-z0-9]|"stack"/

/** Holds the answer against the case, and against what holds for every refusal. */
export function hold(reply: Reply, { what, status, level, code, says, path }: Case): void {
  expect(reply.status, `${what}: ${reply.text.slice(0, 300)}`).toBe(status)
  if (level === 'works') {
    expect(reply.errors, what).toBeUndefined()
    return
  }
  const refusal = level === 'payload' ? problemOf(reply, what) : errorOf(reply, level, what)
  expect(refusal.code, `${what}: ${refusal.message}`).toBe(code)
  expect(refusal.message.length, what).toBeLessThanOrEqual(300)
  expect(refusal.message, what).not.toMatch(leaks)
  if (says) expect(refusal.message, what).toMatch(says)
  if (path) expect(refusal.path, what).toEqual(path)
}

function errorOf({ errors, data, text }: Reply, level: Level, what: string) {
  expect(errors, `${what}: ${text.slice(0, 300)}`).toBeDefined()
  const [error] = errors!
  const { code, retryable, requestId } = error!.extensions
  expect(typeof retryable, what).toBe('boolean')
  expect(requestId, what).toMatch(/^[\w.:-]{8,}$/)
  expect(errors!.map(({ extensions }) => extensions.code)).not.toContain('INTERNAL')
  if (level === 'request') expect(data, what).toBeUndefined()
  else expect(error!.path, what).toBeDefined()
  return { code, message: error!.message, path: error!.path }
}

function problemOf({ errors, data }: Reply, what: string) {
  expect(errors, what).toBeUndefined()
  const [payload] = Object.values(data ?? {}) as Payload[]
  expect(payload?.outcome, what).toBe('REJECTED')
  return payload!.problems[0]!
}

/** The query with `value` once as a literal and once as a variable; `argument` and `type` say of what. */
export function bothWays(value: unknown, type: string, fieldOf: (value: string) => string) {
  return [
    { way: 'literal', query: `{ ${fieldOf(JSON.stringify(value))} }`, variables: undefined },
    { way: 'variable', query: `query ($v: ${type}) { ${fieldOf('$v')} }`, variables: { v: value } },
  ]
}
