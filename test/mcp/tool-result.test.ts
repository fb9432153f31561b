import { describe, expect, test } from 'vitest'
import { loadBuiltinTools } from '../../src/mcp/builtin-tools.ts'
import { createToolResult, type ToolResultOptions } from '../../src/mcp/tool-result.ts'
import { schema } from '../../src/schema/index.ts'

const tools = loadBuiltinTools(schema)
type Response = ToolResultOptions['response']

function createResult(name: string, response: Response, maxBytes = 64 * 1024) {
  const tool = tools.find((candidate) => candidate.name === name)!
  const { content, ...rest } = createToolResult({ tool, response, maxBytes, requestId: 'r-1' })
  expect(content.every(({ type }) => type === 'text')).toBe(true)
  const texts = content.map(({ text }) => text)
  if (rest.structuredContent) expect(texts.pop()).toBe(JSON.stringify(rest.structuredContent))
  return { ...rest, texts }
}

const createError = (extensions: object, path?: (string | number)[]) =>
  ({
    message: 'It failed.',
    ...(path && { path }),
    extensions: { code: 'VENDOR_TIMEOUT', kind: 'UNAVAILABLE', retryable: true, requestId: 'r-1', ...extensions },
  }) as NonNullable<Response['errors']>[number]

const createPayload = (outcome: string, { problems = [] as object[], id = 'op-1' as string | null } = {}) => ({
  outcome,
  replayed: false,
  problems,
  operation: id === null ? null : { id },
  conference: null,
})
const createData = (outcome: string, options?: object) => ({ createConference: createPayload(outcome, options) })
const problem = {
  code: 'UNSUPPORTED_BY_VENDOR',
  message: '"input.owner" is not supported.',
  path: ['input', 'owner'],
  retryable: false,
  retryAt: null,
}

