import { expect } from 'vitest'
import type { Code } from '../../src/core/error-codes.ts'
import type { Payload, Reply } from './reply.ts'
import type { Fixture } from './fixture.ts'

/** Where an input is rejected: before the execution, at a field, or in the payload of a mutation. `works` if it is accepted. */
export type Level = 'request' | 'field' | 'payload' | 'works'

/** One input, and the expected response. */
export interface Case {
  name: string
  send(fixture: Fixture): Promise<Reply> | Reply
  status: number
  level: Level
  code?: Code
  /** Pattern of the message, which names the argument and what is accepted. */
  message?: RegExp
  /** Path of the problem in the payload. */
  path?: string[]
  /** Whether the error follows the file in the request. The vendor call has then begun, and is aborted. */
  startsCall?: true
}

export interface Row {
  /** ID in the list of invalid inputs. */
  id: string
  title: string
  /** Fields that the schema must have. */
  needs?: string[]
  cases?: Case[]
  /** Checks that need several requests, after those of `cases`. */
  check?(fixture: Fixture): Promise<void>
}

const leaks =
  /https?:\/\/|127\.0\.0\.1|\bat [\w.<>]+ \(|node_modules|\.ts\b|\/(tmp|home|usr|etc)\/|Bearer [A-Za-z0-9]|"stack"/

/** Checks the response to a case, and what is true of every rejection. */
export function expectReply(reply: Reply, { name, status, level, code, message, path }: Case): void {
  expect(reply.status, `${name}: ${reply.text.slice(0, 300)}`).toBe(status)
  if (level === 'works') {
    expect(reply.errors, name).toBeUndefined()
    return
  }
  const rejection = level === 'payload' ? getProblem(reply, name) : getError(reply, level, name)
  expect(rejection.code, `${name}: ${rejection.message}`).toBe(code)
  expect(rejection.message.length, name).toBeLessThanOrEqual(300)
  expect(rejection.message, name).not.toMatch(leaks)
  if (message) expect(rejection.message, name).toMatch(message)
  if (path) expect(rejection.path, name).toEqual(path)
}

function getError({ errors, data, text }: Reply, level: Level, name: string) {
  expect(errors, `${name}: ${text.slice(0, 300)}`).toBeDefined()
  const [error] = errors!
  const { code, retryable, requestId } = error!.extensions
  expect(typeof retryable, name).toBe('boolean')
  expect(requestId, name).toMatch(/^[\w.:-]{8,}$/)
  expect(errors!.map(({ extensions }) => extensions.code)).not.toContain('INTERNAL')
  if (level === 'request') expect(data, name).toBeUndefined()
  else expect(error!.path, name).toBeDefined()
  return { code, message: error!.message, path: error!.path }
}

function getProblem({ errors, data }: Reply, name: string) {
  expect(errors, name).toBeUndefined()
  const [payload] = Object.values(data ?? {}) as Payload[]
  expect(payload?.outcome, name).toBe('REJECTED')
  return payload!.problems[0]!
}

/**
 * Creates a query with a value as a literal, and one with the value as a variable.
 *
 * @param type Type of the variable.
 * @param createField Creates the field with the literal, or with the variable.
 */
export function createBothForms(value: unknown, type: string, createField: (value: string) => string) {
  return [
    { form: 'literal', query: `{ ${createField(JSON.stringify(value))} }`, variables: undefined },
    { form: 'variable', query: `query ($v: ${type}) { ${createField('$v')} }`, variables: { v: value } },
  ]
}