describe('createToolResult', () => {
  describe('for a query', () => {
    test('returns the data, and nothing else if all of it is there', () => {
      const data = { accounts: [{ key: 'zoom' }] }
      expect(createResult('list_accounts', { data })).toEqual({ structuredContent: data, texts: [] })
    })

    test('returns an object that was not found as data', () => {
      const data = { conference: null }
      expect(createResult('get_conference', { data })).toEqual({ structuredContent: data, texts: [] })
    })

    test('returns an object without fields as data', () => {
      expect(createResult('list_accounts', { data: {} })).toEqual({ structuredContent: {}, texts: [] })
    })

    test('returns a source that failed as data', () => {
      const data = { users: { nodes: [], sources: [{ status: 'FAILED', problem: { code: 'VENDOR_TIMEOUT' } }] } }
      expect(createResult('list_users', { data })).toEqual({ structuredContent: data, texts: [] })
    })

    test.each(['PENDING', 'UNKNOWN'])('asks to send the query for an operation again while it is %s', (outcome) => {
      const data = { operation: { id: 'op-1', mutation: 'createConference', outcome, problem: null, result: null } }
      const { texts, isError } = createResult('get_operation', { data })
      expect(isError).toBeUndefined()
      expect(texts).toEqual([
        `${outcome}: It is not known yet whether the change was made. Position: operation. Wait, and send the same call again. Do not make the change again with another key. Request ID: r-1.`,
      ])
    })

    test.each(['SUCCEEDED', 'REJECTED', 'NOT_SENT'])('returns an operation that is %s as data', (outcome) => {
      const data = { operation: { id: 'op-1', mutation: 'createConference', outcome, problem: null, result: null } }
      expect(createResult('get_operation', { data })).toEqual({ structuredContent: data, texts: [] })
    })

    test('names the code, the position, and the retry of a part that is missing', () => {
      const data = { users: { nodes: [{ id: '1', presence: null }] } }
      const at = ['users', 'nodes', 0, 'presence']
      const errors = [
        createError({}, at),
        createError({ retryAt: '2026-12-01T10:00:00.000Z', code: 'VENDOR_RATE_LIMITED' }, at),
        createError({ retryable: false, code: 'VENDOR_FORBIDDEN' }, at),
      ]
      expect(createResult('list_users', { data, errors })).toEqual({
        structuredContent: data,
        texts: [
          'VENDOR_TIMEOUT: It failed. Position: users.nodes.0.presence. Send the same call again later. Request ID: r-1.',
          'VENDOR_RATE_LIMITED: It failed. Position: users.nodes.0.presence. Send the same call again after 2026-12-01T10:00:00.000Z. Request ID: r-1.',
          'VENDOR_FORBIDDEN: It failed. Position: users.nodes.0.presence. Do not send the same call again. Request ID: r-1.',
        ],
      })
    })

    test('describes 10 errors, and counts the others', () => {
      const errors = Array.from({ length: 13 }, (_, index) => createError({}, ['users', 'nodes', index, 'presence']))
      const { texts } = createResult('list_users', { data: { users: {} }, errors })
      expect(texts).toHaveLength(10)
      expect(texts[9]).toMatch(/^VENDOR_TIMEOUT: .* There are 3 more errors\. Request ID: r-1\.$/)
      expect(texts[8]).not.toContain('more')
    })

    test.each([
      ['no data', undefined],
      ['null', null],
      ['a null field with an error', { users: null }],
    ])('returns an error without structured content for %s', (_, data) => {
      const errors = [createError({}, data === undefined ? undefined : ['users'])]
      const { texts, ...rest } = createResult('list_users', { ...(data !== undefined && { data }), errors })
      expect(rest).toEqual({ isError: true })
      expect(texts).toEqual([expect.stringMatching(/^VENDOR_TIMEOUT: It failed\. .*Request ID: r-1\.$/)])
    })

    test('returns data if only one of several fields is missing', () => {
      const data = { a: null, b: null }
      expect(createResult('list_users', { data, errors: [createError({}, ['a'])] })).toMatchObject({
        structuredContent: data,
        texts: [expect.stringContaining('Position: a.')],
      })
    })

    test('rejects a result over the limit, and says how to request less', () => {
      const data = { users: { nodes: [{ displayName: 'é'.repeat(100) }] } }
      const bytes = Buffer.byteLength(JSON.stringify(data))
      expect(createResult('list_users', { data }, bytes)).toMatchObject({ structuredContent: data })
      expect(createResult('list_users', { data }, bytes - 1)).toEqual({
        isError: true,
        texts: [
          `OPERATION_TOO_EXPENSIVE: The result is too large. The limit "toolResultBytes" is ${bytes - 1} bytes. Request less: a smaller "first", or no "details". Request ID: r-1.`,
        ],
      })
      const { texts } = createResult('get_conference', { data }, 1)
      expect(texts[0]).toContain('Request less, or use another tool.')
    })
  })

  describe('for a mutation', () => {
    test('returns a change that was made without a text', () => {
      const data = createData('SUCCEEDED', { problems: [problem] })
      expect(createResult('create_conference', { data })).toEqual({ structuredContent: data, texts: [] })
    })

    test.each([
      ['UNKNOWN', 'OUTCOME_UNKNOWN', 'The request was sent, but its result is not known.'],
      ['PENDING', 'IDEMPOTENCY_IN_PROGRESS', 'The change is still in progress.'],
    ])('asks for the operation if the outcome is %s', (outcome, code, message) => {
      const data = createData(outcome, { problems: [{ ...problem, code, message: 'Query "operation".' }] })
      expect(createResult('create_conference', { data })).toEqual({
        structuredContent: data,
        texts: [
          `${code}: ${message} Call \`get_operation\` with the ID of the operation. Do not call the tool again with another key. ID of the operation: op-1. Request ID: r-1.`,
        ],
      })
    })

    test('allows the same call again if the outcome is NOT_SENT', () => {
      const sent = { ...problem, code: 'OVERLOADED', message: 'The server is busy.', retryable: true }
      const data = createData('NOT_SENT', { problems: [sent] })
      expect(createResult('create_conference', { data })).toEqual({
        structuredContent: data,
        isError: true,
        texts: [
          'OVERLOADED: The server is busy. Nothing was done. The same call with the same key can be sent again. Request ID: r-1.',
        ],
      })
      const later = createData('NOT_SENT', { problems: [{ ...sent, retryAt: '2026-12-01T10:00:00Z' }] })
      expect(createResult('create_conference', { data: later }).texts[0]).toContain(
        'can be sent again. It can succeed after 2026-12-01T10:00:00Z. Request ID',
      )
    })

    test('asks for a fix and a new key if the outcome is REJECTED', () => {
      const data = createData('REJECTED', { problems: [problem], id: null })
      expect(createResult('create_conference', { data })).toEqual({
        structuredContent: data,
        isError: true,
        texts: [
          'UNSUPPORTED_BY_VENDOR: "input.owner" is not supported. Nothing was done. See `problems`. After the fix, use a new key. Request ID: r-1.',
        ],
      })
    })

    test('finds the outcome of each mutation, whatever its name', () => {
      const data = { a: createPayload('SUCCEEDED'), b: createPayload('REJECTED', { problems: [problem] }) }
      const { texts, isError } = createResult('create_conference', { data })
      expect(isError).toBe(true)
      expect(texts).toEqual([
        'SUCCEEDED: The change was made. Position: a. A call with another key would make it again. Request ID: r-1.',
        expect.stringMatching(/^UNSUPPORTED_BY_VENDOR: .* Position: b\. Nothing was done\./),
      ])
      const both = { a: createPayload('SUCCEEDED'), b: createPayload('UNKNOWN', { id: 'op-2' }) }
      const unknown = createResult('create_conference', { data: both })
      expect(unknown.isError).toBeUndefined()
      expect(unknown.texts[1]).toMatch(/^UNKNOWN: .* ID of the operation: op-2\./)
    })

    test('keeps the outcome if a field of the payload is missing', () => {
      const data = createData('SUCCEEDED')
      const errors = [createError({ retryable: false }, ['createConference', 'conference'])]
      expect(createResult('create_conference', { data, errors })).toEqual({
        structuredContent: data,
        texts: [
          'VENDOR_TIMEOUT: It failed. Position: createConference.conference. Do not call the tool again with another key. Request ID: r-1.',
        ],
      })
    })

    test('does not allow another key if nothing is known', () => {
      const errors = [createError({ code: 'INTERNAL', retryable: false })]
      expect(createResult('create_conference', { data: null, errors })).toEqual({
        isError: true,
        texts: ['INTERNAL: It failed. Do not call the tool again with another key. Request ID: r-1.'],
      })
    })

    test('keeps the outcome, the operation, and the problems of a result over the limit', () => {
      const problems = Array.from({ length: 12 }, () => problem)
      const payload = createPayload('SUCCEEDED', { problems })
      const data = { createConference: { ...payload, conference: { title: 'x'.repeat(1_000) } } }
      const { conference: _, ...rest } = payload
      expect(createResult('create_conference', { data }, 1_000)).toEqual({
        structuredContent: { createConference: { ...rest, problems: problems.slice(0, 10) } },
        isError: true,
        texts: [
          'OPERATION_TOO_EXPENSIVE: The call was executed, but its result is too large. The limit "toolResultBytes" is 1000 bytes. The outcome of createConference is SUCCEEDED. Do not call the tool again with another key. Request ID: r-1.',
        ],
      })
      const unknown = { createConference: { ...data.createConference, outcome: 'UNKNOWN' } }
      expect(createResult('create_conference', { data: unknown }, 1_000).texts[1]).toContain('`get_operation`')
    })
  })
})
